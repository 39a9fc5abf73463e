namespace Colloquy.Journals;

/// <summary>
/// Where journals live: append-only, gapless lists of lines, each with a fence, an idempotency record and an entry in the
/// index of open work that change together with the lines or not at all.
/// </summary>
/// <remarks>
/// What returns has been synced to disk. Any exception means that the outcome is unknown: the caller throws its memory away
/// and claims the journal again. The store never looks into a line.
/// </remarks>
public interface IJournalStore
{
    /// <summary>Takes the journal over: raises its epoch, so that every earlier holder is fenced, and reads what is needed to
    /// rebuild its state. A journal that was never written is empty, with head 0.</summary>
    Task<JournalClaim> Claim(string journal, CancellationToken cancellation);

    /// <summary>Appends in one atomic, durable step. Checked in this order: epoch, operation, head.</summary>
    Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation);

    /// <summary>Lines after a sequence number, oldest first: at most <paramref name="limit"/>, and once the first has been taken
    /// at most <paramref name="maxBytes"/>.</summary>
    Task<IReadOnlyList<JournalLine>> Read(string journal, long after, int limit, int maxBytes, CancellationToken cancellation);

    /// <summary>What an operation was answered, or null if it was never done or is forgotten.</summary>
    Task<Operation?> FindOperation(string journal, string key, CancellationToken cancellation);

    /// <summary>Moves the lease of open work forward. False if the epoch is no longer the caller's or no work is open.</summary>
    Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation);

    /// <summary>Journals of these shards with open work whose lease ended at or before an instant, longest overdue first.</summary>
    Task<IReadOnlyList<string>> FindOverdue(
        int firstShard, int lastShard, DateTimeOffset at, int limit, CancellationToken cancellation);

    /// <summary>Removes lines, snapshot, operations and open work. The epoch stays and rises, so that a zombie cannot write
    /// into what was erased.</summary>
    Task Erase(string journal, CancellationToken cancellation);

    /// <summary>Throws, saying why, unless the store can be read and written.</summary>
    Task Check(CancellationToken cancellation);
}

/// <summary>One line as it was appended. Sequence numbers start at 1 and have no gaps.</summary>
public readonly record struct JournalLine(long Seq, ReadOnlyMemory<byte> Utf8);

/// <summary>A state folded up to and including <paramref name="Seq"/>.</summary>
public sealed record JournalSnapshot(long Seq, ReadOnlyMemory<byte> Utf8);

/// <summary>What a new holder gets: its epoch, the last sequence number, and snapshot plus every line after it.</summary>
public sealed record JournalClaim(long Epoch, long Head, JournalSnapshot? Snapshot, IReadOnlyList<JournalLine> Tail);

/// <summary>The record of a command that may arrive again: its key, what its body was, and what it was answered.</summary>
/// <param name="Key">Chosen by the caller, at most 256 characters.</param>
/// <param name="Fingerprint">A hash of the body: the same key with another body is a mistake of the caller.</param>
/// <param name="Answer">What a repeat is told.</param>
/// <param name="ExpiresAt">When it may be forgotten.</param>
public sealed record Operation(string Key, string Fingerprint, string Answer, DateTimeOffset ExpiresAt);

/// <summary>What happens to the journal's entry in the index of open work.</summary>
public enum WorkChange { Unchanged, Open, Close }

/// <summary>An append, and all that must become durable with it.</summary>
public sealed record JournalAppend
{
    public required string Journal { get; init; }
    public required long Epoch { get; init; }

    /// <summary>The last sequence number that the caller knows. The first line gets the next.</summary>
    public required long Head { get; init; }

    public required IReadOnlyList<ReadOnlyMemory<byte>> Lines { get; init; }
    public Operation? Operation { get; init; }
    public WorkChange Work { get; init; }

    /// <summary>The end of the lease, with <see cref="WorkChange.Open"/>.</summary>
    public DateTimeOffset Deadline { get; init; }

    /// <summary>Replaces the snapshot. Its sequence number is that of the last line of this append.</summary>
    public JournalSnapshot? Snapshot { get; init; }
}

public enum AppendStatus
{
    Appended,

    /// <summary>The operation is known: nothing was written, and <see cref="AppendOutcome.Earlier"/> has its record.</summary>
    Repeated,

    /// <summary>Somebody else holds the journal now.</summary>
    Fenced,

    /// <summary>The head is not the expected one although the epoch is.</summary>
    Conflict,
}

public sealed record AppendOutcome(AppendStatus Status, long Head, Operation? Earlier = null);
