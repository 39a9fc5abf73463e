using System.Collections.Immutable;

namespace Colloquy.Memory;

/// <summary>All that a scope remembers.</summary>
internal sealed record MemoryState(ImmutableSortedDictionary<string, KeptFact> Facts)
{
    public static readonly MemoryState Empty = new(ImmutableSortedDictionary.Create<string, KeptFact>(StringComparer.Ordinal));

    /// <summary>What holds at an instant: neither superseded nor over.</summary>
    public IEnumerable<KeptFact> InForce(DateTimeOffset at) => Facts.Values.Where(kept => kept.IsInForce(at));

    public Fact? Find(string id) => Facts.GetValueOrDefault(id)?.Fact;
}

/// <summary>A fact with what the memory needs beside it.</summary>
/// <param name="Told">Ids that later tellings of the same fact would have got; the latest <see cref="ToldMax"/>. By them a repeat
/// of such a telling is known.</param>
/// <param name="Vector">Of the fact's text, or null until it was made.</param>
internal sealed record KeptFact(Fact Fact, ImmutableArray<string> Told, FactVector? Vector)
{
    public const int ToldMax = 16;

    public bool IsSuperseded => Fact.Status == FactStatus.Superseded;

    public bool IsInForce(DateTimeOffset at) => !IsSuperseded && !(Fact.ValidUntil < at);
}

/// <param name="Embedder">Which model made it.</param>
internal sealed record FactVector(string Embedder, ReadOnlyMemory<float> Values);

/// <summary>The values of <see cref="Fact.Status"/>. They are stored, hence never renamed.</summary>
internal static class FactStatus
{
    public const string Proposed = "proposed";
    public const string Confirmed = "confirmed";
    public const string Superseded = "superseded";
}
