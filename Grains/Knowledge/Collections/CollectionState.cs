using System.Collections.Immutable;

namespace Colloquy.Knowledge.Collections;

/// <summary>A collection's own document. Its documents and chunks are in stores built for them.</summary>
[GenerateSerializer, Alias("collection.state"), Immutable]
internal sealed record CollectionState
{
    /// <summary>Null if there is no collection.</summary>
    [Id(0)] public CollectionAbout? About { get; init; }

    /// <summary>What searches read; null if there is no collection.</summary>
    [Id(1)] public CollectionIndex? Index { get; init; }

    /// <summary>What is being indexed anew beside it.</summary>
    [Id(2)] public CollectionIndex? Building { get; init; }

    /// <summary>Counts every index that this collection ever had: a number names one for ever.</summary>
    [Id(3)] public int LastGeneration { get; init; }

    /// <summary>Whether the tenant's list has it: until then nobody sees it.</summary>
    [Id(4)] public bool IsListed { get; init; }

    /// <summary>Whether the run that builds has been begun.</summary>
    [Id(5)] public bool IsBuilding { get; init; }

    /// <summary>Indexes that nobody may read any more, and when they go.</summary>
    [Id(6)] public ImmutableArray<DroppedIndex> Drops { get; init; } = [];

    /// <summary>A document that is being removed.</summary>
    [Id(7)] public string? Removing { get; init; }

    /// <summary>Whether the collection is being deleted, with all that it holds.</summary>
    [Id(8)] public bool IsDeleting { get; init; }

    [Id(9)] public CollectionOperation? Creation { get; init; }

    /// <summary>The last change that began a run.</summary>
    [Id(10)] public CollectionOperation? Change { get; init; }

    /// <summary>Who asked for the index that is being built.</summary>
    [Id(11)] public string Author { get; init; } = "";

    internal bool Exists => About is not null && IsListed && !IsDeleting;

    internal bool IsOutstanding => IsDeleting || Removing is not null || (About is not null && !IsListed)
        || (Building is not null && !IsBuilding);
}

[GenerateSerializer, Alias("collection.about"), Immutable]
internal sealed record CollectionAbout(string Name, string Description, string Domain, DateTimeOffset CreatedAt);

/// <param name="Embedding">The embedder's full name, with its version.</param>
/// <param name="RunId">The run that builds it, or null for the first.</param>
[GenerateSerializer, Alias("collection.index"), Immutable]
internal sealed record CollectionIndex(int Generation, string Embedding, int Dimensions, string? RunId);

[GenerateSerializer, Alias("collection.dropped"), Immutable]
internal sealed record DroppedIndex(int Generation, int Dimensions, DateTimeOffset At);

/// <summary>A command as it was, to know a repeat by.</summary>
[GenerateSerializer, Alias("collection.operation"), Immutable]
internal sealed record CollectionOperation(string Operation, string Fingerprint, string? RunId);
