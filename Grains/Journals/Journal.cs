using System.Collections.Immutable;
using System.Text.Json;

namespace Colloquy.Journals;

/// <summary>What a grain is: an event with a name, and a state that it changes.</summary>
/// <typeparam name="TState">An immutable record.</typeparam>
public interface IJournaled<TState, TEvent>
    where TState : IJournaled<TState, TEvent>
{
    static abstract TState Empty { get; }

    TState Apply(TEvent @event);
}

/// <summary>
/// One activation's hold on its journal. State changes only after an append is durable; whatever goes wrong, the hold is lost
/// and the owner has to deactivate, since only a fresh claim can tell what the store holds.
/// </summary>
public sealed class Journal<TState, TEvent>(IJournalStore store, string name)
    where TState : IJournaled<TState, TEvent>
{
    /// <summary>Events after which a snapshot rides along with an append: what an activation reads at most, but for one append.</summary>
    private const int SnapshotEvery = 64;

    private string _hash = JournalChain.Origin;
    private long _snapshotSeq;

    public string Name => name;

    public TState State { get; private set; } = TState.Empty;

    /// <summary>The sequence number of the last event.</summary>
    public long Head { get; private set; }

    /// <summary>The fence of this hold; 0 before <see cref="Open"/>.</summary>
    public long Epoch { get; private set; }

    /// <summary>Whether somebody else may hold the journal: nothing may be written or trusted any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Takes the journal over and rebuilds its state from the snapshot and the events after it.</summary>
    public async Task Open(CancellationToken cancellation)
    {
        var claim = await store.Claim(name, cancellation);
        var state = TState.Empty;
        if (claim.Snapshot is { } snapshot)
        {
            var stored = JsonSerializer.Deserialize<Snapshot>(snapshot.Utf8.Span, JournalJson.Options)!;
            (state, _hash, _snapshotSeq) = (stored.State, stored.Hash, snapshot.Seq);
        }
        foreach (var line in claim.Tail)
            state = state.Apply(JsonSerializer.Deserialize<TEvent>(line.Utf8.Span, JournalJson.Options)!);
        if (claim.Tail.Count > 0)
            _hash = JournalChain.HashOf(claim.Tail[^1].Utf8);
        (State, Head, Epoch) = (state, claim.Head, claim.Epoch);
    }

    /// <summary>Makes events durable, and only then the state.</summary>
    /// <returns>Null, or the record of the operation if it was already done: then nothing was written.</returns>
    /// <exception cref="JournalLostException">The outcome is unknown, or somebody else holds the journal.</exception>
    public async Task<Operation?> Commit(
        ImmutableArray<TEvent> events, Operation? operation, WorkChange work, DateTimeOffset deadline)
    {
        if (IsLost)
            throw new JournalLostException($"{name} is held by somebody else.");
        var (state, hash, lines) = (State, _hash, new List<ReadOnlyMemory<byte>>(events.Length));
        foreach (var @event in events)
        {
            (var line, hash) = JournalChain.Link(@event, Head + lines.Count + 1, hash);
            lines.Add(line);
            state = state.Apply(@event);
        }
        var head = Head + lines.Count;
        var append = new JournalAppend
        {
            Journal = name, Epoch = Epoch, Head = Head, Lines = lines, Operation = operation, Work = work, Deadline = deadline,
            Snapshot = head - _snapshotSeq < SnapshotEvery ? null
                : new(head, JsonSerializer.SerializeToUtf8Bytes(new Snapshot(hash, state), JournalJson.Options)),
        };
        if (await Append(append) is { } earlier)
            return earlier;
        (State, _hash, Head) = (state, hash, head);
        if (append.Snapshot is not null)
            _snapshotSeq = head;
        return null;
    }

    /// <summary>Moves the lease of open work. Losing it means that somebody else holds the journal.</summary>
    public async Task Renew(DateTimeOffset deadline, CancellationToken cancellation)
    {
        if (!await store.Renew(name, Epoch, deadline, cancellation))
            IsLost = true;
    }

    private async Task<Operation?> Append(JournalAppend append)
    {
        AppendOutcome outcome;
        try
        {
            // Without a token: an append that was begun is waited for, since a cancelled one would be of unknown outcome.
            outcome = await store.Append(append, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not JournalLostException)
        {
            IsLost = true;
            throw new JournalLostException($"{name}: the store did not answer an append. {failure.Message}");
        }
        if (outcome.Status is AppendStatus.Repeated)
            return outcome.Earlier;
        if (outcome.Status is AppendStatus.Appended)
            return null;
        IsLost = true;
        throw new JournalLostException($"{name}: {outcome.Status}, at epoch {append.Epoch} and head {append.Head}.");
    }

    private sealed record Snapshot(string Hash, TState State);
}

/// <summary>The activation no longer knows what its journal holds. The caller may try again with the same operation key.</summary>
[GenerateSerializer, Alias("journal.lost")]
public sealed class JournalLostException(string message) : Exception(message);
