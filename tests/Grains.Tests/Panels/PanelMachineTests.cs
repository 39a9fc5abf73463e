using Colloquy.Panels.Shared;
using Colloquy.Runs;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels;

public sealed class PanelMachineTests
{
    private static PanelTable Three(int people = 0) => Convened(PanelProtocols.Parallel, 3, people: people);

    [Fact]
    public void It_convenes_once_and_opens_the_first_round()
    {
        var convened = Three();
        Assert.Equal(["PanelConvened", "PanelAccepted", "PanelStarted", "RoundOpened"], convened.Kinds);
        var accepted = Assert.IsType<PanelAccepted>(convened.Log[1]);
        Assert.Equal(("panel", convened.State.Charter!.PanelId, RunIds.Of(accepted.PanelId)),
            (accepted.Kind, accepted.PanelId, accepted.RunId));
        Assert.Equal(("running", 1, Noon), (convened.State.Status, (int)convened.State.StartEpoch, convened.State.ConvenedAt));
        Assert.Equal((1, 1, PanelPhases.Draft), (convened.State.Round!.Number, convened.State.Round.Cycle, convened.Phase));
        Assert.Empty(PanelMachine.Decide(convened.State, new PanelInput.Convene(Noon, 2, "other", convened.State.Charter))
            .Events);
    }

    [Fact]
    public void What_reaches_a_panel_that_does_not_exist_changes_nothing() => Assert.All(
        new PanelInput[]
        {
            new PanelInput.Tick(Noon), new PanelInput.Say(Noon, 0, "s1", new("So."), Usage.None, null),
                new PanelInput.Cancel(Noon, "requested"),
            new PanelInput.Steer(Noon, "key", "Hurry."),
                new PanelInput.Fail(Noon, 0, "s1", AbsenceReasons.Failed, null, Usage.None),
        },
        input => Assert.Empty(PanelMachine.Decide(PanelState.Empty, input).Events));

    [Fact]
    public void Agents_and_people_have_times_of_their_own_and_none_more_than_the_panel()
    {
        var deadlines = Three(people: 1).State.Round!.Deadlines;
        Assert.Equal((Noon + SeatTime, Noon + PersonTime), (deadlines["s1"], deadlines["s4"]));
        var charter = Charter(PanelProtocols.Parallel, 2, people: 1) with { Deadline = Noon.AddSeconds(90) };
        var brief = PanelMachine.Decide(PanelState.Empty, new PanelInput.Convene(Noon, 1, "run", charter)).State.Round!.Deadlines;
        Assert.Equal((Noon + SeatTime, Noon.AddSeconds(90)), (brief["s1"], brief["s3"]));
    }

    [Fact]
    public void Who_does_not_answer_in_time_is_absent_and_blocks_nobody()
    {
        var one = Three(people: 1).Says("s1", "So.").Later(SeatTime - TimeSpan.FromTicks(1)).Ticks();
        Assert.Empty(one.State.Absent);
        var due = one.Later(TimeSpan.FromTicks(1)).Ticks();
        Assert.Equal([("s2", "deadline"), ("s3", "deadline")], due.State.Absent.Select(absence =>
            (absence.Seat, absence.Reason)));
        Assert.Equal(["s4"], due.State.Outstanding); // the person has an hour
        Assert.Equal(due.Log.Length, due.Ticks().Log.Length);
        var closed = due.Says("s4", "So it is.");
        Assert.Equal((4, 2), (closed.State.Closed[0].Invited, closed.State.Closed[0].Answered));
        Assert.True(closed.State.IsRunning is false || closed.Phase == PanelPhases.Synthesize);
    }

    [Fact]
    public void A_round_closes_by_the_clock_when_the_last_is_given_up()
    {
        var closed = Three().Says("s1", "So.").Says("s3", "So.").Later(SeatTime).Ticks();
        Assert.Equal(PanelPhases.Synthesize, closed.Phase);
        Assert.Equal(closed.Now, closed.State.Round!.OpenedAt);
        Assert.Equal(closed.Now, closed.State.Closed[0].ClosedAt);
        Assert.Equal(closed.Now + SeatTime, closed.State.Round.Deadlines["chair"]);
        Assert.Equal(2, closed.State.Round.Number);
    }

    [Fact]
    public void A_panel_whose_time_is_up_in_the_middle_of_a_round_ends_with_what_it_has()
    {
        var over = Three(people: 1).Says("s1", "So.").Says("s2", "So.").Says("s3", "Not so.");
        var ended = (over with { Now = over.State.Charter!.Deadline }).Ticks().HasEndedOnce("completed").Replays();
        Assert.Equal((PanelStops.Deadline, "So."), (ended.Outcome.Rule.Stopped, ended.Outcome.Answer));
        Assert.Equal("s4", Assert.Single(ended.Outcome.Absent).Seat);
        Assert.Equal(3, Assert.Single(ended.Outcome.Timeline).Answered);
        Assert.Null(ended.State.Round);
    }

    [Fact]
    public void A_panel_whose_time_is_up_with_too_few_expires()
    {
        var none = Three();
        var ended = (none with { Now = none.State.Charter!.Deadline }).Ticks().HasEndedOnce("expired").Replays();
        Assert.Equal((PanelDecisions.NoQuorum, PanelStops.Deadline), (ended.Outcome.Decision, ended.Outcome.Rule.Stopped));
        Assert.Equal("deadline", ended.Outcome.Absent[0].Reason);
    }

    [Fact]
    public void Failures_of_every_kind_are_named_and_what_they_cost_is_counted()
    {
        var ended = Three().Fails("s1").Fails("s2", AbsenceReasons.Declined).Says("s3", "So.").HasEndedOnce("failed").Replays();
        Assert.Equal(["failed", "declined"], ended.Outcome.Absent.Select(absence => absence.Reason));
        Assert.Equal("quorum_not_reached", ended.State.Error!.Code);
        Assert.Equal("Fewer than 2 of 3 seats answered.", ended.State.Error.Message);
        Assert.Equal(new Usage(16, 5), ended.State.Usage);
        Assert.Equal(new Usage(16, 5), ended.Outcome.Cost.Total);
        Assert.Equal([(3, 0), (3, 0), (15, 1), (0, 0)], ended.Outcome.Cost.Seats.Select(cost =>
            ((int)cost.Usage.TotalTokens, cost.Answers)));
        var absent = Assert.IsType<SeatAbsent>(ended.Log[4]);
        Assert.Equal(("model_unreachable", PanelIds.Message(ended.State.Charter!.PanelId, 1, "s1")),
            (absent.Error!.Code, absent.MessageId));
    }

    [Fact]
    public void Too_few_for_want_of_money_is_an_end_of_its_own() =>
        Three().Fails("s1", AbsenceReasons.Budget).Fails("s2").Says("s3", "So.").HasEndedOnce("budget_exhausted").Replays();

    [Fact]
    public void Who_says_nothing_has_not_answered_and_is_not_asked_again()
    {
        var said = Three().Says("s1", new Contribution(" ") { Confidence = 7 });
        Assert.Equal(["s2", "s3"], said.State.Outstanding);
        Assert.Equal(("s1", "failed"), (said.State.Absent[0].Seat, said.State.Absent[0].Reason));
        var absent = Assert.IsType<SeatAbsent>(said.Log[^1]);
        Assert.Equal(("nothing_said", new Usage(10, 5), 1), (absent.Error!.Code, absent.Usage, absent.Round));
    }

    [Fact]
    public void What_is_said_is_made_valid_before_anything_comes_of_it() =>
        Assert.Null(Three().Says("s1", "So.", confidence: double.NaN).Replays().State.Entries[0].Said.Confidence);

    [Fact]
    public void Positions_votes_and_remarks_are_told_apart()
    {
        var voted = Convened(PanelProtocols.Vote, 2, options: ["Yes", "No"]).Says("s1", new Contribution("") { Choice = "A" });
        Assert.IsType<VoteCast>(voted.Log[^1]);
        var drafted = Convened(PanelProtocols.Parallel, 2).Says("s1", "So.");
        var taken = Assert.IsType<PositionTaken>(drafted.Log[^1]);
        Assert.Equal((PanelIds.Message(drafted.State.Charter!.PanelId, 1, "s1"), "model", 1, PanelPhases.Draft),
            (taken.MessageId, taken.Model, taken.Round, taken.Phase));
        Assert.Contains(drafted.Says("s2", "So.").Says("chair", "So.").Log, @event => @event is RemarkMade { Seat: "chair" });
    }

    [Fact]
    public void Only_who_is_invited_is_heard_and_only_in_the_open_round()
    {
        var open = Three();
        Assert.Equal(open.Log.Length, open.Says("chair", "I lead.").Log.Length);
        Assert.Equal(open.Log.Length, open.Input(new PanelInput.Say(Noon, 2, "s1", new("Early."), Usage.None, null)).Log.Length);
        Assert.Equal(open.Log.Length, open.Input(new PanelInput.Fail(Noon, 0, "s1", AbsenceReasons.Failed, null, Usage.None))
            .Log.Length);
    }

    [Fact]
    public void Steering_is_bounded()
    {
        var steered = Enumerable.Range(0, 20).Aggregate(Three(), (table, at) =>
            table.Input(new PanelInput.Steer(Noon, "key", $"Remark {at}.")));
        Assert.Equal(PanelLimits.SteeringMax, steered.State.Steering.Length);
        Assert.Equal(("key", "Remark 15.", 1),
            (steered.State.Steering[^1].Author, steered.State.Steering[^1].Text, steered.State.Steering[^1].AfterRound));
        steered.Replays();
    }

    [Fact]
    public void A_cancelled_panel_has_one_end_and_no_outcome()
    {
        var cancelled = Three().Says("s1", "So.").Input(new PanelInput.Cancel(Noon, "requested")).HasEndedOnce("cancelled")
            .Replays();
        Assert.Null(cancelled.State.Outcome);
        Assert.Equal("requested", cancelled.State.Reason);
        Assert.Equal(cancelled.Log.Length, cancelled.Says("s2", "Late.").Ticks().Input(new PanelInput.Cancel(Noon, "again"))
            .Log.Length);
        Assert.Empty(cancelled.State.Outstanding);
    }

    [Fact]
    public void No_panel_opens_more_rounds_than_the_guard_allows()
    {
        var ended = Convened(PanelProtocols.Consensus, 2, cycles: 1_000)
            .ToTheEnd((_, seat) => new($"{seat} says {(seat == "s1" ? "water boils" : "ice melts")}.")).HasEndedOnce("completed")
                .Replays();
        Assert.Equal(PanelLimits.RoundsMax, ended.State.Closed.Length);
        Assert.Equal((PanelStops.Cycles, PanelDecisions.Undecided), (ended.Outcome.Rule.Stopped, ended.Outcome.Decision));
    }

    [Fact]
    public void Whatever_happens_there_is_one_end_and_the_journal_gives_it_back() => Checked.ForAll(60, random =>
    {
        var table = Convened(random.OneOf(PanelProtocols.Parallel, PanelProtocols.Vote, PanelProtocols.Consensus,
            PanelProtocols.Delphi),
            random.Next(2, 6), people: random.Next(2), rule: random.OneOf(null, VoteRules.Weighted, VoteRules.Borda));
        while (table.State.IsRunning)
            table = Step(table, random);
        table.HasEndedOnce(table.State.Status).Replays();
        Assert.Equal(table.State.Status == "cancelled", table.State.Outcome is null);
        Assert.Equal(table.State.Outcome?.Answer is null, table.State.Status != "completed");
        Assert.Equal(table.Log.Length, Step(table, random).Log.Length);
    });

    private static PanelTable Step(PanelTable table, Random random)
    {
        var seat = PanelIds.Seat(random.Next(1, 7));
        seat = random.Next(4) == 0 ? PanelIds.Chair : seat;
        return random.Next(12) switch
        {
            0 => table.Fails(seat, random.OneOf(AbsenceReasons.Failed, AbsenceReasons.Budget)),
            1 => table.Later(TimeSpan.FromSeconds(random.Next(90))).Ticks(),
            2 when random.Next(20) == 0 => table.Input(new PanelInput.Cancel(table.Now, "requested")),
            3 => table.Input(new PanelInput.Steer(table.Now, "key", "Go on.")),
            _ => table.Says(seat, new Contribution(random.OneOf("Water boils.", "Ice melts early.", " "))
            {
                Stance = random.OneOf(null, "Yes", "No"), Confidence = random.NextDouble() * 1.2,
                    Choice = random.OneOf("A", "B", "?"),
                Estimate = random.Next(3) == 0 ? null : random.Next(5), Points = ["Not so."],
            }),
        };
    }
}
