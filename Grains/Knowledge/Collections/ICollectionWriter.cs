using System.Collections.Immutable;

namespace Colloquy.Knowledge.Collections;

/// <summary>
/// How runs write into a collection: as commands, one after the other. So a removal, an upload and an indexing anew never
/// overtake each other, and every document ends the same in all indexes that there are. Each call may be repeated.
/// </summary>
[Alias("collection.writer")]
internal interface ICollectionWriter : IGrainWithStringKey
{
    /// <summary>Where a document must stand now; null if there is no collection.</summary>
    [Alias("plan"), AlwaysInterleave]
    Task<CollectionPlan?> Plan();

    /// <summary>Writes documents into every index, and then keeps them. Durable on return. False, with nothing written, if
    /// the indexes are no longer those of the plan.</summary>
    [Alias("write")]
    Task<bool> Write(PassageBatch batch);

    /// <summary>Makes what a run has built the index that searches read. False if nobody waits for it any more.</summary>
    [Alias("switch")]
    Task<bool> Switch(int generation);

    /// <summary>Gives up what a run was to build.</summary>
    [Alias("abandon")]
    Task Abandon(int generation);
}

/// <param name="CreatedAt">Tells the collection from an earlier one of its name.</param>
/// <param name="Indexes">That which searches read, and perhaps one that is being built.</param>
[GenerateSerializer, Alias("collection.plan"), Immutable]
internal sealed record CollectionPlan(DateTimeOffset CreatedAt, ImmutableArray<CollectionIndex> Indexes);

/// <summary>Whole documents, ready to be written.</summary>
/// <param name="Plan">Generations that it was made for.</param>
/// <param name="Builds">The generation that is built from stored documents: then only those are written whose stored content is
/// still what was read, since whoever changed them has written them into it already. Null for an upload.</param>
[GenerateSerializer, Alias("collection.batch"), Immutable]
internal sealed record PassageBatch(ImmutableArray<int> Plan, int? Builds, ImmutableArray<PassageDocument> Documents);

/// <param name="Vectors">For each generation of the plan that is written, its vectors in the order of the chunks.</param>
[GenerateSerializer, Alias("collection.batch.document"), Immutable]
internal sealed record PassageDocument(
    string Id, string Title, string MediaType, string Hash, string Text, DocumentFields Fields, DateTimeOffset IngestedAt,
    ImmutableArray<PassageChunk> Chunks, ImmutableArray<ChunkVectors> Vectors);

[GenerateSerializer, Alias("collection.batch.chunk"), Immutable]
internal readonly record struct PassageChunk(string Heading, int Start, int Length);

[GenerateSerializer, Alias("collection.batch.vectors"), Immutable]
internal sealed record ChunkVectors(int Generation, ImmutableArray<float[]> Vectors);
