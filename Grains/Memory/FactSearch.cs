using System.Collections.Immutable;
using Colloquy.Knowledge;

namespace Colloquy.Memory;

/// <summary>Finds the facts that a text is about: by meaning, exactly over all vectors, and by words.</summary>
/// <remarks>
/// Both lists are joined by reciprocal ranks, <c>score(f) = sum over lists of 1 / (60 + rank(f))</c>: G. Cormack, C. Clarke and
/// S. Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", 2009. What is in neither
/// list is no hit.
/// </remarks>
internal static class FactSearch
{
    /// <summary>The least cosine that counts as nearness. With the embedded model, what has nothing to do with each other stays
    /// below 0.25 and what has is above 0.45 in the tests; another model may need another floor.</summary>
    public const double CosineLeast = 0.35;

    /// <summary>The least part of what a text tells, by the weight of its words, that a fact must share with it.</summary>
    public const double ShareLeast = 0.1;

    private const double RankOffset = 60;

    /// <summary>From so many facts on, a word that more than half of them hold tells nothing: "user" is in most.</summary>
    private const int CommonFrom = 4;

    /// <param name="meaning">The vector of the text, or null: then words alone decide.</param>
    public static ImmutableArray<FactHit> Find(IEnumerable<KeptFact> facts, string text, FactVector? meaning, int limit)
    {
        var all = facts.ToList();
        var scores = new double[all.Count];
        foreach (var list in (IEnumerable<IReadOnlyList<int>>)[ByWords(all, text), ByMeaning(all, meaning)])
            for (var rank = 0; rank < list.Count; rank++)
                scores[list[rank]] += 1 / (RankOffset + rank + 1);
        return
        [
            .. Enumerable.Range(0, all.Count).Where(at => scores[at] > 0)
                .OrderByDescending(at => scores[at])
                .ThenByDescending(at => all[at].Fact.RecordedAt)
                .ThenBy(at => all[at].Fact.Id, StringComparer.Ordinal)
                .Take(limit).Select(at => new FactHit(all[at].Fact, scores[at])),
        ];
    }

    private static List<int> ByWords(List<KeptFact> facts, string text)
    {
        var words = facts.ConvertAll(kept => Words.Of(kept.Fact.Text));
        var query = Words.Of(text).Distinct(StringComparer.Ordinal)
            .Where(word => facts.Count < CommonFrom || words.Count(of => of.Contains(word)) * 2 <= facts.Count).ToList();
        if (query.Count == 0)
            return [];
        var index = new Bm25(words);
        var whole = query.Sum(index.Idf);
        var scores = index.Scores(query.Select(word => (word, 1.0)));
        return Ranked(facts.Count, at => scores[at],
            at => query.Where(words[at].Contains).Sum(index.Idf) >= ShareLeast * whole && scores[at] > 0);
    }

    private static List<int> ByMeaning(List<KeptFact> facts, FactVector? meaning)
    {
        if (meaning is null)
            return [];
        var cosines = facts.ConvertAll(kept => Cosine(kept.Vector, meaning));
        return Ranked(facts.Count, at => cosines[at], at => cosines[at] >= CosineLeast);
    }

    private static List<int> Ranked(int count, Func<int, double> score, Func<int, bool> isHit) =>
        [.. Enumerable.Range(0, count).Where(isHit).OrderByDescending(score)];

    /// <summary>Vectors are of length 1, so the dot product is the cosine. Those of two models are never compared.</summary>
    private static double Cosine(FactVector? vector, FactVector meaning)
    {
        if (vector is null || vector.Embedder != meaning.Embedder || vector.Values.Length != meaning.Values.Length)
            return 0;
        var one = vector.Values.Span;
        var other = meaning.Values.Span;
        var sum = 0.0;
        for (var at = 0; at < one.Length; at++)
            sum += one[at] * other[at];
        return sum;
    }
}
