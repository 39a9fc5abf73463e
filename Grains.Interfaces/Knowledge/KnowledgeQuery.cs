using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>What to look for, where, and how much of it.</summary>
/// <param name="Collections">Where to look; unknown names hold nothing, and an empty list finds nothing.</param>
/// <param name="Text">1 to <see cref="TextCharacters"/> characters; what comes after them is not looked at.</param>
/// <param name="Limit">1 to 50.</param>
/// <param name="Explain">Whether every passage carries the signals of its score.</param>
[GenerateSerializer, Alias("knowledge.query"), Immutable]
public sealed record KnowledgeQuery(
    ImmutableArray<string> Collections, string Text, int Limit, KnowledgeFilter? Filter = null, bool Explain = false)
{
    public const int TextCharacters = 8_192;
}

/// <summary>Which documents may be found at all. An empty list does not filter; what a document does not state it does not
/// match.</summary>
/// <param name="EvidenceAtLeast">The weakest level that is good enough: <c>2</c> takes levels 1 and 2.</param>
/// <param name="Documents">Ids as <c>{collection}:{document}</c>.</param>
/// <param name="IncludeRetracted">Whether withdrawn documents may be found.</param>
/// <param name="Tags">Every one of them must be the document's.</param>
[GenerateSerializer, Alias("knowledge.filter"), Immutable]
public sealed record KnowledgeFilter(
    string? EvidenceAtLeast = null, ImmutableArray<string> Populations = default, ImmutableArray<string> Jurisdictions = default,
    ImmutableArray<string> Languages = default, DateOnly? PublishedFrom = null, DateOnly? PublishedUntil = null,
    ImmutableArray<string> Documents = default, bool IncludeRetracted = false,
    ImmutableSortedDictionary<string, string>? Tags = null)
{
    public static readonly KnowledgeFilter None = new();
}

/// <summary>Why nothing was searched.</summary>
[GenerateSerializer, Alias("knowledge.search.status")]
public enum SearchStatus { Done, UnknownCollection, EmbedderMissing, EmbedderFailed }

/// <param name="Name">What the status is about: a collection, a setting, or a code of the embedding model's failure.</param>
[GenerateSerializer, Alias("knowledge.search.result"), Immutable]
public sealed record SearchResult(SearchStatus Status, ImmutableArray<Passage> Passages, string? Name = null);
