using Colloquy.Knowledge;

namespace Colloquy.Doubles;

/// <summary>The passage index without a disk: every search looks at every chunk, so it is what the real ones must equal.</summary>
public sealed class MemoryPassageIndex : IPassageIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IndexScope, SortedDictionary<string, IndexedDocument>> _scopes = [];

    public Task Replace(IndexScope scope, IReadOnlyList<IndexedDocument> documents, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (documents.SelectMany(document => document.Chunks).Any(chunk => chunk.Vector.Length != scope.Dimensions))
            throw new ArgumentException("A vector has as many numbers as the scope has dimensions.");
        lock (_gate)
        {
            if (!_scopes.TryGetValue(scope, out var found))
                _scopes[scope] = found = new(StringComparer.Ordinal);
            foreach (var document in documents)
                found[document.Id] = document;
            return Task.CompletedTask;
        }
    }

    public Task Remove(IndexScope scope, IReadOnlyList<string> documentIds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
            foreach (var id in documentIds)
                _scopes.GetValueOrDefault(scope)?.Remove(id);
        return Task.CompletedTask;
    }

    public Task Drop(IndexScope scope, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
            _scopes.Remove(scope);
        return Task.CompletedTask;
    }

    public Task<long> Count(IndexScope scope, string? documentId, CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult((_scopes.GetValueOrDefault(scope)?.Values ?? Enumerable.Empty<IndexedDocument>())
                .Where(document => documentId is null || document.Id == documentId).Sum(document => (long)document.Chunks.Count));
    }

    /// <summary>Scopes of a tenant's collection that hold anything.</summary>
    public IReadOnlyList<IndexScope> Scopes(string tenant, string collection)
    {
        lock (_gate)
            return [.. _scopes.Where(scope => scope.Key.Tenant == tenant && scope.Key.Collection == collection && scope.Value.Count > 0)
                .Select(scope => scope.Key).OrderBy(scope => scope.Generation)];
    }

    /// <summary>All chunks of a scope, as <c>{document}@{start}:{text}</c>.</summary>
    public IReadOnlyList<string> Chunks(IndexScope scope)
    {
        lock (_gate)
            return [.. (_scopes.GetValueOrDefault(scope)?.Values ?? Enumerable.Empty<IndexedDocument>())
                .SelectMany(document => document.Chunks.Select(chunk => $"{document.Id}@{chunk.Start}:{chunk.Text}"))];
    }

    public Task<IndexAnswer> Search(IndexScope scope, IndexQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var hits = (_scopes.GetValueOrDefault(scope)?.Values ?? Enumerable.Empty<IndexedDocument>())
                .SelectMany(document => document.Chunks.Select((chunk, at) => (Document: document, Chunk: chunk, At: at))).ToList();
            var bm25 = new Bm25(hits.Select(one => Words.Of($"{one.Document.Title} {one.Chunk.Heading} {one.Chunk.Text}")));
            var scores = bm25.Scores(Words.Of(query.Text).Distinct(StringComparer.Ordinal).Select(word => (word, 1.0)));
            return Task.FromResult(new IndexAnswer(
                Best(at => scores[at]), IsZero(query.Vector) ? [] : Best(at => Cosine(query.Vector, hits[at].Chunk.Vector))));

            IReadOnlyList<IndexHit> Best(Func<int, double> score) => [.. hits
                .Select((one, at) => new IndexHit(one.Document.Id, one.At, one.Document.Title, one.Chunk.Heading, one.Chunk.Start,
                    one.Chunk.Text, one.Document.Fields, score(at)))
                .Where(hit => hit.Score > 0
                    && KnowledgeFilters.Passes(query.Filter, $"{scope.Collection}:{hit.DocumentId}", hit.Fields))
                .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.DocumentId, StringComparer.Ordinal).ThenBy(hit => hit.Number)
                .Take(query.Limit)];
        }
    }

    private static bool IsZero(ReadOnlyMemory<float> vector) => vector.Span.IndexOfAnyExcept(0f) < 0;

    private static double Cosine(ReadOnlyMemory<float> one, ReadOnlyMemory<float> other)
    {
        var sum = 0f;
        for (var at = 0; at < one.Length; at++)
            sum += one.Span[at] * other.Span[at];
        return sum;
    }
}
