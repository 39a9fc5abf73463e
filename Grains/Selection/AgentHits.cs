using System.Collections.Immutable;
using Colloquy.Knowledge;

namespace Colloquy.Selection;

/// <summary>Shows what a search found.</summary>
internal static class AgentHits
{
    /// <summary>From this cosine on, an example question is told as matching.</summary>
    private const double ExampleFrom = 0.35;

    private const int MatchedMax = 12;

    public static AgentHit Of(AgentMatch match, ReadQuestion question) => new(
        match.Agent.Profile.Id, match.Agent.Profile.Name, match.Agent.Profile.Description, match.Fused, Explain(match),
        [.. MatchedWords(match, question.Text).Concat(MatchedExamples(match, question)).Take(MatchedMax)]);

    private static ImmutableSortedDictionary<string, double> Explain(AgentMatch match)
    {
        var explain = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        explain[$"{AgentIndex.WordSearch}.score"] = match.Bm25;
        explain[$"{AgentIndex.VectorSearch}.score"] = match.Dense;
        foreach (var (search, rank) in match.Ranks)
            explain[$"{search}.rank"] = rank;
        return explain.ToImmutable();
    }

    private static IEnumerable<string> MatchedWords(AgentMatch match, string text)
    {
        var held = AgentText.WordsOf(match.Agent.Profile).ToHashSet(StringComparer.Ordinal);
        return Words.WithSurface(text).Where(word => held.Contains(word.Stem)).Select(word => word.Surface.ToLowerInvariant())
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> MatchedExamples(AgentMatch match, ReadQuestion question) =>
        AgentText.Examples(match.Agent.Profile).Zip(match.Agent.Examples)
            .Where(example => AgentIndex.Cosine(question.Vector, example.Second) >= ExampleFrom)
            .Select(example => example.First);
}
