using System.Collections.Immutable;
using Colloquy.Models;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Memory;

/// <summary>Finds what is remembered for a prompt, over several scopes.</summary>
internal static partial class MemoryRecall
{
    /// <summary>Hits that each scope is asked for.</summary>
    private const int HitsPerScope = 20;

    /// <summary>The facts that bear on a question, best first, as many as the tokens allow: first those that concern every answer
    /// (language, name, allergies), then what fits the question. A scope that does not answer costs nothing but its
    /// facts.</summary>
    /// <param name="scopes">The nearest first: of equal facts, the nearer one is taken.</param>
    /// <param name="tokens">Estimated tokens of all lines of <see cref="MemoryLines"/> together.</param>
    public static async Task<ImmutableArray<FactHit>> Find(
        IGrainFactory grains, string tenant, IReadOnlyList<string> scopes, string question, int tokens, ILogger logger)
    {
        var found = await Task.WhenAll(scopes.Select(scope => Ask(
            grains.GetGrain<IMemoryGrain>(TenantKey.For(tenant, scope)), scope, question, logger)));
        return Fitting(Merge(found), tokens);
    }

    /// <summary>One list of several: standing facts first, then by score; of facts that say the same, the first.</summary>
    internal static ImmutableArray<FactHit> Merge(IReadOnlyList<ImmutableArray<FactHit>> found) =>
    [
        .. found.SelectMany((hits, order) => hits.Select(hit => (Hit: hit, Order: order)))
            .OrderByDescending(one => Predicates.IsStanding(one.Hit.Fact.Predicate))
            .ThenByDescending(one => one.Hit.Score)
            .ThenBy(one => one.Order)
            .ThenByDescending(one => one.Hit.Fact.Status == FactStatus.Confirmed)
            .ThenByDescending(one => one.Hit.Fact.RecordedAt)
            .Select(one => one.Hit)
            .DistinctBy(hit => FactNames.Normal(hit.Fact.Text)),
    ];

    /// <summary>The first ones, as long as there is room for them. One that is too long makes room for shorter ones.</summary>
    internal static ImmutableArray<FactHit> Fitting(ImmutableArray<FactHit> hits, int tokens)
    {
        var fitting = ImmutableArray.CreateBuilder<FactHit>();
        foreach (var hit in hits)
        {
            var needed = TokenEstimate.Of(MemoryLines.Of(hit.Fact) + "\n");
            if (needed > tokens)
                continue;
            tokens -= needed;
            fitting.Add(hit);
        }
        return fitting.ToImmutable();
    }

    private static async Task<ImmutableArray<FactHit>> Ask(IMemoryGrain memory, string scope, string question, ILogger logger)
    {
        try
        {
            var searching = memory.Search(question, HitsPerScope);
            var latest = await memory.List(history: false, null, MemoryLimits.Page);
            var hits = await searching;
            return
            [
                .. hits,
                .. latest.Items.Where(fact => Predicates.IsStanding(fact.Predicate) && !hits.Any(hit => hit.Fact.Id == fact.Id))
                    .Select(fact => new FactHit(fact, 0)),
            ];
        }
        catch (Exception failure) // an answer without what is remembered is better than no answer
        {
            LogNoAnswer(logger, failure, scope);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The memory of {Scope} did not answer")]
    private static partial void LogNoAnswer(ILogger logger, Exception failure, string scope);
}
