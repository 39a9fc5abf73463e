using System.Collections.Immutable;
using System.Text;

namespace Colloquy.Knowledge;

/// <summary>Checks the <c>[n]</c> markers of an answer against the passages that the answer was written from.</summary>
/// <remarks>
/// A check of words, not of meaning: it finds the invented citation and the changed number, not every false paraphrase.
/// </remarks>
internal static class CitationFinder
{
    /// <param name="answer">Text with markers <c>[n]</c> from 1; <c>[1, 2]</c> and <c>[1-2]</c> mean <c>[1][2]</c>.</param>
    /// <param name="passages">Passage n is element n - 1.</param>
    public static CitedAnswer Find(string answer, IReadOnlyList<Passage> passages)
    {
        var (text, removed) = Clean(answer, passages.Count);
        var cited = CitedSentence.Of(text);
        var sources = passages.Select(Source.Of).ToArray();
        var citations = ImmutableArray.CreateBuilder<Citation>();
        var sentences = ImmutableArray.CreateBuilder<int>();
        var (citing, supported) = (0, 0);
        for (var at = 0; at < cited.Count; at++)
        {
            var found = cited[at].Marks.Select(mark => sources[mark.N - 1].Cite(mark.N, mark.Claim)).ToArray();
            citations.AddRange(found);
            sentences.AddRange(Enumerable.Repeat(at, found.Length));
            citing += found.Length > 0 ? 1 : 0;
            supported += found.Any(citation => citation.Support == Support.Supported) ? 1 : 0;
        }

        return new CitedAnswer(text, citations.ToImmutable(), removed, cited.Count, citing, supported, sentences.ToImmutable());
    }

    /// <summary>Every valid number as a marker of its own; a marker that keeps none goes with the blanks before it.</summary>
    private static (string Text, int Removed) Clean(string answer, int count)
    {
        var text = new StringBuilder(answer.Length);
        var (from, removed) = (0, 0);
        foreach (var marker in CitationMarkers.Of(answer))
        {
            text.Append(answer, from, marker.Span.Start - from);
            from = marker.Span.End;
            var valid = marker.Numbers.Where(n => n >= 1 && n <= count).ToArray();
            removed += marker.Numbers.Count - valid.Length;
            foreach (var n in valid)
                text.Append('[').Append(n).Append(']');
            if (valid.Length == 0)
                RemoveBlanks(text);
        }

        return (text.Append(answer, from, answer.Length - from).ToString(), removed);
    }

    private static void RemoveBlanks(StringBuilder text)
    {
        var length = text.Length;
        while (length > 0 && text[length - 1] == ' ')
            length--;
        // Blanks that begin a line are its indentation.
        if (length > 0 && text[length - 1] != '\n')
            text.Length = length;
    }

    /// <summary>A passage, cut into sentences once for all markers that name it.</summary>
    private sealed record Source(Passage Passage, ImmutableArray<(TextSpan Span, Claim Said)> Sentences)
    {
        public static Source Of(Passage passage)
        {
            var sentences = Knowledge.Sentences.Of(passage.Text).Where(sentence => !sentence.IsHeading)
                .Select(sentence => (sentence.Span, Claim.Of(sentence.Span.In(passage.Text)))).ToImmutableArray();
            var whole = new TextSpan(0, passage.Text.Length);
            return new Source(passage, sentences.IsEmpty ? [(whole, Claim.Of(passage.Text))] : sentences);
        }

        /// <summary>The sentence that carries the claim furthest: the first of equals, the first of all if none does.</summary>
        public Citation Cite(int n, Claim claim)
        {
            var (best, quote) = (-1.0, default(TextSpan));
            foreach (var (span, said) in Sentences)
            {
                var carried = claim.CarriedBy(said);
                if (carried > best)
                    (best, quote) = (carried, span);
            }

            return new Citation(
                n, Passage.DocumentId, Passage.Title, quote.In(Passage.Text), Passage.Start + quote.Start,
                Passage.Start + quote.End, Support.Of(best));
        }
    }
}
