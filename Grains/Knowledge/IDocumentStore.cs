namespace Colloquy.Knowledge;

/// <summary>Where the documents of collections are kept whole, and where uploads wait until they are ingested. What returns is
/// durable; every call may be repeated.</summary>
public interface IDocumentStore
{
    /// <summary>Keeps uploads of an ingest, counted on from <paramref name="first"/>.</summary>
    Task Stage(string tenant, string ingest, int first, IReadOnlyList<DocumentUpload> uploads, CancellationToken cancellation);

    /// <summary>Uploads of an ingest from a number on, in order: at most <paramref name="limit"/>, and once the first has been
    /// taken at most <paramref name="maxBytes"/>.</summary>
    Task<IReadOnlyList<DocumentUpload>> Staged(
        string tenant, string ingest, int first, int limit, int maxBytes, CancellationToken cancellation);

    /// <summary>Removes all uploads of an ingest.</summary>
    Task Unstage(string tenant, string ingest, CancellationToken cancellation);

    /// <summary>Keeps documents in place of those that had their ids, all or none.</summary>
    Task Put(string tenant, string collection, IReadOnlyList<StoredDocument> documents, CancellationToken cancellation);

    Task<StoredDocument?> Find(string tenant, string collection, string document, CancellationToken cancellation);

    /// <summary>Documents after an id, by id in ordinal order, without their texts.</summary>
    Task<IReadOnlyList<StoredDocument>> List(string tenant, string collection, string? after, int limit, CancellationToken cancellation);

    /// <summary>How many documents a collection has, and their chunks.</summary>
    Task<(long Documents, long Chunks)> Count(string tenant, string collection, CancellationToken cancellation);

    /// <summary>False if there is no such document.</summary>
    Task<bool> Remove(string tenant, string collection, string document, CancellationToken cancellation);

    /// <summary>Removes every document of a collection.</summary>
    Task Drop(string tenant, string collection, CancellationToken cancellation);
}

/// <param name="Id">Within the collection, without its name.</param>
/// <param name="Hash">SHA-256 of upload, title and fields, lower-case hex.</param>
/// <param name="Text">What citations count characters of; empty in a list.</param>
/// <param name="Characters">Of the text, also in a list.</param>
/// <param name="Generation">The newest index that has its chunks.</param>
public sealed record StoredDocument(
    string Id, string Title, string MediaType, string Hash, string Text, int Characters, int Chunks, int Generation,
    DocumentFields Fields, DateTimeOffset IngestedAt);
