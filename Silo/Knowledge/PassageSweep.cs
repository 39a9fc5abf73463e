using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>
/// Removes dropped scopes in small steps, so that no writer waits long, and has FTS5 clear its postings of chunks that are gone.
/// </summary>
internal sealed class PassageSweep(SqliteDatabase database)
{
    /// <summary>Chunks that one step removes.</summary>
    private const int StepChunks = 500;

    /// <summary>Pages of postings that one step rewrites.</summary>
    private const int StepPages = 500;

    /// <summary>FTS5 only marks postings as gone until it next merges what holds them. That is forced when the chunks gone are a
    /// quarter of those that are there, and at least this many.</summary>
    private const int GoneMax = 1_000;

    private long _gone;

    /// <summary>Makes a scope invisible; <see cref="Finish"/> removes what it held. Null if there is none.</summary>
    public static long? Begin(SqliteSession session, IndexScope scope)
    {
        var id = (long?)session.Find(
            "DELETE FROM scope WHERE tenant = @tenant AND collection = @collection AND generation = @generation RETURNING id",
            ("@tenant", scope.Tenant), ("@collection", scope.Collection), ("@generation", scope.Generation));
        if (id is not null)
            session.Execute("INSERT INTO dropped_scope VALUES (@id)", ("@id", id));
        return id;
    }

    /// <summary>Removes what dropped scopes held, also those whose sweep a crash ended.</summary>
    public async Task Finish(CancellationToken cancellation)
    {
        var gone = 0L;
        for (var step = 1; step > 0; gone += step)
            step = await database.Write(Step, cancellation);
        await Removed(gone, cancellation);
    }

    /// <summary>To be told of chunks that were removed.</summary>
    public async Task Removed(long chunks, CancellationToken cancellation)
    {
        if (chunks == 0 || Interlocked.Add(ref _gone, chunks) < GoneMax)
            return;
        var there = await database.Read(session => (long?)session.Find("SELECT sum(chunks) FROM scope") ?? 0, cancellation);
        if (Interlocked.Read(ref _gone) < Math.Max(GoneMax, there / 4))
            return;
        Interlocked.Exchange(ref _gone, 0);
        // A negative number begins a merge of everything; it is over when a step changes nothing more.
        var more = await Merge(-StepPages, cancellation);
        while (more)
            more = await Merge(StepPages, cancellation);
    }

    private Task<bool> Merge(int pages, CancellationToken cancellation) => database.Write(session =>
    {
        var before = (long)session.Find("SELECT total_changes()")!;
        session.Execute("INSERT INTO word (word, rank) VALUES ('merge', @pages)", ("@pages", pages));
        return (long)session.Find("SELECT total_changes()")! - before >= 2;
    }, cancellation);

    private static int Step(SqliteSession session)
    {
        if (session.Find("SELECT min(id) FROM dropped_scope") is not long id)
            return 0;
        var scope = new ScopeRow(id, 0, 0, 0, 0, 0);
        var last = session.Find(
            "SELECT max(id) FROM (SELECT id FROM chunk WHERE id >= @from AND id < @to ORDER BY id LIMIT @step)",
            ("@from", scope.IdOf(0)), ("@to", scope.End), ("@step", StepChunks));
        if (last is long to)
            return PassageRows.Remove(session, scope.IdOf(0), to + 1);
        session.Execute(
            "DELETE FROM passage_tag WHERE document IN (SELECT id FROM passage_document WHERE scope = @id)", ("@id", id));
        session.Execute("DELETE FROM passage_document WHERE scope = @id", ("@id", id));
        return session.Execute("DELETE FROM dropped_scope WHERE id = @id", ("@id", id));
    }
}
