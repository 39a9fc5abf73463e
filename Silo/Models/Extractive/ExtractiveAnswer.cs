using System.Collections.Immutable;
using System.Text;
using Colloquy.Knowledge;

namespace Colloquy.Models.Extractive;

/// <summary>Chooses the sentences of an answer and puts them in order.</summary>
internal static class ExtractiveAnswer
{
    /// <summary>How every answer begins.</summary>
    public const string Notice = "No language model is configured. These sentences are quoted from the expert's knowledge:";

    /// <summary>How a reply begins that has nothing to quote.</summary>
    public const string NothingFound =
        "No language model is configured, and the expert's knowledge holds nothing that answers this question.";

    /// <summary>Up to this many, a weaker sentence is taken too. Where nothing else fits, one stands alone.</summary>
    public const int SentencesMin = 2;

    public const int SentencesMax = 6;

    /// <summary>How the sentence begins that says what is missing.</summary>
    public const string Wanting = "To answer, it would need a document";

    /// <summary>How the last paragraph begins when the question has words that no passage mentions.</summary>
    public const string GapNotice = "Not mentioned in what was found:";

    /// <summary>How a reply begins to a message that asks nothing.</summary>
    public const string NoQuestion =
        "No language model is configured. Questions about the expert's knowledge are answered with sentences quoted from it; "
        + "this message names nothing that could be looked up there.";

    /// <summary>A further passage must cover this share of what the best one covers.</summary>
    private const double CoverageMin = 0.6;

    /// <summary>A further sentence must score this share of the best one.</summary>
    private const double ScoreMin = 0.3;

    /// <summary>The second sentence may be weaker: it mostly completes the first.</summary>
    private const double SecondScoreMin = 0.1;

    /// <summary>Sentences that share this much of their words say the same.</summary>
    private const double SameFrom = 0.6;

    /// <summary>The most for sentences with different numbers: "7 days" and "15 days" are two facts in the same words.</summary>
    private const double OtherNumbersMax = 0.4;

    private const int MissingNamed = 5;

    /// <param name="passages">Best first; passage n is element n - 1.</param>
    /// <param name="tokensMax">Bound of the reply. The notice and one sentence are written in any case.</param>
    public static string To(Question question, IReadOnlyList<Passage> passages, int tokensMax)
    {
        var words = passages.Select(WordsOf).ToArray();
        var covered = Array.ConvertAll(words, one => question.IsMetBy(one) ? question.CoveredBy(one) : 0);
        var best = covered.DefaultIfEmpty().Max();
        if (best == 0)
            return Refusal(question, words);
        var candidates = Candidates.Of(question, passages, at => covered[at] >= CoverageMin * best);
        var chosen = Choose(candidates, (tokensMax * (long)TokenEstimate.CharactersPerToken) - Notice.Length);
        return chosen.Count == 0 ? Refusal(question, words) : Write(chosen) + Gap(question, words);
    }

    /// <summary>The sentences alone, or nothing.</summary>
    public static string Sentences(Question question, IReadOnlyList<Passage> passages, int tokensMax)
    {
        var text = To(question, passages, tokensMax);
        if (!text.StartsWith(Notice, StringComparison.Ordinal))
            return "";
        var gap = text.LastIndexOf($"\n\n{GapNotice}", StringComparison.Ordinal);
        return (gap < 0 ? text[Notice.Length..] : text[Notice.Length..gap]).Trim();
    }

    private static ImmutableSortedSet<string> WordsOf(Passage passage) =>
        Knowledge.Words.Of($"{passage.Title} {passage.Heading} {passage.Text}").ToImmutableSortedSet(StringComparer.Ordinal);

    private static List<Candidate> Choose(IReadOnlyList<Candidate> candidates, long charactersMax)
    {
        var chosen = new List<Candidate>();
        var left = candidates.Where(one => one.Score > 0).ToList();
        var best = left.Count == 0 ? 0 : left.Max(one => one.Score);
        while (chosen.Count < SentencesMax && left.Count > 0)
        {
            // The more a sentence repeats what is chosen, the less it adds. Equal values keep the order of the passages.
            var next = left.MaxBy(one => one.Score * (1 - Likeness(one, chosen)))!;
            left.Remove(next);
            var likeness = Likeness(next, chosen);
            if (next.Score * (1 - likeness) < best * (chosen.Count < SentencesMin ? SecondScoreMin : ScoreMin))
                break;
            if (likeness >= SameFrom || (chosen.Count > 0 && next.Text.Length > charactersMax))
                continue;
            chosen.Add(next);
            charactersMax -= next.Text.Length;
        }

        return chosen;
    }

    private static double Likeness(Candidate one, List<Candidate> chosen) =>
        chosen.Count == 0 ? 0 : chosen.Max(other => Likeness(one.Words, other.Words));

    private static double Likeness(ImmutableSortedSet<string> a, ImmutableSortedSet<string> b)
    {
        var common = (double)a.Count(b.Contains);
        var likeness = common / Math.Max(1, a.Count + b.Count - common);
        return Numbers(a).SequenceEqual(Numbers(b)) ? likeness : Math.Min(likeness, OtherNumbersMax);
    }

    private static IEnumerable<string> Numbers(ImmutableSortedSet<string> words) => words.Where(word => char.IsDigit(word[0]));

    /// <summary>A paragraph for each document, the one with the best sentence first, in the document's own order.</summary>
    private static string Write(List<Candidate> chosen)
    {
        var text = new StringBuilder(Notice);
        foreach (var document in chosen.GroupBy(one => one.DocumentId, StringComparer.Ordinal))
        {
            text.Append("\n\n");
            text.AppendJoin(' ', document.OrderBy(one => one.Start).Select(one => $"{one.Text} [{one.N}]"));
        }

        return text.ToString();
    }

    // Half an answer must not look like a whole one: what the question named and no passage mentions is said.
    private static string Gap(Question question, IReadOnlyList<ImmutableSortedSet<string>> passages)
    {
        var missing = Missing(question, passages);
        return missing.Length == 0 ? "" : $"\n\n{GapNotice} {missing}.";
    }

    private static string Refusal(Question question, IReadOnlyList<ImmutableSortedSet<string>> passages)
    {
        if (!question.IsTelling)
            return NoQuestion;
        var missing = Missing(question, passages);
        return $"{NothingFound} {Wanting} in one of the expert's collections that covers "
            + $"{(missing.Length == 0 ? "the question" : missing)}, or a configured language model.";
    }

    private static string Missing(Question question, IReadOnlyList<ImmutableSortedSet<string>> passages)
    {
        var known = passages.SelectMany(words => words).ToImmutableSortedSet(StringComparer.Ordinal);
        return string.Join(", ", question.MissingIn(known).Take(MissingNamed).Select(word => $"\"{word}\""));
    }
}
