using System.Text;

namespace Colloquy.Knowledge;

/// <summary>A sentence of an answer with the markers that belong to it, each with what it has to carry.</summary>
/// <param name="Marks">In order of the text; empty for a sentence without a citation.</param>
internal sealed record CitedSentence(IReadOnlyList<(int N, Claim Claim)> Marks)
{
    /// <summary>The sentences of a text whose markers name one number each. A heading counts only if it cites.</summary>
    public static IReadOnlyList<CitedSentence> Of(string text)
    {
        var markers = CitationMarkers.Of(text);
        var spans = new List<(TextSpan Span, List<CitationMarker> Markers)>();
        var next = 0;
        foreach (var (span, isHeading) in Sentences.Of(text))
        {
            var own = new List<CitationMarker>();
            while (next < markers.Count && markers[next].Span.Start < span.End)
                own.Add(markers[next++]);
            // Markers on a line of their own belong to the sentence above.
            if (own.Count > 0 && spans.Count > 0 && Claim.Of(Without(text, span, own)).Plain.Length == 0)
                spans[^1].Markers.AddRange(own);
            else if (own.Count > 0 || !isHeading)
                spans.Add((span, own));
        }

        return spans.ConvertAll(one => new CitedSentence(MarksOf(text, one.Span, one.Markers)));
    }

    /// <summary>
    /// A marker carries its whole sentence. Where markers stand at several places of one sentence, each carries the part since
    /// the place before: "A is b [1], while c is d [2]".
    /// </summary>
    private static List<(int, Claim)> MarksOf(string text, TextSpan sentence, List<CitationMarker> markers)
    {
        var groups = new List<List<CitationMarker>>();
        foreach (var marker in markers)
        {
            var joins = groups.Count > 0
                && (marker.Span.Start >= sentence.End || text[groups[^1][^1].Span.End..marker.Span.Start].Trim().Length == 0);
            if (joins)
                groups[^1].Add(marker);
            else
                groups.Add([marker]);
        }

        var marks = new List<(int, Claim)>();
        for (var g = 0; g < groups.Count; g++)
        {
            var from = g == 0 ? sentence.Start : groups[g - 1][^1].Span.End;
            var to = g == groups.Count - 1 ? sentence.End : groups[g][^1].Span.End;
            var claim = Claim.Of(Without(text, new TextSpan(from, to), groups[g]));
            marks.AddRange(groups[g].Select(marker => (marker.Numbers[0], claim)));
        }

        return marks;
    }

    private static string Without(string text, TextSpan span, List<CitationMarker> markers)
    {
        var rest = new StringBuilder(span.Length);
        var from = span.Start;
        foreach (var (mark, _) in markers)
        {
            if (mark.Start > span.End)
                break;
            rest.Append(text, from, Math.Max(0, mark.Start - from));
            from = Math.Max(from, mark.End);
        }

        return from < span.End ? rest.Append(text, from, span.End - from).ToString() : rest.ToString();
    }
}
