using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Review;

public sealed class ReviewProtocolTests
{
    private static PanelTable Table(int members = 4, int cycles = 2, string? subject = null, int? quorum = null) =>
        Convened(PanelProtocols.Review, members, cycles: cycles, quorum: quorum, subject: subject);

    private static PanelTable Written(int members = 4, int cycles = 2) =>
        Table(members, cycles).Says("s1", new("It is so.") { Confidence = 0.9, Citations = [Quote("doc")] });

    private static Contribution Decides(string? decision, string text = "I read it.", params string[] demands) =>
        new(text) { Choice = decision, Points = [.. demands] };

    private static PanelTable Reviews(PanelTable table, params string?[] decisions) =>
        table.State.Outstanding.ToArray().Zip(decisions).Aggregate(table, (all, one) => one.Second == "absent"
            ? all.Fails(one.First) : all.Says(one.First, Decides(one.Second, $"{one.First} read it.", $"{one.First} demands.")));

    [Fact]
    public void It_wants_an_author_and_reviewers_and_reviews_twice()
    {
        var shape = Protocols.Of(PanelProtocols.Review).Shape;
        Assert.Equal((2, 12, false, 2, 0.5), (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.Cycles, shape.Threshold));
        Assert.Equal([SeatRoles.Author, SeatRoles.Reviewer, SeatRoles.Reviewer],
            [shape.Role(0, null), shape.Role(1, null), shape.Role(2, null)]);
        Assert.Equal([SeatRoles.Reviewer, SeatRoles.Reviewer], [shape.Role(0, "A text."), shape.Role(1, "A text.")]);
    }

    [Fact]
    public void A_text_is_written_reviewed_revised_and_accepted()
    {
        var revised = Reviews(Written(), "minor", "accept", "minor").Says("s1", "It is so at sea level.");
        var ended = Reviews(revised, "accept", "minor", "accept").HasEndedOnce("completed").Replays();
        Assert.Equal(["draft 1: s1", "review 1: s2 s3 s4", "revise 2: s1", "review 2: s2 s3 s4"], ended.Course());
        var outcome = ended.Outcome;
        Assert.Equal((PanelDecisions.Decided, "It is so at sea level."), (outcome.Decision, outcome.Answer));
        Assert.Equal((PanelProtocols.Review, PanelStops.Decided, ReviewRule.Accept, 2, null),
            (outcome.Rule.Name, outcome.Rule.Stopped, outcome.Rule.Verdict, outcome.Rule.Cycles, outcome.Rule.TieBreak));
        Assert.Equal("Accept the text as it is.", outcome.Recommendation.Text);
        Assert.Equal(
            ["The median of the decisions is accept: accept 2, minor 1.", "Demanded: s2 demands.", "Demanded: s4 demands."],
            outcome.Recommendation.Grounds.ToArray());
        Assert.Equal([("s1", null), ("s2", "accept"), ("s3", "minor"), ("s4", "accept")],
            outcome.Positions.Select(position => (position.Seat, position.Stance)));
        var minority = Assert.Single(outcome.MinorityReport);
        Assert.Equal(("minor", "s3 read it.", 0.333333), (minority.Stance, minority.Answer, minority.Share));
        Assert.Equal(["s3"], minority.Seats.ToArray());
        Assert.Equal(["s3 demands."], minority.Objections.ToArray());
    }

    [Theory]
    [InlineData("accept", "Accept the text as it is.")]
    [InlineData("minor", "Accept the text after a minor revision.")]
    [InlineData("major", "Do not use the text before a major revision.")]
    [InlineData("reject", "Reject the text.")]
    public void A_text_of_the_callers_is_reviewed_once_by_all(string decision, string advice)
    {
        var ended = Reviews(Table(3, cycles: 5, subject: "A text."), "accept", decision, decision).HasEndedOnce("completed").Replays();
        Assert.Equal(["review 1: s1 s2 s3"], ended.Course());
        var outcome = ended.Outcome;
        Assert.Equal((PanelDecisions.Decided, PanelStops.Decided, decision, 1),
            (outcome.Decision, outcome.Rule.Stopped, outcome.Rule.Verdict, outcome.Rule.Cycles));
        Assert.Equal(advice, outcome.Recommendation.Text);
        Assert.Equal(decision == "accept" ? "s1 read it." : "s2 read it.", outcome.Answer);
        Assert.Equal(["s1", "s2", "s3"], outcome.Positions.Select(position => position.Seat));
        Assert.All(outcome.Positions, position => Assert.Equal(SeatRoles.Reviewer, position.Role));
    }

    [Fact]
    public void A_rejected_text_is_no_answer_but_what_is_held_against_it_is()
    {
        var ended = Reviews(Written(), "reject", "reject", "accept").HasEndedOnce("completed").Replays();
        Assert.Equal(["draft 1: s1", "review 1: s2 s3 s4"], ended.Course());
        Assert.Equal((ReviewRule.Reject, "s2 read it."), (ended.Outcome.Rule.Verdict, ended.Outcome.Answer));
        Assert.Equal(("s1", "It is so."), (ended.Outcome.Positions[0].Seat, ended.Outcome.Positions[0].Answer));
    }

    [Fact]
    public void An_accepted_text_is_not_reviewed_again() =>
        Assert.Equal(2, Reviews(Written(), "accept", "accept", "reject").HasEndedOnce("completed").Rounds().Count());

    [Theory]
    [InlineData("minor")]
    [InlineData("major")]
    public void When_the_cycles_are_used_up_the_last_review_stands(string decision)
    {
        var table = Reviews(Written(), decision, decision, decision);
        Assert.Equal("revise 2: s1", table.Course().Last());
        var outcome = Reviews(table.Says("s1", "So it is."), decision, decision, decision).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Decided, PanelStops.Cycles, decision, "So it is."),
            (outcome.Decision, outcome.Rule.Stopped, outcome.Rule.Verdict, outcome.Answer));
        Assert.Single(outcome.Recommendation.Grounds, ground => ground.StartsWith("The median", StringComparison.Ordinal));
    }

    [Fact]
    public void An_author_who_does_not_revise_leaves_the_review_standing()
    {
        var outcome = Reviews(Written(), "major", "major", "minor").Fails("s1").HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Decided, PanelStops.Decided, ReviewRule.Major, "It is so.", 1),
            (outcome.Decision, outcome.Rule.Stopped, outcome.Rule.Verdict, outcome.Answer, outcome.Rule.Cycles));
        Assert.Equal("The author did not revise the text.", outcome.Recommendation.Grounds[^1]);
    }

    [Fact]
    public void Without_a_text_nothing_is_reviewed()
    {
        var ended = Table().Fails("s1").HasEndedOnce("failed").Replays();
        Assert.Equal((PanelDecisions.NoQuorum, null, PanelStops.Quorum),
            (ended.Outcome.Decision, ended.Outcome.Answer, ended.Outcome.Rule.Stopped));
        Assert.Single(ended.Rounds());
    }

    [Fact]
    public void Reviews_that_do_not_decide_count_for_no_quorum()
    {
        var ended = Reviews(Written(), "accept", "perhaps", "accept").HasEndedOnce("failed").Replays();
        Assert.Equal((PanelDecisions.NoQuorum, PanelStops.Quorum), (ended.Outcome.Decision, ended.Outcome.Rule.Stopped));
        Assert.Equal(["No version has 3 reviews that decide, of 3 reviewers."], ended.Outcome.Recommendation.Grounds.ToArray());
        Assert.Equal(1, ended.Outcome.Rule.Cycles);
        Assert.Equal([("s1", null), ("s2", "accept"), ("s3", null), ("s4", "accept")],
            ended.Outcome.Positions.Select(position => (position.Seat, position.Stance)));

        var enough = Reviews(Written(5), "accept", null, "accept", "accept").HasEndedOnce("completed").Outcome;
        var unread = Assert.Single(enough.MinorityReport);
        Assert.Equal((null, "s3 read it.", 0.0), (unread.Stance, unread.Answer, unread.Share));
        Assert.Equal(["s3 demands."], unread.Objections.ToArray());
    }

    [Fact]
    public void A_quorum_of_more_than_the_reviewers_is_all_of_them()
    {
        Reviews(Table(2).Says("s1", "So."), "accept").HasEndedOnce("completed");
        Reviews(Table(3, quorum: 3).Says("s1", "So."), "accept", "accept").HasEndedOnce("completed");
        Reviews(Table(3, quorum: 3).Says("s1", "So."), "accept", "absent").HasEndedOnce("failed");
        Reviews(Table(3, quorum: 1).Says("s1", "So."), "accept", "absent").HasEndedOnce("completed");
        Reviews(Table(3, quorum: 3, subject: "A text."), "accept", "accept", "absent").HasEndedOnce("failed");
    }

    [Fact]
    public void A_revision_that_too_few_reviewed_leaves_it_undecided_with_the_verdict_before()
    {
        var table = Reviews(Written(), "minor", "minor", "major").Says("s1", "It is so at sea level.");
        var outcome = Reviews(table, "accept", "absent", "accept").HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Undecided, PanelStops.Quorum, ReviewRule.Minor, "It is so.", 2),
            (outcome.Decision, outcome.Rule.Stopped, outcome.Rule.Verdict, outcome.Answer, outcome.Rule.Cycles));
        Assert.Equal("The last revision was not reviewed by enough: the verdict is on the version before it.",
            outcome.Recommendation.Grounds[^1]);
        Assert.Equal(["minor", "minor", "major"], outcome.Positions.Skip(1).Select(position => position.Stance));
    }

    [Fact]
    public void When_the_time_is_up_the_last_review_stands_or_there_is_none()
    {
        var over = TimeSpan.FromHours(2);
        var revising = Reviews(Written(), "minor", "minor", "minor");
        var outcome = revising.Later(over).Ticks().HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Decided, PanelStops.Deadline, "It is so."), (outcome.Decision, outcome.Rule.Stopped, outcome.Answer));
        Assert.Equal("The text was not revised: the time was up.", outcome.Recommendation.Grounds[^1]);

        // A revision and the end of the time in one instant: it is there, and nobody has read it.
        var late = ReviewRule.Of(revising.Says("s1", "So it is.").State with { Round = null }, PanelStops.Deadline);
        Assert.Equal(("It is so.", "The last revision was not reviewed: the time was up."), (late.Answer, late.Grounds[^1]));

        Written().Later(over).Ticks().HasEndedOnce("expired").Replays();
        Table().Fails("s1", AbsenceReasons.Budget).HasEndedOnce("budget_exhausted").Replays();
        Written().Input(new PanelInput.Cancel(Noon, "requested")).HasEndedOnce("cancelled").Replays();
    }

    [Fact]
    public void What_is_said_twice_or_late_or_out_of_turn_changes_nothing()
    {
        var table = Written().Says("s2", Decides("accept"));
        Assert.Equal(table.Log.Length, table.Says("s2", Decides("reject")).Fails("s2").Says("s1", "Another text.").Log.Length);
        var late = table.Input(new PanelInput.Say(Noon, 1, "s1", new("A late text."), new(1, 1), "model"));
        Assert.Equal(table.Log.Length, late.Log.Length);
    }

    [Fact]
    public void Whatever_happens_the_author_alone_writes_and_the_others_review() => WildPanel.Always(seed =>
    {
        var random = new Random(seed);
        var (members, cycles, subject) = (random.Next(2, 6), random.Next(1, 5), random.Next(3) == 0 ? "A text." : null);
        var convened = Convened(PanelProtocols.Review, members, cycles, random.Next(1, members + 1), subject: subject, seed: seed);
        var ended = WildPanel.Play(seed, convened,
            table => Assert.All(table.State.Outstanding, seat => Assert.Equal(
                table.Phase == PanelPhases.Revise ? table.State.In(table.State.Closed[^1].Round).Count() : 0,
                table.Sees(seat).Count(seen => seen.Speaker.StartsWith("Expert", StringComparison.Ordinal)))));
        var all = ended.State.Members.Select(seat => seat.Id).ToArray();
        var rounds = ended.Rounds().ToArray();
        Assert.All(rounds, round => Assert.Equal(
            round.Phase != PanelPhases.Review ? ["s1"] : subject is null ? all[1..] : all, round.Deadlines.Keys));
        Assert.Equal(rounds.Length, rounds.Select(round => (round.Cycle, round.Phase)).Distinct().Count());
        Assert.True(subject is null || rounds.Length == 1);
        if (ended.State.Outcome is not { } outcome)
            return;
        Assert.Equal(outcome.Decision == PanelDecisions.NoQuorum, outcome.Rule.Verdict is null);
        if (outcome.Rule.Verdict is not { } verdict)
            return;
        Assert.All(outcome.MinorityReport, minority => Assert.NotEqual(verdict, minority.Stance));
        Assert.Equal(outcome.Positions.Count(position => position.Stance == verdict) + outcome.MinorityReport.Length
            + (subject is null ? 1 : 0), outcome.Positions.Length);
    });
}
