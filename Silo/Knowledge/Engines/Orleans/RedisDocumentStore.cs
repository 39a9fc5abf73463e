using System.Text;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Storage;
using StackExchange.Redis;

namespace Colloquy.Knowledge;

/// <summary>
/// Documents and uploads in the Redis of a cluster: a collection within one shard, an ingest within one. Texts lie apart from
/// what lists read.
/// </summary>
internal sealed class RedisDocumentStore(RedisDatabase redis) : IDocumentStore
{
    /// <summary>Documents that one script of a drop removes, so that nobody waits long behind it.</summary>
    private const int DropMax = 500;

    private sealed record Upload(string? Id, string? Title, string MediaType, DocumentFields Fields);

    public async Task Stage(
        string tenant, string ingest, int first, IReadOnlyList<DocumentUpload> uploads, CancellationToken cancellation)
    {
        if (uploads.Count == 0)
            return;
        var pairs = uploads.SelectMany(upload => (RedisValue[])
        [
            Json(new Upload(upload.Id, upload.Title, upload.MediaType, upload.Fields)), upload.Content,
        ]);
        await OnIngest(DocumentScripts.Stage, tenant, ingest, [first, .. pairs], cancellation);
    }

    public async Task<IReadOnlyList<DocumentUpload>> Staged(
        string tenant, string ingest, int first, int limit, int maxBytes, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var found = (RedisValue[])(await OnIngest(
            DocumentScripts.Staged, tenant, ingest, [first, limit, maxBytes], cancellation))!;
        return [.. found.Chunk(2).Select(pair =>
        {
            var upload = FromJson<Upload>(pair[0]);
            return new DocumentUpload(upload.Id, upload.Title, upload.MediaType, (byte[])pair[1]!, upload.Fields);
        })];
    }

    public Task Unstage(string tenant, string ingest, CancellationToken cancellation) =>
        OnIngest(DocumentScripts.Unstage, tenant, ingest, [], cancellation);

    public async Task Put(
        string tenant, string collection, IReadOnlyList<StoredDocument> documents, CancellationToken cancellation)
    {
        if (documents.Count == 0)
            return;
        var place = new Place(redis, tenant, collection);
        var triples = documents.SelectMany(document => (RedisValue[])
        [
            document.Id, Json(document with { Text = "" }), Encoding.UTF8.GetBytes(document.Text),
        ]);
        await redis.Run(DocumentScripts.Put, place.Shard,
            [place.Ids, place.Entries, place.Chunks, .. documents.Select(document => place.Text(document.Id))], [.. triples],
            cancellation);
    }

    public async Task<StoredDocument?> Find(
        string tenant, string collection, string document, CancellationToken cancellation)
    {
        var place = new Place(redis, tenant, collection);
        var found = (RedisValue[])(await redis.Run(
            DocumentScripts.Find, place.Shard, [place.Entries, place.Text(document)], [document], cancellation))!;
        return found is [{ IsNull: false } entry, { IsNull: false } text]
            ? FromJson<StoredDocument>(entry) with { Text = Encoding.UTF8.GetString((byte[])text!) }
            : null;
    }

    public async Task<IReadOnlyList<StoredDocument>> List(
        string tenant, string collection, string? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var place = new Place(redis, tenant, collection);
        var found = (RedisValue[])(await redis.Run(DocumentScripts.List, place.Shard, [place.Ids, place.Entries],
            [after is null ? "-" : $"({after}", limit], cancellation))!;
        return [.. found.Select(FromJson<StoredDocument>)];
    }

    public async Task<(long Documents, long Chunks)> Count(string tenant, string collection, CancellationToken cancellation)
    {
        var place = new Place(redis, tenant, collection);
        var counts = (RedisValue[])(await redis.Run(
            DocumentScripts.Count, place.Shard, [place.Ids, place.Chunks], [], cancellation))!;
        return ((long)counts[0], (long)counts[1]);
    }

    public async Task<bool> Remove(string tenant, string collection, string document, CancellationToken cancellation) =>
        await Remove(new Place(redis, tenant, collection), [document], cancellation) > 0;

    public async Task Drop(string tenant, string collection, CancellationToken cancellation)
    {
        var place = new Place(redis, tenant, collection);
        while ((string[])(await redis.Run(DocumentScripts.Some, place.Shard, [place.Ids], [DropMax - 1], cancellation))!
            is { Length: > 0 } ids)
            await Remove(place, ids, cancellation);
    }

    private async Task<long> Remove(Place place, string[] ids, CancellationToken cancellation) => (long)await redis.Run(
        DocumentScripts.Remove, place.Shard, [place.Ids, place.Entries, place.Chunks, .. ids.Select(place.Text)],
        [.. ids.Select(id => (RedisValue)id)], cancellation);

    private Task<RedisResult> OnIngest(
        RedisScript script, string tenant, string ingest, RedisValue[] values, CancellationToken cancellation)
    {
        var shard = JournalShard.Of($"{tenant}/{ingest}");
        var key = redis.Key(shard, $"uploads:{Uri.EscapeDataString(tenant)}:{Uri.EscapeDataString(ingest)}");
        return redis.Run(script, shard, [key], values, cancellation);
    }

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, StateJson.Options);

    private static T FromJson<T>(RedisValue json) => JsonSerializer.Deserialize<T>((byte[])json!, StateJson.Options)
        ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    /// <summary>The keys of one collection: names are escaped, so that none of them reaches into the keys of another.</summary>
    private sealed class Place(RedisDatabase redis, string tenant, string collection)
    {
        private readonly string _name =
            $"documents:{Uri.EscapeDataString(tenant)}:{Uri.EscapeDataString(collection)}";

        public int Shard { get; } = JournalShard.Of($"{tenant}/{collection}");

        public RedisKey Ids => redis.Key(Shard, $"{_name}:ids");

        public RedisKey Entries => redis.Key(Shard, $"{_name}:entries");

        public RedisKey Chunks => redis.Key(Shard, $"{_name}:chunks");

        public RedisKey Text(string document) => redis.Key(Shard, $"{_name}:text:{Uri.EscapeDataString(document)}");
    }
}
