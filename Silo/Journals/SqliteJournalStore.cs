using Colloquy.Storage;
using Microsoft.Data.Sqlite;

namespace Colloquy.Journals;

/// <summary>Journals in the SQLite file of a single node. Appends of different journals share a commit, and so a sync.</summary>
internal sealed class SqliteJournalStore(SqliteDatabase database, TimeProvider time) : IJournalStore
{
    /// <summary>Expired operations that an append with an operation removes at most: more than one, so that they never pile
    /// up.</summary>
    public const int PurgedPerAppend = 4;

    private readonly record struct Place(long Journal, long Epoch, long Head);

    public async Task<JournalClaim> Claim(string journal, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        var epoch = await database.Write(session => RaiseEpoch(session, journal), cancellation);

        // What is read here is at least as new as the claim. If somebody else claimed in between, their lines may be in it,
        // and this holder's first append is fenced.
        return await database.Read(session =>
        {
            var place = FindPlace(session, journal)!.Value;
            var snapshot = ReadSnapshot(session, place.Journal);
            var tail = ReadLines(session, place.Journal, snapshot?.Seq ?? 0, int.MaxValue, long.MaxValue);
            return new JournalClaim(epoch, place.Head, snapshot, tail);
        }, cancellation);
    }

    public Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation)
    {
        JournalLimits.Check(append);
        return database.Write(session =>
        {
            var now = time.GetUtcNow();
            if (FindPlace(session, append.Journal) is not { } place)
                return new AppendOutcome(AppendStatus.Fenced, 0);
            return Refuse(session, place, append, now) ?? Accept(session, place, append, now);
        }, cancellation);
    }

    public Task<IReadOnlyList<JournalLine>> Read(
        string journal, long after, int limit, int maxBytes, CancellationToken cancellation)
    {
        JournalLimits.CheckRead(journal, after, limit, maxBytes);
        return database.Read<IReadOnlyList<JournalLine>>(
            session => FindPlace(session, journal) is { } place ? ReadLines(session, place.Journal, after, limit, maxBytes) : [],
            cancellation);
    }

    public Task<Operation?> FindOperation(string journal, string key, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        JournalLimits.CheckKey(key);
        return database.Read(
            session => FindPlace(session, journal) is { } place
                ? FindOperation(session, place.Journal, key, time.GetUtcNow())
                : null,
            cancellation);
    }

    public Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        return database.Write(session => session.Execute(
            """
            UPDATE open_work SET deadline = max(deadline, @deadline)
            WHERE journal = (SELECT id FROM journal WHERE name = @name AND epoch = @epoch)
            """,
            ("@deadline", deadline.ToUnixTimeMilliseconds()), ("@name", journal), ("@epoch", epoch)) == 1, cancellation);
    }

    public Task<IReadOnlyList<string>> FindOverdue(
        int firstShard, int lastShard, DateTimeOffset at, int limit, CancellationToken cancellation)
    {
        JournalLimits.CheckSweep(firstShard, lastShard, limit);
        return database.Read<IReadOnlyList<string>>(session =>
        {
            using var rows = session.Query(
                """
                SELECT journal.name FROM open_work JOIN journal ON journal.id = open_work.journal
                WHERE open_work.deadline <= @at AND open_work.shard BETWEEN @first AND @last
                ORDER BY open_work.deadline, journal.name LIMIT @limit
                """,
                ("@at", at.ToUnixTimeMilliseconds()), ("@first", firstShard), ("@last", lastShard), ("@limit", limit));
            var overdue = new List<string>();
            while (rows.Read())
                overdue.Add(rows.GetString(0));
            return overdue;
        }, cancellation);
    }

    public Task Erase(string journal, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        return database.Write(session =>
        {
            RaiseEpoch(session, journal);
            var erased = FindPlace(session, journal)!.Value.Journal;
            session.Execute("DELETE FROM line WHERE id BETWEEN @first AND @last",
                ("@first", LineId(erased, 0)), ("@last", LineId(erased, uint.MaxValue)));
            session.Execute("DELETE FROM snapshot WHERE journal = @id", ("@id", erased));
            session.Execute("DELETE FROM operation WHERE journal = @id", ("@id", erased));
            return session.Execute("DELETE FROM open_work WHERE journal = @id", ("@id", erased));
        }, cancellation);
    }

    public Task Check(CancellationToken cancellation) => database.Check(cancellation);

    private static long LineId(long journal, long seq) => (journal << 32) | seq;

    private static long RaiseEpoch(SqliteSession session, string journal) => (long)session.Find(
        """
        INSERT INTO journal (name, epoch) VALUES (@name, 1)
        ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1 RETURNING epoch
        """,
        ("@name", journal))!;

    private static Place? FindPlace(SqliteSession session, string journal)
    {
        using var row = session.Query(
            """
            SELECT id, epoch, ifnull((SELECT max(line.id) FROM line
                WHERE line.id BETWEEN journal.id << 32 AND journal.id << 32 | 4294967295), 0) & 4294967295
            FROM journal WHERE name = @name
            """,
            ("@name", journal));
        return row.Read() ? new Place(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)) : null;
    }

    private static AppendOutcome? Refuse(SqliteSession session, Place place, JournalAppend append, DateTimeOffset now)
    {
        if (place.Epoch != append.Epoch)
            return new AppendOutcome(AppendStatus.Fenced, place.Head);
        if (append.Operation is { } operation && FindOperation(session, place.Journal, operation.Key, now) is { } earlier)
            return new AppendOutcome(AppendStatus.Repeated, place.Head, earlier);
        return place.Head != append.Head ? new AppendOutcome(AppendStatus.Conflict, place.Head) : null;
    }

    private static AppendOutcome Accept(SqliteSession session, Place place, JournalAppend append, DateTimeOffset now)
    {
        var head = place.Head;
        foreach (var line in append.Lines)
            session.Execute("INSERT INTO line VALUES (@id, @body)",
                ("@id", LineId(place.Journal, ++head)), ("@body", line.ToArray()));
        if (append.Snapshot is { } snapshot)
            session.Execute("INSERT OR REPLACE INTO snapshot VALUES (@journal, @seq, @body)",
                ("@journal", place.Journal), ("@seq", snapshot.Seq), ("@body", snapshot.Utf8.ToArray()));
        if (append.Operation is { } operation)
            Remember(session, place.Journal, operation, now);
        ChangeWork(session, place.Journal, append);
        return new AppendOutcome(AppendStatus.Appended, head);
    }

    private static void Remember(SqliteSession session, long journal, Operation operation, DateTimeOffset now)
    {
        session.Execute("INSERT OR REPLACE INTO operation VALUES (@journal, @key, @fingerprint, @answer, @expires)",
            ("@journal", journal), ("@key", operation.Key), ("@fingerprint", operation.Fingerprint),
            ("@answer", operation.Answer), ("@expires", operation.ExpiresAt.ToUnixTimeMilliseconds()));
        session.Execute(
            """
            DELETE FROM operation WHERE (journal, key) IN
                (SELECT journal, key FROM operation WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit)
            """,
            ("@now", now.ToUnixTimeMilliseconds()), ("@limit", PurgedPerAppend));
    }

    private static void ChangeWork(SqliteSession session, long journal, JournalAppend append)
    {
        if (append.Work is WorkChange.Open)
            session.Execute("INSERT OR REPLACE INTO open_work VALUES (@journal, @shard, @deadline)", ("@journal", journal),
                ("@shard", JournalShard.Of(append.Journal)), ("@deadline", append.Deadline.ToUnixTimeMilliseconds()));
        else if (append.Work is WorkChange.Close)
            session.Execute("DELETE FROM open_work WHERE journal = @journal", ("@journal", journal));
    }

    private static Operation? FindOperation(SqliteSession session, long journal, string key, DateTimeOffset now)
    {
        using var row = session.Query(
            """
            SELECT fingerprint, answer, expires_at FROM operation
            WHERE journal = @journal AND key = @key AND expires_at > @now
            """,
            ("@journal", journal), ("@key", key), ("@now", now.ToUnixTimeMilliseconds()));
        return row.Read()
            ? new Operation(key, row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)))
            : null;
    }

    private static JournalSnapshot? ReadSnapshot(SqliteSession session, long journal)
    {
        using var row = session.Query("SELECT seq, body FROM snapshot WHERE journal = @journal", ("@journal", journal));
        return row.Read() ? new JournalSnapshot(row.GetInt64(0), Bytes(row, 1)) : null;
    }

    private static List<JournalLine> ReadLines(SqliteSession session, long journal, long after, int limit, long maxBytes)
    {
        using var rows = session.Query("SELECT id, body FROM line WHERE id > @after AND id <= @last ORDER BY id LIMIT @limit",
            ("@after", LineId(journal, Math.Min(after, uint.MaxValue))), ("@last", LineId(journal, uint.MaxValue)),
            ("@limit", limit));
        var lines = new List<JournalLine>();
        long bytes = 0;
        while (rows.Read())
        {
            var line = new JournalLine(rows.GetInt64(0) & uint.MaxValue, Bytes(rows, 1));
            bytes += line.Utf8.Length;
            if (lines.Count > 0 && bytes > maxBytes)
                break;
            lines.Add(line);
        }
        return lines;
    }

    private static byte[] Bytes(SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
