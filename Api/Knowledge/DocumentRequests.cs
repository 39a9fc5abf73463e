using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Colloquy.Problems;

namespace Colloquy.Knowledge;

/// <summary>A document as it is handed over in JSON.</summary>
/// <param name="Id">Within the collection; where there is none it follows from the content.</param>
/// <param name="MediaType"><c>text/plain</c> where none is named.</param>
/// <param name="Text">The content, or <paramref name="Base64"/> holds it.</param>
/// <param name="EvidenceLevel">Oxford CEBM, <c>1</c> to <c>5</c>.</param>
internal sealed record DocumentBody(
    string? Id, string? Title, string? MediaType, string? Text, string? Base64, string? EvidenceLevel, string? Population,
    string? Jurisdiction, string? Language, string? PublishedOn, bool? Retracted, string? Url, Dictionary<string, string?>? Tags)
{
    public const int IdMax = 128;
    public const string PlainText = "text/plain";

    /// <summary>Media types that some deployment can read; whether this one can is known to its silo.</summary>
    private static readonly string[] MediaTypes =
        [PlainText, "text/markdown", "text/html", "application/xhtml+xml", "application/json", "application/pdf"];

    private static readonly string[] Levels = ["1", "2", "3", "4", "5"];
    private const int TagsMax = 16;

    /// <summary>Whether a text may name a document: it stands in a path segment.</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= IdMax } && id is not "." and not ".."
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '~');

    public static string TypeOf(string? mediaType) =>
        (mediaType ?? PlainText).Split(';')[0].Trim().ToLowerInvariant();

    public Problem? Check()
    {
        if (!MediaTypes.Contains(TypeOf(MediaType)))
            return Problem.Of(ProblemCodes.DocumentTypeUnavailable, "mediaType", $"One of {string.Join(", ", MediaTypes)}.");
        return new Checks()
            .That(Id is null || IsId(Id), "id", $"1 to {IdMax} of letters, digits, -, _, . and ~.")
            .That(Title is null || !string.IsNullOrWhiteSpace(Title), "title", "A text that says something.")
            .OptionalText(Title, "title", 300)
            .That(Text is null != Base64 is null, "text", "Either text or base64.")
            .That(Base64 is null || Content() is not null, "base64", "Bytes in base 64.")
            .That((Content()?.Length ?? 1) > 0, "text", "A document that is not empty.")
            .That(EvidenceLevel is null || Levels.Contains(EvidenceLevel), "evidenceLevel", "One of 1, 2, 3, 4, 5.")
            .OptionalText(Population, "population", 64)
            .OptionalText(Jurisdiction, "jurisdiction", 64)
            .OptionalText(Language, "language", 35)
            .That(PublishedOn is null || DateOf(PublishedOn) is not null, "publishedOn", "A date such as 2026-11-21.")
            .OptionalText(Url, "url", 2000)
            .That(Tags is null || (Tags.Count <= TagsMax && Tags.All(IsTag)), "tags",
                $"At most {TagsMax} names of 1 to 64 characters, each with a text of at most 256.")
            .Problem;
    }

    /// <summary>The upload, once <see cref="Check"/> has found nothing.</summary>
    public DocumentUpload ToUpload() => new(Id, Title, TypeOf(MediaType), Content()!, new(
        EvidenceLevel, Lower(Population), Lower(Jurisdiction), Lower(Language), DateOf(PublishedOn), Retracted ?? false, Url,
        Tags is { Count: > 0 } ? Tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value!, StringComparer.Ordinal)
            : null));

    public static DateOnly? DateOf(string? text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private byte[]? Content()
    {
        if (Text is not null)
            return Encoding.UTF8.GetBytes(Text);
        var bytes = new byte[(Base64?.Length ?? 0) * 3L / 4 + 3];
        return Base64 is not null && Convert.TryFromBase64String(Base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static bool IsTag(KeyValuePair<string, string?> tag) => tag.Key is { Length: > 0 and <= 64 }
        && tag.Value is { Length: <= 256 }
        && !tag.Key.Contains('\0', StringComparison.Ordinal) && !tag.Value.Contains('\0', StringComparison.Ordinal);

    private static string? Lower(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ToLowerInvariant();
}

/// <summary>Several documents in one body.</summary>
internal sealed record DocumentsBody(DocumentBody[]? Documents);

/// <summary>An accepted upload.</summary>
internal sealed record UploadAccepted(string RunId, string EventsUrl, int Documents);

/// <summary>What to look for, as an expert would.</summary>
internal sealed record SearchRequest(string? Query, string[]? Collections, int? Limit, SearchFilter? Filter, bool? Explain)
{
    private const int CollectionsMax = 32;
    private const int LimitDefault = 8;

    public Problem? Check()
    {
        if (Query?.Length > KnowledgeQuery.TextCharacters)
            return Problem.Of(ProblemCodes.ContentTooLarge, "query", $"At most {KnowledgeQuery.TextCharacters} characters.");
        return (Filter?.Check() ?? new Checks())
            .Text(Query, "query", KnowledgeQuery.TextCharacters)
            .That(Collections is { Length: > 0 }, "collections", "At least one collection.")
            .List(Collections, "collections", CollectionsMax, 64)
            .Within(Limit, "limit", 1, 50)
            .Problem;
    }

    public KnowledgeQuery ToQuery() => new([.. Collections!], Query!, Limit ?? LimitDefault, Filter?.ToFilter(), Explain ?? false);
}

/// <summary>Which documents may be found.</summary>
/// <param name="Retracted">Whether withdrawn documents may be.</param>
internal sealed record SearchFilter(
    string? EvidenceAtLeast, string[]? Populations, string[]? Jurisdictions, string[]? Languages, string? PublishedFrom,
    string? PublishedUntil, string[]? Documents, bool? Retracted, Dictionary<string, string?>? Tags)
{
    private const int ItemsMax = 32;

    public Checks Check() => new Checks()
        .That(EvidenceAtLeast is null or "1" or "2" or "3" or "4" or "5", "filter.evidenceAtLeast", "One of 1, 2, 3, 4, 5.")
        .List(Populations, "filter.populations", ItemsMax, 64)
        .List(Jurisdictions, "filter.jurisdictions", ItemsMax, 64)
        .List(Languages, "filter.languages", ItemsMax, 35)
        .List(Documents, "filter.documents", 100, 200)
        .That(PublishedFrom is null || DocumentBody.DateOf(PublishedFrom) is not null, "filter.publishedFrom",
            "A date such as 2026-11-21.")
        .That(PublishedUntil is null || DocumentBody.DateOf(PublishedUntil) is not null, "filter.publishedUntil",
            "A date such as 2026-11-21.")
        .That(Tags is null || (Tags.Count <= 16 && Tags.All(tag => tag is { Key.Length: > 0 and <= 64, Value.Length: <= 256 })),
            "filter.tags", "At most 16 names, each with a text.");

    public KnowledgeFilter ToFilter() => new(
        EvidenceAtLeast, Lower(Populations), Lower(Jurisdictions), Lower(Languages), DocumentBody.DateOf(PublishedFrom),
        DocumentBody.DateOf(PublishedUntil), [.. Documents ?? []], Retracted ?? false,
        Tags?.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value!, StringComparer.Ordinal));

    private static ImmutableArray<string> Lower(string[]? items) => [.. (items ?? []).Select(item => item.ToLowerInvariant())];
}

/// <summary>What a search found, best first.</summary>
internal sealed record SearchAnswer(IReadOnlyList<Passage> Items);
