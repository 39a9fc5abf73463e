using Colloquy.Knowledge;

namespace Colloquy.Doubles;

/// <summary>The document store without a disk: same answers as the real ones.</summary>
public sealed class MemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SortedDictionary<int, DocumentUpload>> _staged = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<string, StoredDocument>> _collections = new(StringComparer.Ordinal);

    /// <summary>Uploads that wait anywhere.</summary>
    public int Waiting(string tenant)
    {
        lock (_gate)
            return _staged.Where(one => one.Key.StartsWith($"{tenant}/", StringComparison.Ordinal)).Sum(one => one.Value.Count);
    }

    public Task Stage(
        string tenant, string ingest, int first, IReadOnlyList<DocumentUpload> uploads, CancellationToken cancellation) => Locked(() =>
        {
            var place = Find(_staged, $"{tenant}/{ingest}", () => new SortedDictionary<int, DocumentUpload>());
            for (var at = 0; at < uploads.Count; at++)
                place[first + at] = uploads[at];
            return true;
        }, cancellation);

    public Task<IReadOnlyList<DocumentUpload>> Staged(
        string tenant, string ingest, int first, int limit, int maxBytes, CancellationToken cancellation) =>
        Locked<IReadOnlyList<DocumentUpload>>(() =>
        {
            var (taken, bytes) = (new List<DocumentUpload>(), 0L);
            var place = _staged.GetValueOrDefault($"{tenant}/{ingest}");
            for (var at = first; taken.Count < limit && place is not null && place.TryGetValue(at, out var upload); at++)
            {
                bytes += upload.Content.Length;
                if (taken.Count > 0 && bytes > maxBytes)
                    break;
                taken.Add(upload);
            }
            return taken;
        }, cancellation);

    public Task Unstage(string tenant, string ingest, CancellationToken cancellation) =>
        Locked(() => _staged.Remove($"{tenant}/{ingest}"), cancellation);

    public Task Put(string tenant, string collection, IReadOnlyList<StoredDocument> documents,
        CancellationToken cancellation) => Locked(() =>
    {
        var place = Find(_collections, $"{tenant}/{collection}", () => new SortedDictionary<string,
            StoredDocument>(StringComparer.Ordinal));
        foreach (var document in documents)
            place[document.Id] = document;
        return true;
    }, cancellation);

    public Task<StoredDocument?> Find(string tenant, string collection, string document, CancellationToken cancellation) =>
        Locked(() => _collections.GetValueOrDefault($"{tenant}/{collection}")?.GetValueOrDefault(document), cancellation);

    public Task<IReadOnlyList<StoredDocument>> List(
        string tenant, string collection, string? after, int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<StoredDocument>>(() => [.. (_collections.GetValueOrDefault($"{tenant}/{collection}")?.Values
                ?? Enumerable.Empty<StoredDocument>())
            .Where(one => after is null || string.CompareOrdinal(one.Id, after) > 0).Take(limit).Select(one => one with { Text = "" })],
            cancellation);

    public Task<(long Documents, long Chunks)> Count(string tenant, string collection, CancellationToken cancellation) => Locked(() =>
        _collections.GetValueOrDefault($"{tenant}/{collection}") is { } place
            ? ((long)place.Count, place.Values.Sum(one => (long)one.Chunks)) : (0L, 0L), cancellation);

    public Task<bool> Remove(string tenant, string collection, string document, CancellationToken cancellation) =>
        Locked(() => _collections.GetValueOrDefault($"{tenant}/{collection}")?.Remove(document) ?? false, cancellation);

    public Task Drop(string tenant, string collection, CancellationToken cancellation) =>
        Locked(() => _collections.Remove($"{tenant}/{collection}"), cancellation);

    private static TValue Find<TValue>(SortedDictionary<string, TValue> all, string key, Func<TValue> make)
    {
        if (!all.TryGetValue(key, out var found))
            all[key] = found = make();
        return found;
    }

    private Task<T> Locked<T>(Func<T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
            return Task.FromResult(work());
    }
}
