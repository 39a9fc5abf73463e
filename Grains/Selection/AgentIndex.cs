using System.Collections.Immutable;
using System.Numerics;
using Colloquy.Agents;
using Colloquy.Knowledge;

namespace Colloquy.Selection;

/// <summary>A question, read for one index.</summary>
/// <param name="Words">Its distinct stems, each with what it tells: the inverse document frequency among the agents.</param>
/// <param name="Vector">Of length 1; null if the embedding model did not answer.</param>
internal sealed record ReadQuestion(string Text, ImmutableArray<(string Stem, double Idf)> Words, float[]? Vector)
{
    /// <summary>Added to what a question tells, so that one word that happens to match is not a perfect match.</summary>
    private const double Reserve = 2.0;

    /// <summary>The share of the question's information that some of its words make, 0 to 1.</summary>
    public double Share(Func<string, bool> holds) =>
        Words.Where(word => holds(word.Stem)).Sum(word => word.Idf) / (Words.Sum(word => word.Idf) + Reserve);

    /// <summary>A BM25 score as a share of the most that the question could get from a text.</summary>
    public double Share(double bm25) => Math.Min(1, bm25 / ((Bm25.SaturationMost * Words.Sum(word => word.Idf)) + Reserve));
}

/// <summary>How one agent answers to a question, before anything but its profile is asked. Cosines are corrected by
/// <see cref="AgentIndex.Background"/>.</summary>
/// <param name="Fused">Reciprocal rank fusion over both searches.</param>
/// <param name="Ranks">Place of the agent in each search, from 1; absent where a search did not find it.</param>
internal sealed record AgentMatch(
    IndexedAgent Agent, double Bm25, double ExclusionBm25, double Description, double Skill, double Example, double Breadth,
    double Exclusion, double Fused, ImmutableSortedDictionary<string, int> Ranks)
{
    /// <summary>The best cosine of any vector.</summary>
    public double Dense => Math.Max(Description, Math.Max(Skill, Example));
}

/// <summary>
/// The agents of a tenant, ready to be searched by words (Okapi BM25) and by vectors (several for each agent), the two fused by
/// reciprocal rank. Immutable. Five hundred agents are searched in about a millisecond, so there is no structure but arrays.
/// </summary>
/// <remarks>
/// <code>fused(a) = sum over searches s that found a of  1 / (60 + rank_s(a))</code>
/// G. Cormack, C. Clarke, S. Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning Methods", SIGIR
/// 2009.
/// </remarks>
internal sealed class AgentIndex
{
    public const string WordSearch = "words";
    public const string VectorSearch = "vectors";

    /// <summary>The k of the fusion, as its authors found it.</summary>
    public const double RankConstant = 60;

    /// <summary>How many of the best vectors make <see cref="AgentMatch.Breadth"/>.</summary>
    private const int BreadthOf = 3;

    private readonly Bm25 _words;
    private readonly Bm25 _exclusions;

    /// <param name="stamp">What the agents' texts are known by.</param>
    /// <param name="vectorOf">The vector of a text, or null: then the index searches by words alone.</param>
    public AgentIndex(string stamp, ImmutableArray<AgentProfile> agents, Func<string, float[]?> vectorOf)
    {
        Stamp = stamp;
        Agents = [.. agents.Select(agent => new IndexedAgent(agent, vectorOf))];
        _words = new Bm25(agents.Select(AgentText.WordsOf));
        _exclusions = new Bm25(agents.Select(AgentText.ExclusionWordsOf));
        Background = BackgroundOf(Agents);
    }

    public string Stamp { get; }

    public ImmutableArray<IndexedAgent> Agents { get; }

    /// <summary>
    /// The mean cosine between descriptions of different agents, 0 to 0.9: what this embedding model calls alike that is not. A
    /// cosine c counts as (c - background) / (1 - background), which brings models of different habits to one scale.
    /// </summary>
    public double Background { get; }

    public ReadQuestion Read(string text, float[]? vector) => new(
        text, [.. Words.Of(text).Distinct(StringComparer.Ordinal).Select(stem => (stem, _words.Idf(stem)))], vector);

    /// <summary>Every agent that may be taken, best fused first; equal ones by id.</summary>
    public ImmutableArray<AgentMatch> Match(ReadQuestion question, Func<AgentProfile, bool> may)
    {
        var bm25 = _words.Scores(question.Words.Select(word => (word.Stem, 1.0)));
        var excluded = _exclusions.Scores(question.Words.Select(word => (word.Stem, 1.0)));
        var matches = Agents.Select((agent, at) => (Agent: agent, At: at)).Where(one => may(one.Agent.Profile))
            .Select(one => Match(one.Agent, question.Vector, bm25[one.At], excluded[one.At]))
            .ToList();
        var byWords = Places(matches, match => match.Bm25);
        var byVectors = Places(matches, match => match.Dense);
        return
        [
            .. matches.Select(match => Fuse(match, byWords, byVectors))
                .OrderByDescending(match => match.Fused)
                .ThenBy(match => match.Agent.Profile.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The dot product, which is the cosine of vectors of length 1; 0 if one is missing.</summary>
    public static double Cosine(float[]? one, float[]? other)
    {
        if (one is null || other is null || one.Length != other.Length)
            return 0;
        var sum = Vector<float>.Zero;
        var at = 0;
        for (; at <= one.Length - Vector<float>.Count; at += Vector<float>.Count)
            sum += new Vector<float>(one, at) * new Vector<float>(other, at);
        double total = Vector.Sum(sum);
        for (; at < one.Length; at++)
            total += one[at] * other[at];
        return total;
    }

    private AgentMatch Match(IndexedAgent agent, float[]? vector, double bm25, double excluded)
    {
        var (description, skills, examples) = (Alike(agent.Description), All(agent.Skills), All(agent.Examples));
        var best = (double[])[description, .. skills, .. examples];
        return new(
            agent, bm25, excluded, description, Most(skills), Most(examples),
            best.OrderDescending().Take(BreadthOf).Average(), Most(All(agent.Exclusions)), 0,
            ImmutableSortedDictionary<string, int>.Empty);

        double[] All(ImmutableArray<float[]> vectors) => [.. vectors.Select(Alike)];
        double Most(double[] values) => values.Length == 0 ? 0 : values.Max();
        double Alike(float[]? one) => Math.Max(0, (Cosine(vector, one) - Background) / (1 - Background));
    }

    private static AgentMatch Fuse(AgentMatch match, Dictionary<string, int> byWords, Dictionary<string, int> byVectors)
    {
        var ranks = ImmutableSortedDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal);
        if (byWords.TryGetValue(match.Agent.Profile.Id, out var words))
            ranks = ranks.Add(WordSearch, words);
        if (byVectors.TryGetValue(match.Agent.Profile.Id, out var vectors))
            ranks = ranks.Add(VectorSearch, vectors);
        return match with { Ranks = ranks, Fused = ranks.Values.Sum(rank => 1 / (RankConstant + rank)) };
    }

    private static Dictionary<string, int> Places(IEnumerable<AgentMatch> matches, Func<AgentMatch, double> score) => matches
        .Where(match => score(match) > 0)
        .OrderByDescending(score).ThenBy(match => match.Agent.Profile.Id, StringComparer.Ordinal)
        .Select((match, at) => (match.Agent.Profile.Id, Rank: at + 1))
        .ToDictionary(one => one.Id, one => one.Rank, StringComparer.Ordinal);

    // The sum of all pairs' cosines is the squared length of the vectors' sum, less the pairs of each with itself.
    private static double BackgroundOf(ImmutableArray<IndexedAgent> agents)
    {
        var vectors = agents.Select(agent => agent.Description).OfType<float[]>().Where(vector => vector.Length > 0).ToList();
        if (vectors.Count < 2)
            return 0;
        var sum = new float[vectors[0].Length];
        foreach (var vector in vectors.Where(vector => vector.Length == sum.Length))
        {
            for (var at = 0; at < sum.Length; at++)
                sum[at] += vector[at];
        }
        var own = vectors.Sum(vector => Cosine(vector, vector));
        return Math.Clamp((Cosine(sum, sum) - own) / (vectors.Count * (vectors.Count - 1.0)), 0, 0.9);
    }
}
