using Colloquy.Journals;

namespace Colloquy.Doubles;

/// <summary>
/// The journal store without a disk: same answers as the real ones (a differential suite proves it), and a crash on demand
/// that takes back what was not yet synced.
/// </summary>
/// <remarks>
/// It never waits, starts no thread and reads no clock, so it runs inside a single-threaded simulation; a lock makes it safe
/// elsewhere. Operations are remembered until <see cref="Forget"/>, because only a clock can tell that one has expired.
/// </remarks>
public sealed class MemoryJournalStore : IJournalStore
{
    /// <summary>Changes that can be taken back at most. An older one counts as synced.</summary>
    public const int UnsyncedMax = 4096;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Journal> _journals = new(StringComparer.Ordinal);
    private readonly LinkedList<Action> _undo = [];

    /// <summary>Changes that <see cref="Lose"/> could take back now.</summary>
    public int Unsynced
    {
        get
        {
            lock (_gate)
                return _undo.Count;
        }
    }

    /// <summary>Everything that happened until now survives a crash.</summary>
    public void Sync()
    {
        lock (_gate)
            _undo.Clear();
    }

    /// <summary>A crash: takes back the last changes, newest first, as far as they are unsynced. Returns how many.</summary>
    public int Lose(int changes)
    {
        lock (_gate)
        {
            var lost = 0;
            for (; lost < changes && _undo.Last is { } last; lost++)
            {
                _undo.RemoveLast();
                last.Value();
            }
            return lost;
        }
    }

    /// <summary>Forgets the operations that had expired at an instant. Cannot be taken back.</summary>
    public void Forget(DateTimeOffset at)
    {
        lock (_gate)
        {
            foreach (var journal in _journals.Values)
                foreach (var operation in journal.Operations.Values.Where(operation => operation.ExpiresAt <= at).ToList())
                    journal.Operations.Remove(operation.Key);
        }
    }

    public Task<JournalClaim> Claim(string journal, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var found = FindOrAdd(journal);
            found.Epoch++;
            Changed(() => found.Epoch--);
            var tail = found.Lines.Skip((int)(found.Snapshot?.Seq ?? 0)).ToList();
            return Task.FromResult(new JournalClaim(found.Epoch, found.Head, found.Snapshot, tail));
        }
    }

    public Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation)
    {
        JournalLimits.Check(append);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_journals.TryGetValue(append.Journal, out var journal))
                return Task.FromResult(new AppendOutcome(AppendStatus.Fenced, 0));
            return Task.FromResult(Refuse(journal, append) ?? Accept(journal, append));
        }
    }

    public Task<IReadOnlyList<JournalLine>> Read(
        string journal, long after, int limit, int maxBytes, CancellationToken cancellation)
    {
        JournalLimits.CheckRead(journal, after, limit, maxBytes);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var lines = new List<JournalLine>();
            if (!_journals.TryGetValue(journal, out var found))
                return Task.FromResult<IReadOnlyList<JournalLine>>(lines);
            long bytes = 0;
            for (var at = after; at < found.Head && lines.Count < limit; at++)
            {
                var line = found.Lines[(int)at];
                bytes += line.Utf8.Length;
                if (lines.Count > 0 && bytes > maxBytes)
                    break;
                lines.Add(line);
            }
            return Task.FromResult<IReadOnlyList<JournalLine>>(lines);
        }
    }

    public Task<Operation?> FindOperation(string journal, string key, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        JournalLimits.CheckKey(key);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
            return Task.FromResult(_journals.GetValueOrDefault(journal)?.Operations.GetValueOrDefault(key));
    }

    public Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_journals.TryGetValue(journal, out var found) || found.Epoch != epoch || found.Deadline is not { } before)
                return Task.FromResult(false);
            found.Deadline = Math.Max(before, deadline.ToUnixTimeMilliseconds());
            Changed(() => found.Deadline = before);
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<string>> FindOverdue(
        int firstShard, int lastShard, DateTimeOffset at, int limit, CancellationToken cancellation)
    {
        JournalLimits.CheckSweep(firstShard, lastShard, limit);
        cancellation.ThrowIfCancellationRequested();
        var now = at.ToUnixTimeMilliseconds();
        lock (_gate)
        {
            // The dictionary is sorted by name and the sort is stable: equal deadlines stay in the order of names.
            return Task.FromResult<IReadOnlyList<string>>(_journals
                .Where(entry => entry.Value.Deadline <= now
                    && JournalShard.Of(entry.Key) is var shard && shard >= firstShard && shard <= lastShard)
                .OrderBy(entry => entry.Value.Deadline)
                .Take(limit)
                .Select(entry => entry.Key)
                .ToList());
        }
    }

    public Task Erase(string journal, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var before = FindOrAdd(journal);
            _journals[journal] = new Journal { Epoch = before.Epoch + 1 };
            Changed(() => _journals[journal] = before);
            return Task.CompletedTask;
        }
    }

    public Task Check(CancellationToken cancellation) => Task.CompletedTask;

    private static AppendOutcome? Refuse(Journal journal, JournalAppend append)
    {
        if (journal.Epoch != append.Epoch)
            return new AppendOutcome(AppendStatus.Fenced, journal.Head);
        if (append.Operation is { } operation && journal.Operations.TryGetValue(operation.Key, out var earlier))
            return new AppendOutcome(AppendStatus.Repeated, journal.Head, earlier);
        return journal.Head != append.Head ? new AppendOutcome(AppendStatus.Conflict, journal.Head) : null;
    }

    private AppendOutcome Accept(Journal journal, JournalAppend append)
    {
        var (head, snapshot, deadline) = (journal.Head, journal.Snapshot, journal.Deadline);
        foreach (var line in append.Lines)
            journal.Lines.Add(new JournalLine(journal.Head + 1, line.ToArray()));
        journal.Snapshot = append.Snapshot is { } taken ? taken with { Utf8 = taken.Utf8.ToArray() } : snapshot;
        journal.Deadline = append.Work switch
        {
            WorkChange.Open => append.Deadline.ToUnixTimeMilliseconds(),
            WorkChange.Close => null,
            _ => deadline,
        };
        if (append.Operation is { } operation)
            journal.Operations[operation.Key] = operation with { ExpiresAt = ToMilliseconds(operation.ExpiresAt) };

        Changed(() =>
        {
            journal.Lines.RemoveRange((int)head, (int)(journal.Head - head));
            (journal.Snapshot, journal.Deadline) = (snapshot, deadline);
            if (append.Operation is not null)
                journal.Operations.Remove(append.Operation.Key);
        });
        return new AppendOutcome(AppendStatus.Appended, journal.Head);
    }

    private Journal FindOrAdd(string name)
    {
        if (!_journals.TryGetValue(name, out var journal))
            _journals[name] = journal = new Journal();
        return journal;
    }

    private void Changed(Action undo)
    {
        _undo.AddLast(undo);
        if (_undo.Count > UnsyncedMax)
            _undo.RemoveFirst();
    }

    // The real stores keep milliseconds.
    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private sealed class Journal
    {
        public long Epoch { get; set; }
        public List<JournalLine> Lines { get; } = [];
        public JournalSnapshot? Snapshot { get; set; }
        public long? Deadline { get; set; }
        public Dictionary<string, Operation> Operations { get; } = new(StringComparer.Ordinal);
        public long Head => Lines.Count;
    }
}
