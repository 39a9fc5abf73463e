using Colloquy.Panels.Seats;
using Colloquy.Tests;
using Xunit;

namespace Colloquy.Panels;

public sealed class PanelGrainTests(PanelHost host) : IClassFixture<PanelHost>
{
    private static readonly string _yes = Scripts.Answer("It is so.", """{"stance":"Yes","confidence":0.9}""");
    private static readonly Contribution _no = new("It is not so, since ice melts.") { Stance = "No" };

    /// <summary>A panel of two agents and a person, once only the person is awaited.</summary>
    private async Task<ConvenedPanel> WithPerson(string tenant, TimeSpan? personTime = null)
    {
        await host.Expert(tenant, "a", Scripts.Says(_yes));
        await host.Expert(tenant, "b", Scripts.Says(_yes));
        var panel = host.Panel(tenant);
        await panel.Convene(ConvenePanel.Of("key", "Is it so?", PanelProtocols.Parallel, ["a", "b"], "print") with
        {
            People = ["Ada"], PersonTime = personTime ?? PanelLimits.PersonTime,
        });
        await panel.Until(view => view.Round?.Answered.Length == 2);
        return panel;
    }

    private static PersonAnswer Answer(bool declines = false, int round = 1) => new("key", "s3", round, _no, declines);

    [Fact]
    public async Task A_person_is_asked_and_answers_once()
    {
        var panel = await WithPerson(GrainHost.NewTenant());
        var asked = Assert.Single((await panel.Grain.View())!.Asks);
        Assert.Equal(("s3", PanelPhases.Draft, "Is it so?"), (asked.Seat, asked.Phase, asked.Question));
        Assert.Equal(PanelStatus.Accepted, (await panel.Grain.Answer(Answer())).Status);
        Assert.Equal(PanelStatus.Accepted, (await panel.Grain.Answer(Answer())).Status);
        var ended = await panel.End();
        Assert.Equal("No", ended.Positions.Single(one => one.Seat == "s3").Stance);
        Assert.Single((await panel.Events()).OfType<PositionTaken>(), one => one.Seat == "s3");
        Assert.Contains(ended.Outcome!.MinorityReport, one => one.Seats.Contains("s3"));
        Assert.Null(await panel.Seat("s3").View());
    }

    [Fact]
    public async Task A_person_may_decline()
    {
        var panel = await WithPerson(GrainHost.NewTenant());
        await panel.Grain.Answer(Answer(declines: true));
        Assert.Equal(new Absence("s3", 1, AbsenceReasons.Declined), Assert.Single((await panel.End()).Outcome!.Absent));
    }

    [Fact]
    public async Task A_seat_of_an_agent_or_of_nobody_is_no_persons_to_answer_for()
    {
        var panel = await WithPerson(GrainHost.NewTenant());
        Assert.Equal(PanelStatus.NotInvited, (await panel.Grain.Answer(Answer() with { Seat = "s1" })).Status);
        Assert.Equal(PanelStatus.NotInvited, (await panel.Grain.Answer(Answer() with { Seat = "s9" })).Status);
        Assert.Equal(PanelStatus.NotAwaited, (await panel.Grain.Answer(Answer(round: 2))).Status);
        Assert.Equal(PanelStatus.NotFound, (await host.Panel(panel.Key.Split('/')[0], "other").Grain.Answer(Answer())).Status);
        await panel.Grain.Cancel();
    }

    [Fact]
    public async Task A_person_whose_time_is_up_is_absent_and_comes_too_late()
    {
        var panel = await WithPerson(GrainHost.NewTenant());
        host.Time.Advance(PanelLimits.PersonTime);
        await panel.Grain.Poke();
        var ended = await panel.End();
        Assert.Equal("completed", ended.Status);
        Assert.Equal(new Absence("s3", 1, AbsenceReasons.Deadline), Assert.Single(ended.Outcome!.Absent));
        var before = await panel.Events();
        Assert.Equal(PanelStatus.Ended, (await panel.Grain.Answer(Answer())).Status);
        Assert.Equal(before.Length, (await panel.Events()).Length);
    }

    [Fact]
    public async Task While_only_a_person_is_awaited_nobody_needs_to_look_after_the_panel_and_afterwards_somebody_does()
    {
        var panel = await WithPerson(GrainHost.NewTenant(), TimeSpan.FromDays(2));
        Assert.DoesNotContain(panel.Key, await Overdue(TimeSpan.FromDays(1)));
        Assert.Contains(panel.Key, await Overdue(TimeSpan.FromDays(3)));
        host.Model.Plays($"{panel.Key.Split('/')[0]}/a", Scripts.Hangs("Well")); // the chair is a
        await panel.Grain.Answer(Answer());
        await panel.Until(view => view.Round?.Phase == PanelPhases.Synthesize);
        Assert.Contains(panel.Key, await Overdue(TimeSpan.FromMinutes(1)));
        await panel.Grain.Cancel();
    }

    private Task<IReadOnlyList<string>> Overdue(TimeSpan hence) => host.Journals.FindOverdue(
        0, Journals.JournalShard.Count - 1, host.Time.GetUtcNow() + hence, 1000, CancellationToken.None);

    [Fact]
    public async Task What_people_add_between_rounds_is_told_from_the_next_round_on()
    {
        var tenant = GrainHost.NewTenant();
        var panel = await WithPerson(tenant);
        Assert.Equal(PanelStatus.Accepted, (await panel.Grain.Steer("key", "Think of children.", "op")).Status);
        Assert.Equal(PanelStatus.Accepted, (await panel.Grain.Steer("key", "Think of children.", "op")).Status);
        Assert.Single((await panel.Grain.View())!.Steering);
        await panel.Grain.Answer(Answer());
        await panel.End();
        var asked = host.Model.Calls($"{tenant}/a"); // its draft, and as the chair
        Assert.DoesNotContain("Think of children.", asked[0].All, StringComparison.Ordinal);
        Assert.Contains("Think of children.", asked[1].User, StringComparison.Ordinal);
        Assert.Equal(PanelStatus.Ended, (await panel.Grain.Steer("key", "More.", "later")).Status);
        Assert.Equal(PanelStatus.Accepted, (await panel.Grain.Steer("key", "Think of children.", "op")).Status);
    }

    [Fact]
    public async Task Remarks_have_a_number()
    {
        var panel = await WithPerson(GrainHost.NewTenant());
        for (var at = 0; at < PanelLimits.SteeringMax; at++)
            Assert.Equal(PanelStatus.Accepted, (await panel.Grain.Steer("key", "So.", $"op{at}")).Status);
        Assert.Equal(PanelStatus.TooMuchSteering, (await panel.Grain.Steer("key", "So.", "last")).Status);
        await panel.Grain.Cancel();
    }

    [Fact]
    public async Task A_panel_is_cancelled_once_and_whoever_awaits_it_is_told()
    {
        var panel = await WithPerson(GrainHost.NewTenant());
        var awaiting = panel.Grain.Await();
        Assert.Equal("cancelled", (await panel.Grain.Cancel())!.Status);
        Assert.Equal("cancelled", (await panel.Grain.Cancel())!.Status);
        Assert.Equal("cancelled", (await awaiting)!.Status);
        Assert.Single(await panel.Events(), ConvenedPanel.IsTerminal);
        Assert.Equal(PanelStatus.Ended, (await panel.Grain.Answer(Answer())).Status);
    }

    [Fact]
    public async Task The_same_request_finds_the_same_panel_and_another_one_is_refused()
    {
        var tenant = GrainHost.NewTenant();
        await host.Expert(tenant, "a", Scripts.Says(_yes));
        await host.Expert(tenant, "b", Scripts.Says(_yes));
        var panel = host.Panel(tenant);
        var first = await panel.Convene("Is it so?", "a", "b");
        Assert.Equal(first, await panel.Convene("Is it so?", "a", "b"));
        Assert.Equal(PanelStatus.KeyReused, (await panel.Convene(
            ConvenePanel.Of("key", "Is it?", PanelProtocols.Parallel, ["a", "b"], "other"))).Status);
        Assert.Equal(new(PanelStatus.UnknownAgent, Detail: "nobody"), await host.Panel(tenant, "two").Convene("Is it so?", "a", "nobody"));
        Assert.Null(await host.Panel(tenant, "two").Grain.View());
        await panel.End();
    }
}
