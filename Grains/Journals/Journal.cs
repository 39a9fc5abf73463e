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
    /// <summary>Events after which a snapshot may ride along with an append.</summary>
    private const int EventsMin = 64;

    /// <summary>Bytes of events for one byte of snapshot, at least: so snapshots cost a tenth of what is written, however large
    /// the state, and an activation reads ten times the state at most, but for one append.</summary>
    private const int BytesRatio = 10;

    private string _hash = JournalChain.Origin;
    private long _snapshotSeq;
    private int _appendsBegun;
    private int _appendsEnded;
    private long _bytes; // of events since the snapshot
    private long _snapshotBytes; // of the last snapshot, or of the last that was found too large

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
            var stored = JsonSerializer.Deserialize<Stored>(snapshot.Utf8.Span, JournalJson.Options)!;
            (state, _hash, _snapshotSeq, _snapshotBytes) = (stored.State, stored.Hash, snapshot.Seq, snapshot.Utf8.Length);
        }
        foreach (var line in claim.Tail)
            state = state.Apply(JsonSerializer.Deserialize<TEvent>(line.Utf8.Span, JournalJson.Options)!);
        if (claim.Tail.Count > 0)
            _hash = JournalChain.HashOf(claim.Tail[^1].Utf8);
        _bytes = claim.Tail.Sum(line => (long)line.Utf8.Length);
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
        var bytes = lines.Sum(line => (long)line.Length);
        var append = new JournalAppend
        {
            Journal = name, Epoch = Epoch, Head = Head, Lines = lines, Operation = operation, Work = work, Deadline = deadline,
            Snapshot = Snapshot(head, hash, state, _bytes + bytes),
        };
        if (await Append(append) is { } earlier)
            return earlier;
        (State, _hash, Head, _bytes) = (state, hash, head, _bytes + bytes);
        if (append.Snapshot is not null)
            (_snapshotSeq, _bytes) = (head, 0);
        return null;
    }

    private JournalSnapshot? Snapshot(long head, string hash, TState state, long bytes)
    {
        if (head - _snapshotSeq < EventsMin || bytes < BytesRatio * _snapshotBytes)
            return null;
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(new Stored(hash, state), JournalJson.Options);
        _snapshotBytes = utf8.Length;
        return bytes < BytesRatio * _snapshotBytes ? null : new(head, utf8);
    }

    /// <summary>Moves the lease of open work. Losing it means that somebody else holds the journal, unless an append ran beside
    /// it: that one may have closed the work, and will itself say who holds the journal. False if it is lost.</summary>
    public async Task<bool> Renew(DateTimeOffset deadline, CancellationToken cancellation)
    {
        var (begun, wasQuiet) = (_appendsBegun, _appendsBegun == _appendsEnded);
        if (!await store.Renew(name, Epoch, deadline, cancellation) && wasQuiet && begun == _appendsBegun)
            IsLost = true;
        return !IsLost;
    }

    private async Task<Operation?> Append(JournalAppend append)
    {
        AppendOutcome outcome;
        _appendsBegun++;
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
        finally
        {
            _appendsEnded++;
        }
        if (outcome.Status is AppendStatus.Repeated)
            return outcome.Earlier;
        if (outcome.Status is AppendStatus.Appended)
            return null;
        IsLost = true;
        throw new JournalLostException($"{name}: {outcome.Status}, at epoch {append.Epoch} and head {append.Head}.");
    }

    private sealed record Stored(string Hash, TState State);
}

/// <summary>The activation no longer knows what its journal holds. The caller may try again with the same operation key.</summary>
[GenerateSerializer, Alias("journal.lost")]
public sealed class JournalLostException(string message) : Exception(message);
