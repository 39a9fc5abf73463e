using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Colloquy.Storage;
using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;

namespace Colloquy.Knowledge;

/// <summary>What is known of a document, as payload that Qdrant can filter by.</summary>
internal static class QdrantFields
{
    private const string Evidence = "evidence";
    private const string Population = "population";
    private const string Jurisdiction = "jurisdiction";
    private const string Language = "language";
    private const string Published = "published";
    private const string Retracted = "retracted";
    private const string Tags = "tags";
    private const string Whole = "fields";

    private const string Title = "title";
    private const string Heading = "heading";
    private const string Start = "start";
    private const string Text = "text";

    private const int EvidenceMax = 5;

    /// <summary>What a hit is made of.</summary>
    public static readonly PayloadIncludeSelector OfHit = new()
    {
        Fields = { QdrantScope.Document, QdrantScope.Number, Title, Heading, Start, Text, Whole },
    };

    /// <summary>The payload that is filtered by, and how Qdrant indexes it.</summary>
    public static readonly IReadOnlyList<(string Field, PayloadSchemaType Type, PayloadIndexParams? Parameters)> Indexes =
    [
        (QdrantScope.Tenant, PayloadSchemaType.Keyword, new() { KeywordIndexParams = new() { IsTenant = true } }),
        (QdrantScope.Collection, PayloadSchemaType.Keyword, null),
        (QdrantScope.Generation, PayloadSchemaType.Integer, Lookup()),
        (QdrantScope.Document, PayloadSchemaType.Keyword, null),
        (QdrantScope.Number, PayloadSchemaType.Integer, new() { IntegerIndexParams = new() { Lookup = false, Range = true } }),
        (QdrantScope.Stems, PayloadSchemaType.Integer, Lookup()),
        (Evidence, PayloadSchemaType.Keyword, null),
        (Population, PayloadSchemaType.Keyword, null),
        (Jurisdiction, PayloadSchemaType.Keyword, null),
        (Language, PayloadSchemaType.Keyword, null),
        (Published, PayloadSchemaType.Datetime, null),
        (Retracted, PayloadSchemaType.Bool, null),
        (Tags, PayloadSchemaType.Keyword, null),
    ];

    public static void Write(MapField<string, Value> payload, IndexedDocument document, IndexedChunk chunk)
    {
        var fields = document.Fields;
        (payload[Title], payload[Heading]) = (document.Title, chunk.Heading);
        (payload[Start], payload[Text]) = (chunk.Start, chunk.Text);
        payload[Whole] = JsonSerializer.Serialize(fields, StateJson.Options);
        payload[Retracted] = fields.IsRetracted;
        Add(Evidence, fields.EvidenceLevel);
        Add(Population, fields.Population);
        Add(Jurisdiction, fields.Jurisdiction);
        Add(Language, fields.Language);
        Add(Published, fields.PublishedOn is { } day ? Midnight(day).ToString("O", CultureInfo.InvariantCulture) : null);
        if (fields.Tags is { Count: > 0 } tags)
            payload[Tags] = tags.Select(tag => Tag(tag.Key, tag.Value)).ToArray();

        void Add(string name, string? value)
        {
            if (value is not null)
                payload[name] = value;
        }
    }

    public static IndexHit Read(ScoredPoint point)
    {
        var payload = point.Payload;
        return new IndexHit(
            payload[QdrantScope.Document].StringValue, (int)payload[QdrantScope.Number].IntegerValue,
            payload[Title].StringValue, payload[Heading].StringValue, (int)payload[Start].IntegerValue,
            payload[Text].StringValue,
            JsonSerializer.Deserialize<DocumentFields>(payload[Whole].StringValue, StateJson.Options) ?? DocumentFields.None,
            point.Score);
    }

    /// <summary>Everything but the filter's documents, whose ids a scope must divide.</summary>
    public static IEnumerable<Condition> ConditionsOf(KnowledgeFilter filter)
    {
        if (!filter.IncludeRetracted)
            yield return Conditions.Match(Retracted, false);
        if (filter.EvidenceAtLeast is { } weakest)
            yield return OneOf(Evidence, [.. Levels(weakest)]);
        if (!filter.Populations.IsDefaultOrEmpty)
            yield return OneOf(Population, filter.Populations);
        if (!filter.Jurisdictions.IsDefaultOrEmpty)
            yield return OneOf(Jurisdiction, filter.Jurisdictions);
        if (!filter.Languages.IsDefaultOrEmpty)
            yield return OneOf(Language, filter.Languages);
        if (filter.PublishedFrom is { } from)
            yield return Conditions.DatetimeRange(Published, gte: Midnight(from));
        if (filter.PublishedUntil is { } until)
            yield return Conditions.DatetimeRange(Published, lte: Midnight(until));
        foreach (var (name, value) in filter.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
            yield return Conditions.MatchKeyword(Tags, Tag(name, value));
    }

    private static Condition OneOf(string field, IReadOnlyList<string> values) =>
        Conditions.Match(field, values);

    private static IEnumerable<string> Levels(string weakest) => Enumerable.Range(1, EvidenceMax)
        .Select(level => level.ToString(CultureInfo.InvariantCulture))
        .Where(level => string.CompareOrdinal(level, weakest) <= 0);

    private static PayloadIndexParams Lookup() => new() { IntegerIndexParams = new() { Lookup = true, Range = false } };

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    // A length first, so that no name and value read as another name and value.
    private static string Tag(string name, string value) => $"{name.Length}:{name}={value}";
}
