using System.Collections.Immutable;

namespace Colloquy.Knowledge.Citations;

/// <summary>An answer whose citations have been checked against the stored sources.</summary>
/// <param name="Citations">Those that stand: supported or partial, in the order of their markers.</param>
/// <param name="Counts">What came of all of them.</param>
/// <param name="Appendix">What is to be added at the very end of the answer, or nothing: the text before it stays as it was
/// streamed.</param>
/// <param name="Checked">The answer's sentences and all of its citations, also those that do not stand.</param>
internal sealed record VerifiedAnswer(
    ImmutableArray<Citation> Citations, CitationCounts Counts, string Appendix, CitedAnswer Checked);

/// <summary>Checks every citation of an answer: that its quote stands in the stored source, that it carries the sentence, and
/// that what the answer puts into quotation marks is really said there.</summary>
/// <remarks>
/// <para>The marks of a citation, each rule only ever taking something away:</para>
/// <list type="number">
/// <item>By words, numbers and negation, as <see cref="CitationFinder"/> has it.</item>
/// <item>A quote that the stored source does not hold is unsupported; one that stands elsewhere is corrected to that place.</item>
/// <item>A quotation of the answer's own that none of the sources cited for it holds lowers those citations by one step.</item>
/// <item>A source that was withdrawn, or cannot be read now, carries nothing more than in part.</item>
/// </list>
/// <para>Unsupported citations are taken out, and so counts a marker that points at no passage, where there are passages at
/// all. The answer's last sentence then names them, in code marks, so that no reader takes the note itself for a citation.</para>
/// </remarks>
internal static class AnswerVerification
{
    /// <summary>The documents that a check of this answer reads.</summary>
    public static ImmutableArray<string> Sources(string answer, IReadOnlyList<Passage> passages) =>
    [
        .. CitationMarkers.Of(answer).SelectMany(marker => marker.Numbers).Where(n => n >= 1 && n <= passages.Count)
            .Select(n => passages[n - 1].DocumentId).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Checks against the documents as they are stored now.</summary>
    public static async Task<VerifiedAnswer> Of(
        string answer, IReadOnlyList<Passage> passages, IKnowledge knowledge, string tenant, CancellationToken cancellation)
    {
        var documents = new Dictionary<string, DocumentView?>(StringComparer.Ordinal);
        foreach (var id in Sources(answer, passages))
            documents[id] = await knowledge.Find(tenant, id, cancellation);
        return Of(answer, passages, documents.GetValueOrDefault);
    }

    /// <param name="answer">As it was streamed.</param>
    /// <param name="passages">Passage n is element n - 1.</param>
    /// <param name="find">A stored document by its id, or null if it cannot be read.</param>
    public static VerifiedAnswer Of(string answer, IReadOnlyList<Passage> passages, Func<string, DocumentView?> find)
    {
        var cited = CitationFinder.Find(answer, passages);
        var sources = cited.Citations.Select(citation => citation.DocumentId).Distinct(StringComparer.Ordinal)
            .ToDictionary(id => id, id => StoredSource.Of(find(id)), StringComparer.Ordinal);
        var retracted = passages.Where(passage => passage.Fields is { IsRetracted: true }).Select(passage => passage.DocumentId)
            .ToHashSet(StringComparer.Ordinal);
        var misquoted = Misquoted(cited, sources);
        var all = cited.Citations.Select((citation, at) =>
        {
            var (source, stands) = (sources[citation.DocumentId], Located(citation, sources[citation.DocumentId]));
            var support = misquoted.Contains(at) ? Lowered(stands.Support) : stands.Support;
            var isDoubtful = source is null || source.IsRetracted || retracted.Contains(citation.DocumentId);
            return stands with { Support = isDoubtful && support == Support.Supported ? Support.Partial : support };
        }).ToImmutableArray();
        var standing = all.RemoveAll(citation => citation.Support == Support.Unsupported);
        var invented = passages.Count == 0 ? [] : Invented(answer, passages.Count);
        var unsupported = all.Length - standing.Length + invented.Length;
        var unread = standing.Count(citation => sources[citation.DocumentId] is null);
        return new VerifiedAnswer(
            standing,
            new CitationCounts(
                standing.Count(citation => citation.Support == Support.Supported),
                standing.Count(citation => citation.Support == Support.Partial) - unread,
                unsupported, unsupported, unread),
            Note([.. all.Except(standing).Select(citation => citation.N), .. invented]),
            cited with { Citations = all, Supported = Supported(cited.SentenceOf, all) });
    }

    private static Citation Located(Citation citation, StoredSource? source)
    {
        if (source is null)
            return citation;
        var quote = source.Text.Find(citation.Quote, citation.Start, citation.End);
        return quote.Match is QuoteMatch.Missing
            ? citation with { Support = Support.Unsupported }
            : citation with { Quote = quote.Quote, Start = quote.Span.Start, End = quote.Span.End };
    }

    /// <summary>Citations that vouch for a quotation which none of its sources holds. What cannot be read is not held
    /// against them.</summary>
    private static HashSet<int> Misquoted(CitedAnswer cited, Dictionary<string, StoredSource?> sources) =>
    [
        .. AnswerQuotes.Of(cited.Text)
            .Select(quote => (quote.Words, Citations: quote.Citations.RemoveAll(at => at >= cited.Citations.Length)))
            .Where(quote => quote.Citations.Select(at => sources[cited.Citations[at].DocumentId])
                .All(source => source is not null && !source.Text.Holds(quote.Words)))
            .SelectMany(quote => quote.Citations),
    ];

    private static string Lowered(string support) => support == Support.Supported ? Support.Partial : Support.Unsupported;

    private static int Supported(ImmutableArray<int> sentenceOf, ImmutableArray<Citation> citations) => citations
        .Zip(sentenceOf).Where(one => one.First.Support == Support.Supported).Select(one => one.Second).Distinct().Count();

    private static ImmutableArray<int> Invented(string answer, int passages) =>
        [.. CitationMarkers.Of(answer).SelectMany(marker => marker.Numbers).Where(n => n < 1 || n > passages)];

    private static string Note(ImmutableArray<int> numbers) => numbers.IsEmpty ? ""
        : $"\n\nNot confirmed by the source: {string.Join(", ", numbers.Distinct().Order().Select(n => $"`[{n}]`"))}.";

    private sealed record StoredSource(CitationCheck Text, bool IsRetracted)
    {
        public static StoredSource? Of(DocumentView? document) => document is null
            ? null : new StoredSource(new CitationCheck(document.Text), document.Fields is { IsRetracted: true });
    }
}
