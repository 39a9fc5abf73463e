using System.Collections.Frozen;

namespace Colloquy.Knowledge.Retrieval;

/// <summary>Chooses passages that are relevant and do not say the same: maximal marginal relevance.</summary>
/// <remarks>
/// <code>
/// next = argmax over the rest of  λ * score(d) / best score  -  (1 - λ) * max over the chosen of  likeness(d, c),   λ = 0.7
/// </code>
/// J. Carbonell, J. Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing Summaries", SIGIR
/// 1998. Likeness is the share of words in common (Jaccard), since candidates of different models have no vectors that could be
/// compared. What is nearly the same text as a chosen one is left out altogether.
/// </remarks>
internal static class Diversity
{
    private const double Lambda = 0.7;

    /// <summary>From here on two texts are one: a page that was taken in twice, a paragraph that all leaflets have.</summary>
    public const double SameFrom = 0.9;

    /// <summary>The chosen ones, best score first.</summary>
    /// <param name="candidates">Best score first.</param>
    public static IReadOnlyList<Candidate> Choose(IReadOnlyList<Candidate> candidates, int limit)
    {
        if (candidates.Count == 0 || limit <= 0)
            return [];
        var best = candidates[0].Score;
        var rest = candidates.Select(one => new Choice(one, Words.Of(one.Passage.Text).ToFrozenSet(StringComparer.Ordinal))).ToList();
        var chosen = new List<Candidate>();
        while (chosen.Count < limit && rest.Count > 0)
        {
            var next = rest.MaxBy(one => one.Worth(best))!; // the first of equals
            rest.Remove(next);
            chosen.Add(next.Candidate with { Diversity = next.Worth(best) });
            foreach (var other in rest)
                other.Likeness = Math.Max(other.Likeness, LikenessOf(other.Words, next.Words));
            rest.RemoveAll(other => other.Likeness >= SameFrom);
        }
        return [.. chosen.OrderByDescending(one => one.Score)];
    }

    private static double LikenessOf(FrozenSet<string> one, FrozenSet<string> other)
    {
        if (one.Count == 0 || other.Count == 0)
            return 0;
        var shared = one.Count < other.Count ? one.Count(other.Contains) : other.Count(one.Contains);
        return (double)shared / (one.Count + other.Count - shared);
    }

    private sealed class Choice(Candidate candidate, FrozenSet<string> words)
    {
        public Candidate Candidate => candidate;

        public FrozenSet<string> Words => words;

        public double Likeness { get; set; }

        public double Worth(double best) => (Lambda * candidate.Score / best) - ((1 - Lambda) * Likeness);
    }
}
