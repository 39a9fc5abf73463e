using System.Numerics.Tensors;
using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

/// <summary>What a passage index has to answer, told in the plainest way: every chunk is looked at.</summary>
internal static class PassageReference
{
    /// <summary>Cosines of all chunks that pass, best first. Without a vector in chunk or query there is no cosine.</summary>
    public static IReadOnlyList<(string Document, int Number, double Score)> Nearest(
        IEnumerable<IndexedDocument> documents, string collection, IndexQuery query) =>
    [
        .. documents.Where(document => Passes(document, collection, query.Filter))
            .SelectMany(document => document.Chunks.Select((chunk, number) => (document.Id, number, chunk.Vector)))
            .Where(chunk => chunk.Vector.Span.ContainsAnyExcept(0f) && query.Vector.Span.ContainsAnyExcept(0f))
            .Select(chunk => (chunk.Id, chunk.number, (double)TensorPrimitives.Dot(chunk.Vector.Span, query.Vector.Span)))
            .OrderByDescending(chunk => chunk.Item3)
            .Take(query.Limit),
    ];

    /// <summary>Chunks that pass and share a word with the query: as a set, because scores are the index's own.</summary>
    public static HashSet<(string Document, int Number)> Sharing(
        IEnumerable<IndexedDocument> documents, string collection, IndexQuery query)
    {
        var wanted = Words.Of(query.Text).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. documents.Where(document => Passes(document, collection, query.Filter))
                .SelectMany(document => document.Chunks.Select((chunk, number) => (document.Id, number,
                    Said: Words.Of($"{document.Title} {chunk.Heading} {chunk.Text}"))))
                .Where(chunk => chunk.Said.Any(wanted.Contains))
                .Select(chunk => (chunk.Id, chunk.number)),
        ];
    }

    public static bool Passes(IndexedDocument document, string collection, KnowledgeFilter filter)
    {
        var fields = document.Fields;
        return (filter.IncludeRetracted || !fields.IsRetracted)
            && (filter.EvidenceAtLeast is not { } weakest
                || (fields.EvidenceLevel is { } level && string.CompareOrdinal(level, weakest) <= 0))
            && (filter.Populations.IsDefaultOrEmpty || filter.Populations.Contains(fields.Population!))
            && (filter.Jurisdictions.IsDefaultOrEmpty || filter.Jurisdictions.Contains(fields.Jurisdiction!))
            && (filter.Languages.IsDefaultOrEmpty || filter.Languages.Contains(fields.Language!))
            && (filter.PublishedFrom is not { } from || fields.PublishedOn >= from)
            && (filter.PublishedUntil is not { } until || fields.PublishedOn <= until)
            && (filter.Documents.IsDefaultOrEmpty || filter.Documents.Contains($"{collection}:{document.Id}"))
            && (filter.Tags is null || filter.Tags.All(tag =>
                fields.Tags is { } tags && tags.TryGetValue(tag.Key, out var value) && value == tag.Value));
    }
}
