using System.Diagnostics;
using Colloquy.Tests;
using Xunit;
using Xunit.Abstractions;

namespace Colloquy.Panels;

/// <summary>Seats think side by side, and panels do.</summary>
public sealed class PanelPaceTests(PanelHost host, ITestOutputHelper output) : IClassFixture<PanelHost>
{
    private static readonly string _answer = Scripts.Answer("It is so.", """{"stance":"Yes","confidence":0.9}""");

    // How much longer than its slowest seat a round takes, `./colloquy bench panels` measures: a clock on the wall proves nothing here.
    [Fact]
    public async Task Seats_of_a_round_think_at_the_same_time()
    {
        var tenant = GrainHost.NewTenant();
        string[] agents = [.. Enumerable.Range(1, 8).Select(at => $"member-{at}")];
        var together = Scripts.Meets(_answer, agents.Length);
        foreach (var agent in agents)
            await host.Expert(tenant, agent, together);
        var panel = host.Panel(tenant);
        await panel.Convene("Is it so?", agents);
        var ended = await panel.End();
        Assert.Equal("completed", ended.Status);
        Assert.Equal(8, ended.Rounds.Single(moment => moment.Phase == PanelPhases.Draft).Answered);
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
