using System.Collections.Immutable;

namespace Colloquy.Knowledge.Citations;

/// <summary>Words that an answer puts into quotation marks, with the citations that vouch for them.</summary>
/// <param name="Words">What stands between the marks.</param>
/// <param name="Citations">The places of those citations among the answer's, counted from 0.</param>
internal sealed record AnswerQuote(string Words, ImmutableArray<int> Citations);

/// <summary>Finds the quotations of an answer.</summary>
/// <remarks>
/// A quotation belongs to the markers that follow it in its sentence or directly behind it, else to the last ones before it in
/// its sentence. Fewer than <see cref="WordsMin"/> words are a term in quotation marks and no quotation.
/// </remarks>
internal static class AnswerQuotes
{
    public const int WordsMin = 3;

    private const int LengthMax = 2_000;

    /// <param name="text">An answer whose markers name one number each.</param>
    public static IReadOnlyList<AnswerQuote> Of(string text)
    {
        var markers = CitationMarkers.Of(text);
        var quotes = new List<AnswerQuote>();
        if (markers.Count == 0)
            return quotes;
        var sentences = Sentences.Of(text);
        foreach (var span in Spans(text))
        {
            var words = span.In(text);
            // A marker inside: the marks were paired wrongly, or the quotation is the answer's own composition.
            if (markers.Any(marker => marker.Span.Start >= span.Start && marker.Span.End <= span.End))
                continue;
            if (Parts(words).Sum(part => part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length) < WordsMin)
                continue;
            var vouching = Vouching(text, span, sentences, markers);
            if (!vouching.IsEmpty)
                quotes.Add(new AnswerQuote(words, vouching));
        }

        return quotes;
    }

    /// <summary>What a quotation says to stand in the source, in order, without what it leaves out.</summary>
    public static IEnumerable<string> Parts(string quotation) => quotation
        .Split(["[...]", "[\u2026]", "(...)", "(\u2026)", "...", "\u2026"], StringSplitOptions.TrimEntries)
        .Select(part => part.Trim(' ', '.', ',', ';', ':', '!', '?', '*', '_', '`')).Where(part => part.Length > 0);

    private static ImmutableArray<int> Vouching(
        string text, TextSpan quote, IReadOnlyList<Sentence> sentences, IReadOnlyList<CitationMarker> markers)
    {
        var sentence = sentences.FirstOrDefault(one => one.Span.Start < quote.End && one.Span.End >= quote.End).Span;
        var next = 0;
        while (next < markers.Count && markers[next].Span.Start < quote.End)
            next++;
        if (next < markers.Count && (markers[next].Span.Start < sentence.End || IsBeside(text, quote.End, markers[next])))
            return Group(text, markers, next);
        var before = next - 1;
        if (before < 0 || markers[before].Span.Start < sentence.Start)
            return [];
        while (before > 0 && Touch(text, markers[before - 1], markers[before]))
            before--;
        return Group(text, markers, before);
    }

    private static ImmutableArray<int> Group(string text, IReadOnlyList<CitationMarker> markers, int first)
    {
        var last = first;
        while (last + 1 < markers.Count && Touch(text, markers[last], markers[last + 1]))
            last++;
        return [.. Enumerable.Range(first, last - first + 1)];
    }

    private static bool Touch(string text, CitationMarker one, CitationMarker next) =>
        text.AsSpan(one.Span.End, next.Span.Start - one.Span.End).IsWhiteSpace();

    private static bool IsBeside(string text, int end, CitationMarker marker)
    {
        foreach (var c in text.AsSpan(end, marker.Span.Start - end))
            if (!char.IsWhiteSpace(c) && !char.IsPunctuation(c))
                return false;
        return true;
    }

    /// <summary>What stands between a pair of quotation marks, within one paragraph.</summary>
    private static IEnumerable<TextSpan> Spans(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (Closing(text, at) is not { } closing)
                continue;
            var end = End(text, at + 1, closing);
            if (end < 0)
                continue;
            yield return new TextSpan(at + 1, end);
            at = end;
        }
    }

    // A straight mark opens only where a word begins: what stands behind a digit are inches or seconds.
    private static string? Closing(string text, int at) => text[at] switch
    {
        '\u201c' => "\u201d",
        '\u201e' => "\u201c\u201d",
        '\u00ab' => "\u00bb",
        '\u00bb' => "\u00ab",
        '"' when at == 0 || !char.IsLetterOrDigit(text[at - 1]) => "\"",
        _ => null,
    };

    private static int End(string text, int from, string closing)
    {
        for (var at = from; at < text.Length && at - from <= LengthMax; at++)
        {
            if (closing.Contains(text[at], StringComparison.Ordinal))
                return at;
            if (text[at] == '\n' && at + 1 < text.Length && text[at + 1] is '\n' or '\r')
                return -1;
        }

        return -1;
    }
}
