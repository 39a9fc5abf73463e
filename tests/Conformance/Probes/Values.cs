using System.Collections.Immutable;

namespace Colloquy.Conformance;

[GenerateSerializer, Alias("conformance.mutable")]
public sealed class Mutable
{
    [Id(0)] public List<int> Numbers { get; set; } = [];
    [Id(1)] public Mutable? Self { get; set; }
    [Id(2)] public Dictionary<string, Mutable> Named { get; set; } = [];
    [Id(3)] public IReadOnlyList<int> Listed { get; set; } = [];
    [Id(4)] public byte[] Bytes { get; set; } = [];
}

[GenerateSerializer, Alias("conformance.shape")]
public abstract record Shape([property: Id(0)] string Name);

[GenerateSerializer, Alias("conformance.circle")]
public sealed record Circle(string Name, [property: Id(0)] double Radius) : Shape(Name);

[GenerateSerializer, Alias("conformance.leaf"), Immutable]
public sealed record Leaf(string Text, ImmutableArray<int> Numbers);

public sealed record Unmarked(string Text);

[GenerateSerializer, Alias("conformance.refused")]
public sealed class RefusedException(string message, int code) : Exception(message)
{
    [Id(0)] public int Code { get; } = code;
}

public sealed class UnmarkedException(string message) : Exception(message);

/// <summary>Gives back what it got, or keeps it.</summary>
[Alias("conformance.mirror")]
public interface IMirror : IGrainWithStringKey
{
    [Alias("mutable")]
    Task<Mutable> Mutable(Mutable value);

    [Alias("keep")]
    Task<List<int>> Keep(List<int> more);

    [Alias("shape")]
    Task<Shape> Shape(Shape value);

    [Alias("sorted")]
    Task<ImmutableSortedDictionary<string, int>> Sorted(ImmutableSortedDictionary<string, int> value);

    [Alias("anything")]
    Task<object?> Anything(object? value);

    [Alias("tuple")]
    ValueTask<(int, string?)> Tuple((int, string?) value);

    [Alias("listed")]
    Task<IReadOnlyList<string>> Listed(IEnumerable<string> values);

    [Alias("bytes")]
    ValueTask<ReadOnlyMemory<byte>> Bytes(ReadOnlyMemory<byte> value);

    [Alias("nothing")]
    ValueTask Nothing();

    [Alias("me")]
    Task<IMirror> Me();

    [Alias("throw")]
    Task Throw(string how);
}

[GrainType("conformance-mirror")]
public sealed class MirrorGrain : Grain, IMirror
{
    readonly List<int> _kept = [];

    public Task<Mutable> Mutable(Mutable value) => Task.FromResult(value);

    public Task<List<int>> Keep(List<int> more)
    {
        _kept.AddRange(more);
        more.Add(-1); // to the grain's own copy
        return Task.FromResult(_kept);
    }

    public Task<Shape> Shape(Shape value) => Task.FromResult(value);
    public Task<ImmutableSortedDictionary<string, int>> Sorted(ImmutableSortedDictionary<string, int> value) =>
        Task.FromResult(value);
    public Task<object?> Anything(object? value) => Task.FromResult(value);
    public ValueTask<(int, string?)> Tuple((int, string?) value) => ValueTask.FromResult(value);
    public Task<IReadOnlyList<string>> Listed(IEnumerable<string> values) =>
        Task.FromResult<IReadOnlyList<string>>([.. values.Reverse()]);
    public ValueTask<ReadOnlyMemory<byte>> Bytes(ReadOnlyMemory<byte> value) => ValueTask.FromResult(value);
    public ValueTask Nothing() => ValueTask.CompletedTask;
    public Task<IMirror> Me() => Task.FromResult(this.AsReference<IMirror>());

    public Task Throw(string how) => throw how switch
    {
        "marked" => new RefusedException("marked", 7),
        "unmarked" => new UnmarkedException("unmarked"),
        _ => new ArgumentNullException(how, "named"),
    };
}
