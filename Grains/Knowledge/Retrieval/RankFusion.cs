namespace Colloquy.Knowledge.Retrieval;

/// <summary>Makes one ranking of several by reciprocal ranks, so that scores of different kinds need not be compared.</summary>
/// <remarks>
/// <code>
/// rrf(d) = sum over rankings that hold d of  1 / (k + rank(d)),  k = 60
/// </code>
/// G. Cormack, C. Clarke, S. Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods",
/// SIGIR 2009. k is theirs.
/// </remarks>
internal static class RankFusion
{
    public const int K = 60;

    public static double Of(params ReadOnlySpan<int?> ranks)
    {
        var sum = 0.0;
        foreach (var rank in ranks)
            sum += rank is { } place ? 1.0 / (K + place) : 0;
        return sum;
    }

    /// <summary>Candidates of many scopes as one list: the word lists are merged by score and ranked, and so are the vector lists
    /// of each embedding model.</summary>
    /// <remarks>Scopes share a ranking, since a ranking for each would have the best of a collection that knows nothing stand beside
    /// the best of one that does.</remarks>
    public static IReadOnlyList<Candidate> Fuse(IEnumerable<Candidate> words, IEnumerable<IEnumerable<Candidate>> vectors)
    {
        var found = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        foreach (var (at, one) in words.OrderByDescending(one => one.WordScore).ThenBy(one => one.Key,
            StringComparer.Ordinal).Index())
            found[one.Key] = one with { WordRank = at + 1 };
        foreach (var model in vectors)
            foreach (var (at, one) in model.OrderByDescending(one => one.Cosine).ThenBy(one => one.Key,
                StringComparer.Ordinal).Index())
                found[one.Key] = found.GetValueOrDefault(one.Key, one) with { VectorRank = at + 1, Cosine = one.Cosine };
        return [.. found.Values.Select(one => one with { Fused = Of(one.WordRank, one.VectorRank) })];
    }
}
