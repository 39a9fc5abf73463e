using System.Collections.Immutable;
using System.Globalization;

namespace Colloquy.Knowledge;

/// <summary>Whether a document may be found: what every index answers alike.</summary>
public static class KnowledgeFilters
{
    /// <param name="documentId">As <see cref="Passage.DocumentId"/> spells it.</param>
    public static bool Passes(KnowledgeFilter filter, string documentId, DocumentFields fields) =>
        (filter.IncludeRetracted || !fields.IsRetracted)
        && (filter.EvidenceAtLeast is null || IsAtLeast(fields.EvidenceLevel, filter.EvidenceAtLeast))
        && Allows(filter.Populations, fields.Population)
        && Allows(filter.Jurisdictions, fields.Jurisdiction)
        && Allows(filter.Languages, fields.Language)
        && (filter.PublishedFrom is not { } from || fields.PublishedOn >= from)
        && (filter.PublishedUntil is not { } until || fields.PublishedOn <= until)
        && Allows(filter.Documents, documentId)
        && (filter.Tags is not { Count: > 0 } tags
            || tags.All(tag => fields.Tags is { } own && own.TryGetValue(tag.Key, out var value) && value == tag.Value));

    /// <summary>The filter with empty lists where it has none.</summary>
    internal static KnowledgeFilter Clean(KnowledgeFilter filter) => filter with
    {
        Populations = OrEmpty(filter.Populations),
        Jurisdictions = OrEmpty(filter.Jurisdictions),
        Languages = OrEmpty(filter.Languages),
        Documents = OrEmpty(filter.Documents),
    };

    private static ImmutableArray<string> OrEmpty(ImmutableArray<string> items) => items.IsDefault ? [] : items;

    private static bool Allows(ImmutableArray<string> allowed, string? value) =>
        allowed.IsDefaultOrEmpty || (value is not null && allowed.Contains(value, StringComparer.Ordinal));

    private static bool IsAtLeast(string? level, string weakest) =>
        int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(weakest, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && number <= most;
}
