using System.Collections.Immutable;
using Colloquy.Memory;
using Colloquy.Models;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using static Colloquy.Tests.Memory.Facts;

namespace Colloquy.Tests.Memory;

[Collection(SharedHost.Name)]
public sealed class MemoryRecallTests(GrainHost host)
{
    [Fact]
    public async Task Facts_of_several_scopes_come_standing_ones_first_each_said_once()
    {
        var tenant = GrainHost.NewTenant();
        await host.Grain<IMemoryGrain>(tenant, "user:k1").Record("op", [Draft("preferred language", "German"),
            Draft("takes", "aspirin"), Draft("likes", "opera")]);
        await host.Grain<IMemoryGrain>(tenant, "tenant").Record("op", [Draft("takes", "aspirin"), Draft("sells",
            "aspirin pumps", subject: "Acme")]);

        var found = await Find(tenant, 1_000);

        Assert.Equal("German", found[0].Fact.Object);
        Assert.Equal(["aspirin", "aspirin pumps"], found.Skip(1).Select(hit => hit.Fact.Object).Order());
        Assert.Equal("user:k1", found.Single(hit => hit.Fact.Object == "aspirin").Fact.Scope);
    }

    [Fact]
    public async Task No_more_is_found_than_the_tokens_allow()
    {
        var tenant = GrainHost.NewTenant();
        await host.Grain<IMemoryGrain>(tenant, "user:k1").Record("op",
            [.. Enumerable.Range(0, 20).Select(n => Draft("takes", $"aspirin number {n}"))]);

        foreach (var tokens in new[] { 0, 10, 40, 100 })
            Assert.InRange(TokenEstimate.Of(MemoryLines.Of(await Find(tenant, tokens)) + "\n"), 0, Math.Max(tokens, 1));
        Assert.Empty(await Find(tenant, 0));
        Assert.NotEmpty(await Find(tenant, 40));
    }

    [Fact]
    public async Task A_scope_that_does_not_answer_costs_its_facts_only()
    {
        var tenant = GrainHost.NewTenant();
        await host.Grain<IMemoryGrain>(tenant, "user:k1").Record("op", [Draft("takes", "aspirin")]);

        Assert.Single(await Find(tenant, 1_000, "no-scope-at-all", "user:k1"));
    }

    [Fact]
    public void A_fact_is_one_line_with_what_it_is_worth()
    {
        var fact = Telling.Nothing.Told("op", Draft("takes", "metformin", "The user\n\n- takes  metformin.") with
        {
            ValidFrom = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), Status = "confirmed",
        }).Result.Facts[0];

        Assert.Equal("- The user - takes metformin. (since 2024, confirmed)", MemoryLines.Of(fact));
        Assert.Equal("", MemoryLines.Of(ImmutableArray<FactHit>.Empty));
    }

    private async Task<ImmutableArray<FactHit>> Find(string tenant, int tokens, params string[] scopes)
    {
        CallerTenant.Set(tenant);
        return await MemoryRecall.Find(host.Factory, tenant, scopes.Length == 0 ? ["user:k1", "tenant"] : scopes,
            "Is aspirin good?", tokens,
            NullLogger.Instance);
    }
}
