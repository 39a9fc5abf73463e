using System.Text.Json;
using Colloquy.Storage;
using Microsoft.Data.Sqlite;

namespace Colloquy.Knowledge;

/// <summary>Whole documents, and uploads that wait to be ingested, in knowledge.db.</summary>
/// <param name="database">Of <see cref="SqliteFile.Knowledge"/>.</param>
internal sealed class SqliteDocumentStore(SqliteDatabase database) : IDocumentStore
{
    private const string Head =
        "SELECT source.id, title, media_type, hash, characters, chunks, generation, fields, ingested_at";

    private const string FindSql = $"""
        {Head}, text FROM source JOIN source_text ON source_text.id = body
        WHERE tenant = @tenant AND collection = @collection AND source.id = @id
        """;

    private const string ListSql = $"""
        {Head}, '' FROM source
        WHERE tenant = @tenant AND collection = @collection AND id > @after ORDER BY id LIMIT @limit
        """;

    public Task Stage(
        string tenant, string ingest, int first, IReadOnlyList<DocumentUpload> uploads, CancellationToken cancellation) =>
        database.Write(session =>
        {
            for (var n = 0; n < uploads.Count; n++)
            {
                (string, object?)[] key = [("@tenant", tenant), ("@ingest", ingest), ("@number", first + n)];
                session.Execute(
                    """
                    DELETE FROM upload_body
                    WHERE id IN (SELECT body FROM upload WHERE tenant = @tenant AND ingest = @ingest AND number = @number)
                    """, key);
                var body = session.Find("INSERT INTO upload_body (content) VALUES (@content) RETURNING id",
                    ("@content", uploads[n].Content));
                session.Execute("INSERT OR REPLACE INTO upload VALUES (@tenant, @ingest, @number, @bytes, @upload, @body)",
                    [.. key, ("@bytes", uploads[n].Content.Length), ("@body", body),
                        ("@upload", ToJson(uploads[n] with { Content = [] }))]);
            }

            return uploads.Count;
        }, cancellation);

    public Task<IReadOnlyList<DocumentUpload>> Staged(
        string tenant, string ingest, int first, int limit, int maxBytes, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<DocumentUpload>>(session =>
        {
            using var rows = session.Query(
                """
                SELECT upload, bytes, content FROM upload JOIN upload_body ON upload_body.id = upload.body
                WHERE tenant = @tenant AND ingest = @ingest AND number >= @first ORDER BY number LIMIT @limit
                """,
                ("@tenant", tenant), ("@ingest", ingest), ("@first", first), ("@limit", limit));
            var (taken, bytes) = (new List<DocumentUpload>(), 0L);
            while (rows.Read() && ((bytes += rows.GetInt64(1)) <= maxBytes || taken.Count == 0))
                taken.Add(FromJson<DocumentUpload>(rows.GetString(0)) with { Content = rows.GetFieldValue<byte[]>(2) });
            return taken;
        }, cancellation);

    public Task Unstage(string tenant, string ingest, CancellationToken cancellation) => database.Write(session =>
    {
        (string, object?)[] key = [("@tenant", tenant), ("@ingest", ingest)];
        session.Execute(
            "DELETE FROM upload_body WHERE id IN (SELECT body FROM upload WHERE tenant = @tenant AND ingest = @ingest)", key);
        return session.Execute("DELETE FROM upload WHERE tenant = @tenant AND ingest = @ingest", key);
    }, cancellation);

    public Task Put(string tenant, string collection, IReadOnlyList<StoredDocument> documents, CancellationToken cancellation) =>
        database.Write(session =>
        {
            foreach (var document in documents)
                Put(session, tenant, collection, document);
            return documents.Count;
        }, cancellation);

    public Task<StoredDocument?> Find(string tenant, string collection, string document, CancellationToken cancellation) =>
        database.Read(session =>
        {
            using var row = session.Query(
                FindSql, ("@tenant", tenant), ("@collection", collection), ("@id", document));
            return row.Read() ? ToDocument(row) : null;
        }, cancellation);

    public Task<IReadOnlyList<StoredDocument>> List(
        string tenant, string collection, string? after, int limit, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<StoredDocument>>(session =>
        {
            using var rows = session.Query(
                ListSql, ("@tenant", tenant), ("@collection", collection), ("@after", after ?? ""), ("@limit", limit));
            var documents = new List<StoredDocument>();
            while (rows.Read())
                documents.Add(ToDocument(rows));
            return documents;
        }, cancellation);

    public Task<(long Documents, long Chunks)> Count(string tenant, string collection, CancellationToken cancellation) =>
        database.Read(session =>
        {
            using var row = session.Query(
                "SELECT count(*), ifnull(sum(chunks), 0) FROM source WHERE tenant = @tenant AND collection = @collection",
                ("@tenant", tenant), ("@collection", collection));
            return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : default;
        }, cancellation);

    public Task<bool> Remove(string tenant, string collection, string document, CancellationToken cancellation) =>
        database.Write(session => Remove(session, tenant, collection, document), cancellation);

    public Task Drop(string tenant, string collection, CancellationToken cancellation) => database.Write(session =>
    {
        (string, object?)[] key = [("@tenant", tenant), ("@collection", collection)];
        session.Execute(
            """
            DELETE FROM source_text
            WHERE id IN (SELECT body FROM source WHERE tenant = @tenant AND collection = @collection)
            """, key);
        return session.Execute("DELETE FROM source WHERE tenant = @tenant AND collection = @collection", key);
    }, cancellation);

    private static void Put(SqliteSession session, string tenant, string collection, StoredDocument document)
    {
        Remove(session, tenant, collection, document.Id);
        var body = session.Find("INSERT INTO source_text (text) VALUES (@text) RETURNING id", ("@text", document.Text));
        session.Execute(
            """
            INSERT INTO source VALUES (@tenant, @collection, @id, @title, @type, @hash, @characters, @chunks, @generation,
                @fields, @at, @body)
            """,
            ("@tenant", tenant), ("@collection", collection), ("@id", document.Id), ("@title", document.Title),
            ("@type", document.MediaType), ("@hash", document.Hash), ("@characters", document.Characters),
            ("@chunks", document.Chunks), ("@generation", document.Generation), ("@fields", ToJson(document.Fields)),
            ("@at", document.IngestedAt.ToUnixTimeMilliseconds()), ("@body", body));
    }

    private static bool Remove(SqliteSession session, string tenant, string collection, string document)
    {
        var body = session.Find(
            "DELETE FROM source WHERE tenant = @tenant AND collection = @collection AND id = @id RETURNING body",
            ("@tenant", tenant), ("@collection", collection), ("@id", document));
        return body is not null && session.Execute("DELETE FROM source_text WHERE id = @body", ("@body", body)) == 1;
    }

    private static StoredDocument ToDocument(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(9), row.GetInt32(4),
        row.GetInt32(5), row.GetInt32(6), FromJson<DocumentFields>(row.GetString(7)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));

    private static string ToJson<T>(T value) => JsonSerializer.Serialize(value, StateJson.Options);

    private static T FromJson<T>(string json) => JsonSerializer.Deserialize<T>(json, StateJson.Options)
        ?? throw new JsonException($"A stored {typeof(T).Name} is null.");
}
