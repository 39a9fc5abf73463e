using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>One collection of a tenant's documents, keyed by <c>{tenant}/{collection}</c>.</summary>
[Alias("collection")]
public interface ICollectionGrain : IGrainWithStringKey
{
    /// <summary>Creates the collection. Durable on return; a repeat of the operation answers the same.</summary>
    [Alias("create")]
    Task<CollectionResult> Create(CreateCollection command);

    /// <summary>Changes name and domain at once, and the embedding model by a run that indexes everything anew beside what there
    /// is: searches change over when it is complete.</summary>
    [Alias("change")]
    Task<CollectionResult> Change(ChangeCollection command);

    /// <summary>Removes the collection with every document, chunk and vector. False if there is none.</summary>
    [Alias("delete")]
    Task<bool> Delete();

    /// <summary>The collection, or null.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<CollectionView?> View();

    /// <summary>Its documents by id.</summary>
    [Alias("documents"), AlwaysInterleave]
    Task<DocumentPage> Documents(string? cursor, int limit);

    /// <summary>Removes a document with every chunk and vector. Durable on return. False if there is none.</summary>
    [Alias("remove")]
    Task<bool> Remove(string document);
}

/// <summary>The collections of a tenant, keyed by <c>{tenant}/collections</c>: an index that collections keep up to date.</summary>
[Alias("collections")]
public interface ICollectionListGrain : IGrainWithStringKey
{
    /// <summary>Lists a collection. Durable on return. False if the tenant has as many as it may.</summary>
    [Alias("list")]
    Task<bool> List(string collection);

    [Alias("delist")]
    Task Delist(string collection);

    /// <summary>Shipped and own collections, by id.</summary>
    [Alias("all"), AlwaysInterleave]
    Task<ImmutableArray<CollectionView>> All();
}

/// <param name="Domain">Such as <c>medicine</c>: tells which fields weigh in a search.</param>
/// <param name="Embedding">An embedding model, or null for the deployment's.</param>
[GenerateSerializer, Alias("collection.create"), Immutable]
public sealed record CreateCollection(string? Name, string? Description, string Domain, string? Embedding, string? Operation);

/// <summary>Null leaves a field as it is.</summary>
[GenerateSerializer, Alias("collection.change"), Immutable]
public sealed record ChangeCollection(
    string? Name, string? Description, string? Domain, string? Embedding, string Author,
    string? Operation);

/// <param name="Embedding">The model that searches go by, such as <c>hashed/1</c>.</param>
/// <param name="Dimensions">Of its vectors.</param>
/// <param name="Generation">Counts the indexes of this collection; searches read this one.</param>
/// <param name="Building">What is being indexed anew beside it, or null.</param>
[GenerateSerializer, Alias("collection.view"), Immutable]
public sealed record CollectionView(
    string Id, string Name, string Description, string Domain, string Embedding, int Dimensions, int Generation, string? Building,
    long Documents, long Chunks, bool BuiltIn, DateTimeOffset? CreatedAt);

[GenerateSerializer, Alias("collection.status")]
public enum CollectionStatus
{
    Done, NotFound, Exists, BuiltIn, TooMany, KeyReused, EmbedderMissing, EmbedderFailed, IndexMissing, Busy,
}

/// <param name="RunId">The run that indexes anew, or null.</param>
/// <param name="Name">What the status is about: a setting, or a code.</param>
[GenerateSerializer, Alias("collection.result"), Immutable]
public sealed record CollectionResult(
    CollectionStatus Status, CollectionView? Collection = null, string? RunId = null,
    string? Name = null);
