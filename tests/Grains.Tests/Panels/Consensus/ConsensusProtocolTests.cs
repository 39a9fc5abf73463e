using System.Collections.Immutable;
using Colloquy.Panels.Shared;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Consensus;

public sealed class ConsensusProtocolTests
{
    private static readonly IPanelProtocol Protocol = Protocols.Of(PanelProtocols.Consensus);

    private static Contribution Objects(params string[] points) => new("") { Points = [.. points] };

    private static PanelTable Drafted(int? cycles = null) => Convened(PanelProtocols.Consensus, 3, cycles: cycles)
        .Says("s1", "Water boils.", "Yes", 1).Says("s2", "Steam rises.", "Yes").Says("s3", "Ice melts.", "No");

    private static PanelTable Criticised(int? cycles = null) =>
        Drafted(cycles).Says("s1", Objects("Not in winter.")).Says("s2", Objects("No proof.")).Says("s3", Objects("Too hot."));

    [Fact]
    public void Drafts_are_criticised_and_revised_until_enough_agree_and_a_chair_merges_them()
    {
        var drafting = Convened(PanelProtocols.Consensus, 3);
        Assert.Equal((PanelPhases.Draft, 3), (drafting.Phase, drafting.State.Outstanding.Count()));
        Assert.Equal(Tasks.Draft, Protocol.Task(drafting.State, drafting.State.Seat("s1")).Instructions);

        var criticising = Drafted();
        Assert.Equal((PanelPhases.Critique, 1), (criticising.Phase, criticising.State.Round!.Cycle));
        var letters = Anonymity.Letters(criticising.State);
        var task = Protocol.Task(criticising.State, criticising.State.Seat("s1"));
        Assert.StartsWith($"You are Expert {letters["s1"]}. These are the positions", task.Instructions,
            StringComparison.Ordinal);
        Assert.Equal(new[] { $"Expert {letters["s2"]}", $"Expert {letters["s3"]}" }.Order(), task.Entries.Select(entry =>
            entry.Speaker));

        var revising = Criticised();
        Assert.Equal((PanelPhases.Revise, 1), (revising.Phase, revising.State.Round!.Cycle));
        task = Protocol.Task(revising.State, revising.State.Seat("s1"));
        Assert.StartsWith($"You are Expert {letters["s1"]}. These are all positions", task.Instructions,
            StringComparison.Ordinal);
        Assert.Equal([PanelPhases.Draft, PanelPhases.Draft, PanelPhases.Draft, PanelPhases.Critique, PanelPhases.Critique,
            PanelPhases.Critique],
            task.Entries.Select(entry => entry.Phase));

        var merging = revising.Says("s1", "Water boils.", "Yes", 1).Says("s2", "Steam rises.", "Yes")
            .Says("s3", "It boils.", "Yes");
        Assert.Equal((PanelPhases.Synthesize, 1), (merging.Phase, merging.State.Round!.Cycle));
        Assert.Equal(["chair"], merging.State.Outstanding);
        task = Protocol.Task(merging.State, merging.State.Seat("chair"));
        Assert.StartsWith("The panel agrees.", task.Instructions, StringComparison.Ordinal);
        Assert.Equal([PanelPhases.Critique, PanelPhases.Critique, PanelPhases.Critique, PanelPhases.Revise, PanelPhases.Revise,
            PanelPhases.Revise],
            task.Entries.Select(entry => entry.Phase));

        var ended = merging.Says("chair", "Water boils, and steam rises.").HasEndedOnce("completed").Replays();
        var (outcome, rule) = (ended.Outcome, ended.Outcome.Rule);
        Assert.Equal((PanelDecisions.Decided, "Water boils, and steam rises."), (outcome.Decision, outcome.Answer));
        Assert.Equal((PanelProtocols.Consensus, PanelStops.Agreed, 1, 0.8),
            (rule.Name, rule.Stopped, rule.Cycles, rule.Threshold));
        Assert.Equal([(0, Math.Round(1.75 / 2.5, 6)), (1, 1)], rule.Spread.Select(spread => (spread.Cycle, spread.Agreement)));
        Assert.Empty(outcome.MinorityReport);
        Assert.Equal("Yes", outcome.Recommendation.Text);
        Assert.Equal<string>(
            [
                "3 of 3 positions say the same, 100 % by weight.",
                    "A consensus needs 80 %; cycles of critique gone through: 1.",
                "The answer is the chair's, merged from the positions that agree; the chair has no vote.",
                "Objection left: Not in winter.", "Objection left: No proof.", "Objection left: Too hot.",
                "No position that prevails cites a source.",
            ],
            outcome.Recommendation.Grounds);
    }

    [Fact]
    public void Drafts_that_agree_need_no_critique()
    {
        var merging = Convened(PanelProtocols.Consensus, 2).Says("s1", "Water boils.", "Yes").Says("s2", "Steam rises.", "Yes");
        Assert.Equal(PanelPhases.Synthesize, merging.Phase);
        var ended = merging.Fails("chair").HasEndedOnce("completed").Replays();
        Assert.Equal((PanelDecisions.Decided, "Water boils.", PanelStops.Agreed, 0),
            (ended.Outcome.Decision, ended.Outcome.Answer, ended.Outcome.Rule.Stopped, ended.Outcome.Rule.Cycles));
        Assert.Equal("The answer is that of Name 1, who stands for the largest group.", ended.Outcome.Recommendation.Grounds[2]);
    }

    [Fact]
    public void Where_they_never_agree_the_largest_group_is_named_and_no_chair_is_asked()
    {
        var ended = Drafted(2).ToTheEnd((state, seat) => state.Round!.Phase == PanelPhases.Critique
            ? Objects($"{seat} objects in cycle {state.Round.Cycle}.") : state.Positions[seat].Said).HasEndedOnce("completed")
                .Replays();
        Assert.Equal((PanelDecisions.Undecided, "Water boils.", PanelStops.Cycles, 2),
            (ended.Outcome.Decision, ended.Outcome.Answer, ended.Outcome.Rule.Stopped, ended.Outcome.Rule.Cycles));
        Assert.Equal([(1, "draft"), (1, "critique"), (1, "revise"), (2, "critique"), (2, "revise")],
            ended.State.Closed.Select(round => (round.Cycle, round.Phase)));
        Assert.Equal([0, 1, 2], ended.Outcome.Rule.Spread.Select(spread => spread.Cycle));
        var dissent = Assert.Single(ended.Outcome.MinorityReport);
        Assert.Equal<string>(["s3 objects in cycle 2."], dissent.Objections);
        Assert.Equal("A consensus needs 80 %; cycles of critique gone through: 2.", ended.Outcome.Recommendation.Grounds[1]);
        Assert.Contains("Objection left: s1 objects in cycle 2.", ended.Outcome.Recommendation.Grounds);
        Assert.DoesNotContain("Objection left: s1 objects in cycle 1.", ended.Outcome.Recommendation.Grounds);
        Assert.DoesNotContain(ended.Outcome.Absent, absence => absence.Seat == "chair");
    }

    [Fact]
    public void Exactly_the_share_that_is_needed_is_enough()
    {
        var five = Enumerable.Range(1, 5).Aggregate(Convened(PanelProtocols.Consensus, 5),
            (table, at) => table.Says(PanelIds.Seat(at), at == 3 ? "Ice melts." : "Water boils."));
        Assert.Equal(PanelPhases.Synthesize, five.Phase);
        Assert.Equal(PanelPhases.Critique, Enumerable.Range(1, 4).Aggregate(Convened(PanelProtocols.Consensus, 4),
            (table, at) => table.Says(PanelIds.Seat(at), at == 3 ? "Ice melts." : "Water boils.")).Phase);
        Assert.Equal(PanelPhases.Synthesize, Enumerable.Range(1, 4)
            .Aggregate(Convened(PanelProtocols.Consensus, 4, threshold: 0.75),
            (table, at) => table.Says(PanelIds.Seat(at), at == 3 ? "Ice melts." : "Water boils.")).Phase);
    }

    [Fact]
    public void Objections_that_are_left_come_by_seat_once_each_and_no_more_than_twelve()
    {
        string[] many = [.. Enumerable.Range(0, 12).Select(at => $"Objection {at}.")];
        var revising = Drafted().Says("s3", Objects(many)).Says("s2", Objects("No proof."))
            .Says("s1", Objects("Not so.", "No proof."));
        var ended = revising.AllSay(_ => new("Water boils.")).Says("chair", "So.", "Merged");
        Assert.Equal("Merged", ended.Outcome.Recommendation.Text);
        Assert.Equal(new[] { "Not so.", "No proof." }.Concat(many[..10]).Select(one => $"Objection left: {one}"),
            ended.Outcome.Recommendation.Grounds.Where(ground => ground.StartsWith("Objection left", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_does_not_revise_keeps_the_position()
    {
        var ended = Criticised(1).Says("s3", "It boils.", "Yes").Later(SeatTime).Ticks();
        Assert.Equal(PanelPhases.Synthesize, ended.Phase);
        Assert.Equal(["Water boils.", "Steam rises.", "It boils."], ended.Says("chair", "All.")
            .Outcome.Positions.Select(position => position.Answer));
    }

    [Fact]
    public void Critiques_that_fail_do_not_stop_the_revision()
    {
        var revising = Drafted().Later(SeatTime).Ticks();
        Assert.Equal(PanelPhases.Revise, revising.Phase);
        Assert.Equal(3, Protocol.Task(revising.State, revising.State.Seat("s1")).Entries.Length);
    }

    [Fact]
    public void A_revision_sees_the_critiques_of_its_own_cycle()
    {
        var again = Criticised().AllSay(seat => new(seat == "s3" ? "Ice melts." : "Water boils.")).AllSay(seat =>
            Objects($"Again {seat}."));
        Assert.Equal((PanelPhases.Revise, 2), (again.Phase, again.State.Round!.Cycle));
        Assert.Equal(["Again s1.", "Again s2.", "Again s3."], Protocol.Task(again.State, again.State.Seat("s1")).Entries
            .Where(entry => entry.Phase == PanelPhases.Critique).Select(entry => Assert.Single(entry.Said.Points)).Order());
    }

    [Fact]
    public void Too_few_drafts_end_it_without_an_answer()
    {
        var ended = Convened(PanelProtocols.Consensus, 3).Says("s1", "Water boils.").Fails("s2").Fails("s3")
            .HasEndedOnce("failed").Replays();
        Assert.Equal((PanelDecisions.NoQuorum, PanelStops.Quorum, null),
            (ended.Outcome.Decision, ended.Outcome.Rule.Stopped, ended.Outcome.Answer));
        Assert.Equal("1 of 3 seats answered; 2 are needed.", Assert.Single(ended.Outcome.Recommendation.Grounds));
    }

    [Fact]
    public void Time_that_runs_out_ends_it_with_what_there_is()
    {
        var drafted = Drafted();
        var ended = (drafted with { Now = drafted.State.Charter!.Deadline }).Ticks().HasEndedOnce("completed").Replays();
        Assert.Equal((PanelDecisions.Undecided, PanelStops.Deadline, "Water boils."),
            (ended.Outcome.Decision, ended.Outcome.Rule.Stopped, ended.Outcome.Answer));
    }

    [Fact]
    public void Without_a_chair_the_one_who_stands_for_most_is_the_answer()
    {
        var charter = Charter(PanelProtocols.Consensus, 2);
        charter = charter with { Seats = charter.Seats.RemoveAt(2) };
        var table = new PanelTable(PanelState.Empty, []).Input(new PanelInput.Convene(Noon, 1, "run", charter));
        var ended = table.Says("s1", "Water boils.").Says("s2", "Water boils.").HasEndedOnce("completed").Replays();
        Assert.Equal((PanelStops.Agreed, PanelDecisions.Decided), (ended.Outcome.Rule.Stopped, ended.Outcome.Decision));
        Assert.Single(ended.State.Closed);
    }

    [Fact]
    public void What_is_said_twice_changes_nothing()
    {
        var once = Drafted().Says("s1", Objects("Not so."));
        Assert.Equal(once.Log.Length, once.Says("s1", Objects("Not so either.")).Fails("s1").Log.Length);
    }

    [Fact]
    public void What_comes_late_changes_nothing()
    {
        var revising = Criticised();
        Assert.Equal(revising.Log.Length, revising.Input(new PanelInput.Say(Noon, 2, "s1", Objects("Late."), new(1, 1), null))
            .Log.Length);
        var ended = revising.AllSay(_ => new("Water boils.")).Says("chair", "So.").HasEndedOnce("completed");
        Assert.Equal(ended.Log.Length, ended.Says("s1", "Late.").Ticks().Log.Length);
    }

    [Fact]
    public void It_takes_two_to_twelve_members_and_a_chair()
    {
        var shape = Protocol.Shape;
        Assert.Equal((2, 12, true, 3, 0.8, SeatRoles.Chair),
            (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.Cycles, shape.Threshold, shape.ChairRole));
    }
}
