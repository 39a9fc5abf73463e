using Qdrant.Client;
using Qdrant.Client.Grpc;

namespace Colloquy.Knowledge;

/// <summary>
/// The passages of a deployment in a Qdrant. All tenants share a collection of Qdrant for each length of vectors, divided by
/// payload; <see cref="QdrantScope"/> sees to it that nobody asks for points without saying whose.
/// </summary>
/// <remarks>
/// Qdrant has no transactions: after a crash in <see cref="Replace"/> a document may have chunks of two versions, until the
/// ingest is continued and replaces it again. New chunks are written before the old document's further ones go, so that no part
/// of the document is missing meanwhile, and a repeat ends as an undisturbed call would have.
/// </remarks>
internal sealed class QdrantPassageIndex(QdrantConnection qdrant, QdrantOptions options) : IPassageIndex
{
    public async Task Replace(IndexScope scope, IReadOnlyList<IndexedDocument> documents, CancellationToken cancellation)
    {
        var whose = new QdrantScope(scope);
        foreach (var chunk in documents.SelectMany(document => document.Chunks)) // all of them, before anything is written
            Check(chunk.Vector, scope.Dimensions);
        foreach (var batch in Batches(whose, documents))
            await qdrant.Write("store passages", scope.Dimensions,
                (client, name) => client.UpsertAsync(name, batch, wait: true, cancellationToken: cancellation), cancellation);
        foreach (var batch in documents.Chunk(options.BatchMax))
            await Delete(scope, whose.Beyond(batch.Select(document => (document.Id, document.Chunks.Count))), cancellation);
    }

    public async Task Remove(IndexScope scope, IReadOnlyList<string> documentIds, CancellationToken cancellation)
    {
        foreach (var batch in documentIds.Chunk(options.BatchMax))
            await Delete(scope, new QdrantScope(scope).OfDocuments(batch), cancellation);
    }

    public Task Drop(IndexScope scope, CancellationToken cancellation) =>
        Delete(scope, new QdrantScope(scope).All(), cancellation);

    public async Task<long> Count(IndexScope scope, string? documentId, CancellationToken cancellation)
    {
        var whose = new QdrantScope(scope);
        return (long)await Count(scope, documentId is null ? whose.All() : whose.OfDocument(documentId), cancellation);
    }

    public async Task<IndexAnswer> Search(IndexScope scope, IndexQuery query, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        if (new QdrantScope(scope).Passing(query.Filter) is not { } filter)
            return new IndexAnswer([], []);
        var words = SearchWords(scope, query, filter, cancellation);
        var vectors = SearchVectors(scope, query, filter, cancellation);
        await Task.WhenAll(words, vectors);
        return new IndexAnswer(await words, await vectors);
    }

    // A document goes in one request unless it is longer than one may be, so that as a rule it changes at once.
    private IEnumerable<List<PointStruct>> Batches(QdrantScope whose, IReadOnlyList<IndexedDocument> documents)
    {
        var batch = new List<PointStruct>();
        foreach (var document in documents)
        {
            if (batch.Count > 0 && batch.Count + document.Chunks.Count > options.BatchMax)
            {
                yield return batch;
                batch = [];
            }

            for (var number = 0; number < document.Chunks.Count; number++)
            {
                batch.Add(Point(whose, document, document.Chunks[number], number));
                if (batch.Count == options.BatchMax)
                {
                    yield return batch;
                    batch = [];
                }
            }
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private static PointStruct Point(QdrantScope whose, IndexedDocument document, IndexedChunk chunk, int number)
    {
        var point = whose.Point(document.Id, number);
        QdrantFields.Write(point.Payload, document, chunk);
        var vectors = new NamedVectors();
        if (!IsZero(chunk.Vector)) // one without a direction is near to nothing
            vectors.Vectors[QdrantConnection.Dense] = new Vector { Dense = ToDense(chunk.Vector) };
        var words = QdrantWords.OfChunk(document.Title, chunk);
        if (words.Indices.Count > 0)
        {
            vectors.Vectors[QdrantConnection.Sparse] = new Vector { Sparse = words };
            point.Payload[QdrantScope.Stems] = words.Indices.Select(stem => (Value)(long)stem).ToArray();
        }

        point.Vectors = new Vectors { Vectors_ = vectors };
        return point;
    }

    private async Task<IReadOnlyList<IndexHit>> SearchWords(
        IndexScope scope, IndexQuery query, Filter filter, CancellationToken cancellation)
    {
        var words = QdrantWords.OfQuery(query.Text);
        if (words.Count == 0)
            return [];
        var whose = new QdrantScope(scope);
        var all = Count(scope, whose.All(), cancellation);
        var holding = await Task.WhenAll(words.Select(word => Count(scope, whose.Holding(word.Stem), cancellation)));
        var weighed = QdrantWords.OfQuery(
            words.Zip(holding, (word, count) => (word.Stem, word.Times, count)), await all);
        return weighed.Indices.Count == 0 ? [] : await Query(
            scope, new VectorInput { Sparse = weighed }, QdrantConnection.Sparse, filter, query.Limit, cancellation);
    }

    private async Task<IReadOnlyList<IndexHit>> SearchVectors(
        IndexScope scope, IndexQuery query, Filter filter, CancellationToken cancellation)
    {
        if (IsZero(query.Vector))
            return [];
        Check(query.Vector, scope.Dimensions);
        return await Query(
            scope, new VectorInput { Dense = ToDense(query.Vector) }, QdrantConnection.Dense, filter, query.Limit, cancellation);
    }

    private Task<IReadOnlyList<IndexHit>> Query(IndexScope scope, VectorInput vector, string name, Filter filter, int limit,
        CancellationToken cancellation) => qdrant.CallPoints<IReadOnlyList<IndexHit>>(
            "search", scope.Dimensions, [], async (client, collection) =>
            {
                var found = await client.QueryAsync(
                    collection, new Query { Nearest = vector }, usingVector: name, filter: filter, limit: (ulong)limit,
                    searchParams: new SearchParams { Exact = options.Exact },
                    payloadSelector: new WithPayloadSelector { Include = QdrantFields.OfHit }, cancellationToken: cancellation);
                return [.. found.Select(QdrantFields.Read)
                    .OrderByDescending(hit => hit.Score) // equal ones in one order, whenever they are asked for
                    .ThenBy(hit => hit.DocumentId, StringComparer.Ordinal).ThenBy(hit => hit.Number)];
            }, cancellation);

    private Task<ulong> Count(IndexScope scope, Filter filter, CancellationToken cancellation) => qdrant.CallPoints(
        "count passages", scope.Dimensions, 0ul,
        (client, name) => client.CountAsync(name, filter, exact: true, cancellationToken: cancellation), cancellation);

    private Task<UpdateResult?> Delete(IndexScope scope, Filter filter, CancellationToken cancellation) => qdrant.CallPoints(
        "remove passages", scope.Dimensions, null,
        async Task<UpdateResult?> (client, name) =>
            await client.DeleteAsync(name, filter, wait: true, cancellationToken: cancellation), cancellation);

    private static void Check(ReadOnlyMemory<float> vector, int dimensions)
    {
        if (vector.Length != dimensions)
            throw new ArgumentException($"A vector has {vector.Length} numbers, not {dimensions}.", nameof(vector));
        foreach (var number in vector.Span)
        {
            if (!float.IsFinite(number))
                throw new ArgumentException("A vector has a member that is no finite number.", nameof(vector));
        }
    }

    private static bool IsZero(ReadOnlyMemory<float> vector) => vector.Span.IndexOfAnyExcept(0f) < 0;

    private static DenseVector ToDense(ReadOnlyMemory<float> vector)
    {
        var dense = new DenseVector();
        dense.Data.AddRange(vector.ToArray());
        return dense;
    }
}
