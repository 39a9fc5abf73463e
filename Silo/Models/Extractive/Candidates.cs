using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Colloquy.Knowledge;

namespace Colloquy.Models.Extractive;

/// <summary>A sentence that an answer could quote.</summary>
/// <param name="N">The number of its passage.</param>
/// <param name="Text">The sentence; a line break inside it is written as a blank.</param>
/// <param name="Start">Its place in the document.</param>
internal sealed record Candidate(
    int N, string DocumentId, string Text, int Start, ImmutableSortedSet<string> Words, double Score);

/// <summary>The sentences of passages, scored against a question.</summary>
internal static partial class Candidates
{
    /// <summary>What the title and headings above a sentence count, against 1 for its own words.</summary>
    private const double ContextWeight = 0.35;

    /// <summary>What is left of the score of a sentence that begins by pointing back: it may not stand alone.</summary>
    private const double PointsBack = 0.75;

    /// <summary>A passage opens with what it is about.</summary>
    private const double Opening = 1.15;

    private const int WordsMin = 4;

    private static readonly FrozenSet<string> _backward = FrozenSet.ToFrozenSet(
        [
            "it", "its", "this", "that", "these", "those", "they", "their", "he", "she", "however", "therefore", "thus", "hence",
            "moreover", "furthermore", "such", "both", "otherwise", "instead", "and", "but", "then", "here", "there",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="admits">Whether passage i, counted from 0, may be quoted.</param>
    public static IReadOnlyList<Candidate> Of(Question question, IReadOnlyList<Passage> passages, Func<int, bool> admits)
    {
        var found = passages.SelectMany((passage, at) => admits(at) ? SentencesOf(passage, at + 1) : []).ToList();
        var above = passages.Select(passage => Knowledge.Words.Of($"{passage.Title} {passage.Heading}")).ToArray();
        var sentences = new Bm25(found.Select(one => Knowledge.Words.Of(one.Candidate.Text)));
        var contexts = new Bm25(above);
        var own = sentences.Scores(question.Words);
        var context = contexts.Scores(question.Words);
        return
        [
            .. found.Select((one, at) =>
            {
                var score = own[at] + (ContextWeight * context[one.Candidate.N - 1]);
                // One rare word must not outweigh several common ones.
                score *= question.CoveredBy(one.Candidate.Words.Union(above[one.Candidate.N - 1]));
                score *= (one.Opens ? Opening : 1) * (_backward.Contains(FirstWord(one.Candidate.Text)) ? PointsBack : 1);
                return one.Candidate with { Score = score };
            }),
        ];
    }

    private static IEnumerable<(Candidate Candidate, bool Opens)> SentencesOf(Passage passage, int n)
    {
        var opens = true;
        foreach (var (span, isHeading) in Sentences.Of(passage.Text))
        {
            var text = WhiteSpace().Replace(span.In(passage.Text), " ");
            var words = Knowledge.Words.Of(text).ToImmutableSortedSet(StringComparer.Ordinal);
            // Fragments and questions answer nothing; a sentence with a marker of its own would bring a wrong number along.
            if (isHeading || words.Count < WordsMin || !IsStatement().IsMatch(text) || CitationMarkers.Of(text).Count > 0)
                continue;
            yield return (new Candidate(n, passage.DocumentId, text, passage.Start + span.Start, words, Score: 0), opens);
            opens = false;
        }
    }

    private static string FirstWord(string text) => text.Split(' ', ',')[0];

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("""[.!\u3002\uff01]["'\u201d\u2019)*_]*$""")]
    private static partial Regex IsStatement();
}
