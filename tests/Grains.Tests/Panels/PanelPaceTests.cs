using System.Diagnostics;
using Colloquy.Tests;
using Xunit;
using Xunit.Abstractions;

namespace Colloquy.Panels;

/// <summary>Seats think side by side, and panels do.</summary>
public sealed class PanelPaceTests(PanelHost host, ITestOutputHelper output) : IClassFixture<PanelHost>
{
    private const int Slowest = 600;
    private static readonly string _answer = Scripts.Answer("It is so.", """{"stance":"Yes","confidence":0.9}""");

    [Fact]
    public async Task A_round_of_eight_takes_little_longer_than_its_slowest_seat()
    {
        var tenant = GrainHost.NewTenant();
        await Eight(tenant, TimeSpan.Zero, "warm");
        var round = await Eight(tenant, TimeSpan.FromMilliseconds(Slowest), "paced");
        var took = (round.ClosedAt - round.OpenedAt).TotalMilliseconds;
        output.WriteLine($"8 seats of up to {Slowest} ms: a round of {took:0} ms, {took / Slowest:0.00} times the slowest.");
        Assert.InRange(took, Slowest - 20, 1.3 * Slowest);
    }

    private async Task<PanelMoment> Eight(string tenant, TimeSpan slowest, string name)
    {
        var agents = Enumerable.Range(1, 8).Select(at => $"{name}-{at}").ToArray();
        for (var at = 0; at < agents.Length; at++)
            await host.Expert(tenant, agents[at], Scripts.Says(_answer, slowest * (at + 1) / agents.Length));
        var panel = host.Panel(tenant, name);
        await panel.Convene("Is it so?", agents);
        var ended = await panel.End();
        Assert.Equal("completed", ended.Status);
        return ended.Rounds.Single(moment => moment.Phase == PanelPhases.Draft);
    }

    [Fact]
    public async Task Two_hundred_panels_of_five_come_to_their_end_at_once()
    {
        var tenant = GrainHost.NewTenant();
        string[] agents = ["a", "b", "c", "d", "e"];
        foreach (var agent in agents)
            await host.Expert(tenant, agent, Scripts.Says(_answer, TimeSpan.FromMilliseconds(300)));
        var began = Stopwatch.GetTimestamp();
        var ended = await Task.WhenAll(Enumerable.Range(0, 200).Select(async at =>
        {
            var panel = host.Panel(tenant, $"many-{at}");
            await panel.Convene("Is it so?", agents);
            return await panel.End();
        }));
        output.WriteLine($"200 panels of 5 seats: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s.");
        Assert.All(ended, view =>
        {
            Assert.Equal("completed", view.Status);
            Assert.Empty(view.Outcome!.Absent);
        });
        // Nobody was asked twice: five drafts and a synthesis each.
        Assert.Equal(1200, agents.Sum(agent => host.Model.Calls($"{tenant}/{agent}").Count));
    }
}
