namespace Colloquy.Knowledge;

/// <summary>
/// Where chunks of documents are found by words and by vectors. Every call names a scope, and nothing of another scope is ever
/// read or written: this is where tenants are kept apart.
/// </summary>
public interface IPassageIndex
{
    /// <summary>Makes these the chunks of these documents, in place of whatever the scope had of them. Durable on return, whole
    /// documents or none; a repeat changes nothing.</summary>
    Task Replace(IndexScope scope, IReadOnlyList<IndexedDocument> documents, CancellationToken cancellation);

    /// <summary>Removes documents with every chunk, word and vector. Durable on return.</summary>
    Task Remove(IndexScope scope, IReadOnlyList<string> documentIds, CancellationToken cancellation);

    /// <summary>Removes a whole scope. Durable on return; a scope that is not there is no error.</summary>
    Task Drop(IndexScope scope, CancellationToken cancellation);

    /// <summary>Chunks of a scope, or of one document in it.</summary>
    Task<long> Count(IndexScope scope, string? documentId, CancellationToken cancellation);

    /// <summary>Both searches over one scope: each an own list, best first, of at most <see cref="IndexQuery.Limit"/> chunks that
    /// pass the filter. A scope that is not there has none.</summary>
    Task<IndexAnswer> Search(IndexScope scope, IndexQuery query, CancellationToken cancellation);
}

/// <summary>One index of one collection of one tenant.</summary>
/// <param name="Generation">Counted by the collection: another embedding model means another generation.</param>
/// <param name="Dimensions">Of every vector in it.</param>
public readonly record struct IndexScope(string Tenant, string Collection, int Generation, int Dimensions);

/// <param name="Id">Within the collection, without its name.</param>
public sealed record IndexedDocument(string Id, string Title, DocumentFields Fields, IReadOnlyList<IndexedChunk> Chunks);

/// <summary>A chunk with its place in the stored text.</summary>
/// <param name="Vector">Of length 1, or zero; as many numbers as the scope has dimensions.</param>
public sealed record IndexedChunk(string Heading, int Start, string Text, ReadOnlyMemory<float> Vector);

/// <param name="Text">Searched by words, as <see cref="Words"/> divides it; the index may leave out what nearly every chunk
/// holds.</param>
/// <param name="Vector">Searched by cosine; empty or zero makes no such search.</param>
public sealed record IndexQuery(string Text, ReadOnlyMemory<float> Vector, KnowledgeFilter Filter, int Limit);

/// <param name="Words">By BM25.</param>
/// <param name="Vectors">By cosine, exactly: no chunk outside the list is nearer than the last one in it.</param>
public sealed record IndexAnswer(IReadOnlyList<IndexHit> Words, IReadOnlyList<IndexHit> Vectors);

/// <summary>A chunk that a search found.</summary>
/// <param name="DocumentId">Within the collection.</param>
/// <param name="Number">Of the chunk within its document, from 0: document and number name a chunk.</param>
/// <param name="Score">BM25, or the cosine.</param>
public sealed record IndexHit(
    string DocumentId, int Number, string Title, string Heading, int Start, string Text, DocumentFields Fields, double Score);
