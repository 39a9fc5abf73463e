using System.Collections.Immutable;
using Colloquy.Agents;

namespace Colloquy.Panels;

/// <summary>Composes a panel of those who fit the question and differ from each other.</summary>
/// <remarks>
/// Maximal marginal relevance (Carbonell and Goldstein, 1998): one after the other, whoever has the most of
/// <code>0.7 score - 0.3 max over the chosen of likeness,  likeness = shared domains and skills / all of both</code>
/// A panel of like experts agrees for the wrong reason.
/// </remarks>
internal static class Composition
{
    /// <summary>Members of a panel that nobody composed by hand: the fewest that can outvote one.</summary>
    public const int Members = 3;

    private const double Fit = 0.7;

    public static ImmutableArray<AgentProfile> Of(ImmutableArray<(AgentProfile Agent, double Score)> candidates, int members)
    {
        var (left, chosen) = (candidates.ToList(), ImmutableArray.CreateBuilder<AgentProfile>());
        while (chosen.Count < members && left.Count > 0)
        {
            var next = left.MaxBy(one =>
                (Fit * one.Score) - ((1 - Fit) * chosen.Select(other => Likeness(one.Agent, other)).DefaultIfEmpty().Max()));
            chosen.Add(next.Agent);
            left.Remove(next);
        }
        return chosen.ToImmutable();
    }

    private static double Likeness(AgentProfile one, AgentProfile other)
    {
        var (mine, yours) = (Traits(one), Traits(other));
        var all = mine.Union(yours).Count;
        return all == 0 ? 0 : (double)mine.Intersect(yours).Count / all;
    }

    private static ImmutableHashSet<string> Traits(AgentProfile agent) =>
        [.. agent.Domains.Concat(agent.Skills).Select(trait => trait.ToUpperInvariant())];
}
