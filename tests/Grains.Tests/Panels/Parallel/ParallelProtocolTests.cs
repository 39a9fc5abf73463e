using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Parallel;

public sealed class ParallelProtocolTests
{
    private static PanelTable Drafted() => Convened(PanelProtocols.Parallel, 3)
        .Says("s1", "It is so, since water boils.", "Yes", 0.9)
        .Says("s2", "So it is.", "Yes", 0.7)
        .Says("s3", "It is not so, since ice melts.", "No", 0.6);

    [Fact]
    public void Everybody_drafts_unseen_and_the_chair_brings_the_drafts_together()
    {
        var drafting = Convened(PanelProtocols.Parallel, 3);
        Assert.Equal(["s1", "s2", "s3"], drafting.State.Outstanding);
        Assert.Empty(Protocols.Of(PanelProtocols.Parallel).Task(drafting.State, drafting.State.Seat("s1")).Entries);

        var drafted = Drafted();
        Assert.Equal(["chair"], drafted.State.Outstanding);
        Assert.Equal(3, Protocols.Of(PanelProtocols.Parallel).Task(drafted.State, drafted.State.Seat("chair")).Entries.Length);

        var ended = drafted.Says("chair", "Two say that it is so, one that it is not.").HasEndedOnce("completed").Replays();
        Assert.Equal(PanelDecisions.Decided, ended.Outcome.Decision);
        Assert.Equal("Two say that it is so, one that it is not.", ended.Outcome.Answer);
        var dissent = Assert.Single(ended.Outcome.MinorityReport);
        Assert.Equal("s3", Assert.Single(dissent.Seats));
        Assert.Equal("No", dissent.Stance);
    }

    [Fact]
    public void Without_a_word_of_the_chair_the_position_that_stands_for_most_is_the_answer()
    {
        var ended = Drafted().Fails("chair").HasEndedOnce("completed").Replays();
        Assert.Equal("It is so, since water boils.", ended.Outcome.Answer);
        Assert.Equal("chair", Assert.Single(ended.Outcome.Absent).Seat);
    }

    [Fact]
    public void Too_few_drafts_end_it_without_an_answer()
    {
        var ended = Convened(PanelProtocols.Parallel, 3).Says("s1", "It is so.").Later(SeatTime).Ticks().HasEndedOnce("failed")
            .Replays();
        Assert.Equal(PanelDecisions.NoQuorum, ended.Outcome.Decision);
        Assert.Null(ended.Outcome.Answer);
        Assert.Equal(["s2", "s3"], ended.Outcome.Absent.Select(absence => absence.Seat));
        Assert.Equal("It is so.", Assert.Single(ended.Outcome.Positions).Answer);
    }

    [Fact]
    public void What_is_said_twice_changes_nothing()
    {
        var once = Convened(PanelProtocols.Parallel, 3).Says("s1", "It is so.");
        Assert.Equal(once.Log.Length, once.Says("s1", "It is not so.").Log.Length);
        Assert.Equal(once.Log.Length, once.Fails("s1").Log.Length);
    }

    [Fact]
    public void What_comes_after_its_round_closed_changes_nothing()
    {
        var closed = Convened(PanelProtocols.Parallel, 3).Says("s1", "So.").Says("s2", "So.").Later(SeatTime).Ticks();
        var late = closed.Input(new PanelInput.Say(closed.Now, 1, "s3", new("I am late."), new(1, 1), "model"));
        Assert.Equal(closed.Log.Length, late.Log.Length);
        var ended = closed.Says("chair", "So.");
        Assert.Equal(ended.Log.Length, ended.Ticks().Input(new PanelInput.Cancel(ended.Now, "requested")).Log.Length);
    }

    [Fact]
    public void The_rule_is_told_with_its_numbers()
    {
        var outcome = Drafted().Says("chair", "Mostly.").Outcome;
        var rule = outcome.Rule;
        Assert.Equal((PanelProtocols.Parallel, PanelStops.Decided, 1), (rule.Name, rule.Stopped, rule.Cycles));
        Assert.Equal(Math.Round(1.8 / 2.6, 6), rule.Agreement!.Share);
        Assert.Equal("Mostly.", outcome.Recommendation.Text);
        Assert.Equal<string>(
            [
                "2 of 3 positions say the same, 69 % by weight.",
                "The answer is the chair's synthesis of all positions; the chair has no vote.",
                    "No position that prevails cites a source.",
            ],
            outcome.Recommendation.Grounds);
    }

    [Fact]
    public void Without_the_chair_the_grounds_name_whose_answer_it_is()
    {
        var cited = Enumerable.Range(1, 2).Aggregate(Convened(PanelProtocols.Parallel, 2), (table, at) =>
            table.Says(PanelIds.Seat(at),
            new Contribution("It is so. More follows.\nAnd more.") { Citations = [.. Enumerable.Range(0, 6).Select(one =>
                Quote($"d{one}"))] }));
        var ended = cited.Fails("chair");
        Assert.Equal("It is so.", ended.Outcome.Recommendation.Text);
        Assert.Equal("The chair said nothing: the answer is that of Name 1, who stands for most.",
            ended.Outcome.Recommendation.Grounds[1]);
        Assert.Equal("It rests on Title of d0, Title of d1, Title of d2, Title of d3, Title of d4 and others.",
            ended.Outcome.Recommendation.Grounds[2]);
    }

    [Fact]
    public void Too_few_stop_for_want_of_a_quorum()
    {
        var ended = Convened(PanelProtocols.Parallel, 3).Says("s1", "So.").Fails("s2").Fails("s3").HasEndedOnce("failed");
        Assert.Equal(PanelStops.Quorum, ended.Outcome.Rule.Stopped);
        Assert.Equal("Nothing is recommended: too few of the panel answered.", ended.Outcome.Recommendation.Text);
    }

    [Fact]
    public void It_takes_two_to_twelve_members_and_a_chair()
    {
        var shape = Protocols.Of(PanelProtocols.Parallel).Shape;
        Assert.Equal((2, 12, true, 1, 0.5, SeatRoles.Chair),
            (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.Cycles, shape.Threshold, shape.ChairRole));
        Assert.StartsWith("Answer the question by yourself", Protocols.Of(PanelProtocols.Parallel)
            .Task(Convened(PanelProtocols.Parallel, 2).State, Drafted().State.Seat("s1")).Instructions, StringComparison.Ordinal);
        Assert.StartsWith("You chair this panel", Protocols.Of(PanelProtocols.Parallel)
            .Task(Drafted().State, Drafted().State.Seat("chair")).Instructions, StringComparison.Ordinal);
    }
}
