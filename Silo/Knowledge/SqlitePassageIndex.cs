using System.Text.Json;
using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>
/// The index of a single node, in knowledge.db. Rows are the truth; the codes that searches by vector go through are in memory,
/// derived from them.
/// </summary>
/// <param name="database">Of <see cref="SqliteFile.Knowledge"/>.</param>
internal sealed class SqlitePassageIndex(SqliteDatabase database, VectorCache cache, PassageTelemetry? telemetry = null)
    : IPassageIndex
{
    private readonly PassageSweep _sweep = new(database);

    public async Task Replace(IndexScope scope, IReadOnlyList<IndexedDocument> documents, CancellationToken cancellation)
    {
        // Words, stems and hashes of a whole batch would hold up the caller's turn.
        var prepared = await Task.Run(
            () => documents.Select(document => PreparedDocument.Of(document, scope.Dimensions)).ToList(), cancellation);
        await Change(scope, makes: prepared.Any(document => document.Chunks.Count > 0), rows => prepared.ForEach(rows.Replace),
            cancellation);
    }

    public Task Remove(IndexScope scope, IReadOnlyList<string> documentIds, CancellationToken cancellation) =>
        Change(scope, makes: false, rows =>
        {
            foreach (var id in documentIds)
                rows.Remove(id);
        }, cancellation);

    public async Task Drop(IndexScope scope, CancellationToken cancellation)
    {
        var id = await database.Write(session => PassageSweep.Begin(session, scope), cancellation);
        if (id is { } dropped)
            cache.Forget(dropped);
        await _sweep.Finish(cancellation);
    }

    public Task<long> Count(IndexScope scope, string? documentId, CancellationToken cancellation) => database.Read(session =>
    {
        if (ScopeRow.Find(session, scope) is not { } found)
            return 0;
        return documentId is null ? found.Chunks : (long?)session.Find(
            "SELECT chunks FROM passage_document WHERE scope = @scope AND name = @name",
            ("@scope", found.Id), ("@name", documentId)) ?? 0;
    }, cancellation);

    public async Task<IndexAnswer> Search(IndexScope scope, IndexQuery query, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var vector = query.Vector.IsEmpty ? [] : UnitVector.Of(query.Vector.Span, scope.Dimensions);
        using var measured = telemetry?.Search();
        // On a thread of the pool: reading is synchronous, and would hold up the caller's turn.
        return await Task.Run(() => database.Read(session => Search(session, scope, query, vector), cancellation), cancellation);
    }

    private IndexAnswer Search(SqliteSession session, IndexScope scope, IndexQuery query, float[] vector)
    {
        if (ScopeRow.Find(session, scope) is not { Chunks: > 0 } found)
            return new IndexAnswer([], []);
        var moment = cache.At(session, found);
        var passing = moment.Passing(session, new PassageFilter(query.Filter, scope.Collection));
        var words = WordSearch.Top(session, moment, passing, query.Text, query.Limit);
        var vectors = vector.Length == 0 ? [] : VectorSearch.Top(session, moment, passing, vector, query.Limit);
        return new IndexAnswer(Hits(session, moment, words), Hits(session, moment, vectors));
    }

    private async Task Change(IndexScope scope, bool makes, Action<PassageRows> change, CancellationToken cancellation)
    {
        var removed = await database.Write(session =>
        {
            var found = ScopeRow.Find(session, scope);
            if (found is null && !makes)
                return 0;
            var rows = new PassageRows(session, found ?? ScopeRow.Make(session, scope));
            change(rows);
            rows.Scope.Save(session);
            return rows.Removed;
        }, cancellation);
        await _sweep.Removed(removed, cancellation);
    }

    private static List<IndexHit> Hits(SqliteSession session, ScopeMoment moment, List<(int Position, double Score)> found) =>
        [.. found.Select(one => Hit(session, moment.IdAt(one.Position), one.Score))];

    private static IndexHit Hit(SqliteSession session, long id, double score)
    {
        using var row = session.Query(
            """
            SELECT name, number, title, heading, start, text, fields
            FROM chunk JOIN passage_document ON passage_document.id = chunk.document WHERE chunk.id = @id
            """,
            ("@id", id));
        if (!row.Read())
            throw new InvalidDataException($"Chunk {id} is indexed and not there.");
        return new IndexHit(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetInt32(4),
            row.GetString(5), JsonSerializer.Deserialize<DocumentFields>(row.GetString(6), StateJson.Options)!, score);
    }
}
