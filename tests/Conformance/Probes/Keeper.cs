using System.Collections.Immutable;
using Orleans.Storage;

namespace Colloquy.Conformance;

[GenerateSerializer, Alias("conformance.note"), Immutable]
public sealed record Note
{
    [Id(0)] public string Text { get; init; } = "empty";
    [Id(1)] public ImmutableArray<int> Numbers { get; init; } = [];
}

/// <summary>Keeps a document, and holds it twice: as two writers would.</summary>
[Alias("conformance.keeper")]
public interface IKeeper : IGrainWithStringKey
{
    [Alias("read")]
    Task<Note> Read();

    [Alias("exists")]
    Task<bool> Exists();

    [Alias("write")]
    Task Write(string text);

    [Alias("clear")]
    Task Clear();

    [Alias("writeTwice")]
    Task WriteTwiceAtOnce(string text);

    [Alias("collide")]
    Task Collide(string text);

    [Alias("leave")]
    Task Leave();
}

[GrainType("conformance-keeper")]
public sealed class KeeperGrain(
    [PersistentState("note", "documents")] IPersistentState<Note> note,
    [PersistentState("note", "documents")] IPersistentState<Note> same) : Grain, IKeeper
{
    public Task<Note> Read() => Task.FromResult(note.State);
    public Task<bool> Exists() => Task.FromResult(note.RecordExists);

    public Task Write(string text)
    {
        note.State = note.State with { Text = text, Numbers = note.State.Numbers.Add(text.Length) };
        return note.WriteStateAsync();
    }

    public Task Clear() => note.ClearStateAsync();

    public async Task WriteTwiceAtOnce(string text)
    {
        note.State = note.State with { Text = "first" };
        var first = note.WriteStateAsync();
        note.State = note.State with { Text = text };
        await Task.WhenAll(first, note.WriteStateAsync());
    }

    public async Task Collide(string text)
    {
        await Write(text);
        same.State = same.State with { Text = "lost" };
        await same.WriteStateAsync(); // its etag is of before
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Of(this.GetPrimaryKeyString()).Say($"activated with {note.State.Text}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stage.Of(this.GetPrimaryKeyString()).Say($"deactivated: {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}

/// <summary>Its document can be read and not written.</summary>
[Alias("conformance.unlucky")]
public interface IUnlucky : IGrainWithStringKey
{
    [Alias("write")]
    Task<string> Write();
}

[GrainType("conformance-unlucky")]
public sealed class UnluckyGrain([PersistentState("note", "broken")] IPersistentState<Note> note) : Grain, IUnlucky
{
    public async Task<string> Write()
    {
        try
        {
            await note.WriteStateAsync();
            return "written";
        }
        catch (OrleansException failure)
        {
            return failure.InnerException!.GetType().Name;
        }
    }
}

public sealed class BrokenStorage : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new IOException("The disk is full.");
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new IOException("The disk is full.");
}
