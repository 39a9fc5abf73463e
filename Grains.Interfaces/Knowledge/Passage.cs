using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>A span of a stored document that retrieval found.</summary>
/// <param name="DocumentId">The document, as <c>GET /v1/knowledge/documents/{id}</c> knows it: <c>{collection}:{document}</c>.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Heading">Headings above the span, outermost first, joined by " > "; empty at the top.</param>
/// <param name="Text">The span itself, verbatim.</param>
/// <param name="Start">Its first character in the stored text.</param>
/// <param name="Score">Relevance to the query; comparable within one result only.</param>
/// <param name="Fields">What is known of the document, or null.</param>
/// <param name="Signals">How the score came about, by name; null unless it was asked for.</param>
[GenerateSerializer, Alias("knowledge.passage"), Immutable]
public sealed record Passage(
    string DocumentId, string Title, string Heading, string Text, int Start, double Score, DocumentFields? Fields = null,
    ImmutableSortedDictionary<string, double>? Signals = null);

/// <summary>A reference from an answer to a source, checked against the stored text.</summary>
/// <param name="N">The number that stands in the answer as <c>[n]</c>.</param>
/// <param name="Quote">The stored text from <paramref name="Start"/> to <paramref name="End"/>, verbatim.</param>
/// <param name="Support"><c>supported</c>, <c>partial</c> or <c>unsupported</c>: how far the quote carries the citing sentence.</param>
[GenerateSerializer, Alias("knowledge.citation"), Immutable]
public sealed record Citation(int N, string DocumentId, string Title, string Quote, int Start, int End, string Support);
