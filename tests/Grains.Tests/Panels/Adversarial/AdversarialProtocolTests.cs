using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Adversarial;

public sealed class AdversarialProtocolTests
{
    private static PanelTable Table(int cycles = 2) => Convened(PanelProtocols.Adversarial, 2, cycles: cycles);

    private static PanelTable Proposed(int cycles = 2) =>
        Table(cycles).Says("s1", "It is so.", "Yes", 0.8).Says("s2", "It is not so.", "No", 0.6);

    private static PanelTable Argued() => Proposed()
        .Says("s2", new("Ice melts.") { Confidence = 0.9, Points = ["Ice", "Ice", "Snow"], Citations = [Quote("ice")] })
        .Says("s1", "It is so, but for ice.", "Yes, mostly", 0.7)
        .Says("s2", "And snow?", "No", 0.5);

    private static Contribution Verdict(string? choice) =>
        new("Heat decides it. The rest does not.") { Choice = choice, Points = ["Heat"] };

    [Fact]
    public void It_wants_two_who_contend_and_a_judge_and_exchanges_twice()
    {
        var shape = Protocols.Of(PanelProtocols.Adversarial).Shape;
        Assert.Equal((2, 2, true, SeatRoles.Judge, 2, 0.5),
            (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.ChairRole, shape.Cycles, shape.Threshold));
        Assert.Equal([SeatRoles.Proposer, SeatRoles.Challenger], [shape.Role(0, null), shape.Role(1, "A text.")]);
    }

    [Fact]
    public void A_proposal_is_challenged_rebutted_challenged_again_and_judged()
    {
        var ended = Argued().Says("chair", Verdict("proposer")).HasEndedOnce("completed").Replays();
        Assert.Equal(["propose 1: s1 s2", "challenge 1: s2", "rebut 2: s1", "challenge 2: s2", "judge 2: chair"], ended.Course());
        var outcome = ended.Outcome;
        Assert.Equal((PanelDecisions.Decided, "It is so, but for ice."), (outcome.Decision, outcome.Answer));
        Assert.Equal((PanelProtocols.Adversarial, PanelStops.Decided, SeatRoles.Proposer, 2, null),
            (outcome.Rule.Name, outcome.Rule.Stopped, outcome.Rule.Verdict, outcome.Rule.Cycles, outcome.Rule.TieBreak));
        Assert.Equal([("s1", 0.85), ("s2", 0.75)], outcome.Rule.Weights.Select(weight => (weight.Seat, weight.Weight)));
        Assert.Equal("Yes, mostly", outcome.Recommendation.Text);
        Assert.Equal(
            [
                "The judge holds with the proposer.", "The judge's reasons: Heat decides it.", "Heat",
                "The proposal was challenged in 2 exchanges.", "No position that prevails cites a source.",
            ], outcome.Recommendation.Grounds.ToArray());
    }

    [Fact]
    public void A_losers_share_of_the_weight_has_six_digits()
    {
        // 0.55 for a confidence of 0.1, and 0.75 for one that was not stated.
        var outcome = PanelTable.Convened(PanelProtocols.Adversarial, 2).ToTheEnd((_, seat) => seat switch
        {
            "s1" => new("It is so.") { Confidence = 0.1 },
            "s2" => new("It is not so."),
            _ => new("So I hold.") { Choice = SeatRoles.Challenger },
        }).Outcome;
        Assert.Equal(0.423077, Assert.Single(outcome.MinorityReport).Share);
    }

    [Fact]
    public void The_losers_strongest_argument_is_the_minority_report()
    {
        var minority = Assert.Single(Argued().Says("chair", Verdict("proposer")).Outcome.MinorityReport);
        Assert.Equal(("Ice melts.", null, 0.9, 0.46875),
            (minority.Answer, minority.Stance, minority.Confidence!.Value, Math.Round(minority.Share, 5)));
        Assert.Equal(["s2"], minority.Seats.ToArray());
        Assert.Equal(["Ice", "Snow"], minority.Objections.ToArray());
        Assert.Equal("ice", Assert.Single(minority.Evidence).DocumentId);
    }

    [Fact]
    public void A_challenger_who_prevails_answers_with_the_last_word_and_the_rebuttal_is_the_minority()
    {
        var outcome = Argued().Says("chair", Verdict("The Challenger")).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Decided, "And snow?", SeatRoles.Challenger), (outcome.Decision, outcome.Answer, outcome.Rule.Verdict));
        var minority = Assert.Single(outcome.MinorityReport);
        Assert.Equal(("It is so, but for ice.", "Yes, mostly", 0.53125),
            (minority.Answer, minority.Stance, Math.Round(minority.Share, 5)));
        Assert.Equal(["s1"], minority.Seats.ToArray());
        Assert.Contains("The judge holds with the challenger.", outcome.Recommendation.Grounds);
    }

    [Fact]
    public void Of_arguments_held_as_surely_the_better_cited_is_the_stronger_and_then_the_later()
    {
        PanelTable Challenges(Contribution first, Contribution second) =>
            Proposed().Says("s2", first).Says("s1", "It is so.").Says("s2", second).Says("chair", Verdict("proposer"));
        string Strongest(Contribution first, Contribution second) =>
            Assert.Single(Challenges(first, second).Outcome.MinorityReport).Answer;
        Assert.Equal("One.", Strongest(new("One.") { Citations = [Quote("a")] }, new("Two.")));
        Assert.Equal("Two.", Strongest(new("One."), new("Two.")));
        Assert.Equal("Two.", Strongest(new("One.") { Confidence = 0.1, Citations = [Quote("a")] }, new("Two.") { Confidence = 0.2 }));
    }

    [Theory]
    [InlineData("neither")]
    [InlineData("both")]
    [InlineData(null)]
    public void A_judge_who_names_nobody_leaves_it_undecided(string? choice)
    {
        var outcome = Argued().Says("chair", Verdict(choice)).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Undecided, "It is so, but for ice."), (outcome.Decision, outcome.Answer));
        Assert.Equal((PanelStops.Cycles, AdversarialRule.Neither, null),
            (outcome.Rule.Stopped, outcome.Rule.Verdict, outcome.Rule.TieBreak));
        Assert.Equal("No verdict. The stronger by weight is the proposer: Yes, mostly", outcome.Recommendation.Text);
        Assert.Equal("The judge holds with neither.", outcome.Recommendation.Grounds[0]);
        Assert.Equal(["s2"], Assert.Single(outcome.MinorityReport).Seats.ToArray());
    }

    [Fact]
    public void Without_a_judge_the_weightier_is_shown_as_the_stronger_and_nothing_is_decided()
    {
        var outcome = Proposed(cycles: 1).Says("s2", "Ice melts.", "No", 0.9).Fails("chair").HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Undecided, "Ice melts."), (outcome.Decision, outcome.Answer));
        Assert.Equal((PanelStops.Cycles, null, null), (outcome.Rule.Stopped, outcome.Rule.Verdict, outcome.Rule.TieBreak));
        Assert.Equal("No verdict. The stronger by weight is the challenger: No", outcome.Recommendation.Text);
        Assert.Equal(
            [
                "Nobody judged: the challenger is named for the weight of the voice alone.",
                "The proposal was challenged in 1 exchange.", "No position that prevails cites a source.",
            ], outcome.Recommendation.Grounds.ToArray());
    }

    [Fact]
    public void Of_equal_weights_the_proposal_stands()
    {
        var outcome = Proposed(cycles: 1).Says("s2", "Ice melts.", "No", 0.8).Fails("chair").HasEndedOnce("completed").Outcome;
        Assert.Equal(("It is so.", SeatRoles.Proposer), (outcome.Answer, outcome.Rule.TieBreak));
        var decided = Proposed(cycles: 1).Says("s2", "Ice melts.", "No", 0.8).Says("chair", Verdict("challenger")).Outcome;
        Assert.Equal(("Ice melts.", null), (decided.Answer, decided.Rule.TieBreak));
    }

    [Fact]
    public void Without_a_proposal_there_is_nothing_to_judge()
    {
        var ended = Table().Fails("s1").Says("s2", "It is not so.").HasEndedOnce("failed").Replays();
        Assert.Equal((PanelDecisions.NoQuorum, null, PanelStops.Quorum),
            (ended.Outcome.Decision, ended.Outcome.Answer, ended.Outcome.Rule.Stopped));
        Assert.Equal("Nothing is recommended: there is no proposal.", ended.Outcome.Recommendation.Text);
        Assert.Equal(["The proposer said nothing."], ended.Outcome.Recommendation.Grounds.ToArray());
        Assert.Single(ended.Rounds());
        Assert.Equal(0, ended.Outcome.Rule.Cycles);
    }

    [Fact]
    public void Without_a_challenger_the_proposal_is_judged_alone_and_that_is_said()
    {
        var alone = Table().Says("s1", "It is so.", "Yes", 0.2).Fails("s2").Fails("s2");
        Assert.Equal(["propose 1: s1 s2", "challenge 1: s2", "judge 1: chair"], alone.Course());
        var outcome = alone.Says("chair", Verdict("proposer")).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Decided, "It is so.", 1), (outcome.Decision, outcome.Answer, outcome.Rule.Cycles));
        Assert.Contains("The challenger said nothing: the proposal stood alone.", outcome.Recommendation.Grounds);
        Assert.Empty(outcome.MinorityReport);

        var absurd = alone.Says("chair", Verdict("challenger")).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal((PanelDecisions.Undecided, "It is so.", AdversarialRule.Neither, null),
            (absurd.Decision, absurd.Answer, absurd.Rule.Verdict, absurd.Rule.TieBreak));
    }

    [Fact]
    public void A_challenger_who_committed_an_answer_and_does_not_challenge_is_judged_by_it()
    {
        var table = Proposed().Fails("s2");
        Assert.Equal("judge 1: chair", table.Course().Last());
        var outcome = table.Says("chair", Verdict("challenger")).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal("It is not so.", outcome.Answer);
        Assert.Contains("The proposal was not challenged: the challenger's own answer stood beside it.", outcome.Recommendation.Grounds);
        Assert.Equal("It is so.", Assert.Single(outcome.MinorityReport).Answer);
    }

    [Fact]
    public void A_challenger_who_was_absent_at_first_may_still_challenge()
    {
        var table = Table().Says("s1", "It is so.").Fails("s2").Says("s2", "Ice melts.");
        Assert.Equal("rebut 2: s1", table.Course().Last());
    }

    [Fact]
    public void A_challenger_with_nothing_left_to_object_to_sends_it_to_the_judge()
    {
        var table = Proposed().Says("s2", new("I give in.") { IsContent = true });
        Assert.Equal("judge 1: chair", table.Course().Last());
        Assert.Contains("The challenger had nothing left to object to.",
            table.Says("chair", Verdict("proposer")).Outcome.Recommendation.Grounds);
        Assert.Equal("rebut 2: s1", Proposed().Says("s2", new("No.") { IsContent = false }).Course().Last());
    }

    [Fact]
    public void A_proposer_who_does_not_rebut_sends_it_to_the_judge()
    {
        var table = Proposed(cycles: 3).Says("s2", "Ice melts.").Fails("s1");
        Assert.Equal(["rebut 2: s1", "judge 2: chair"], table.Course().Skip(2));
        var outcome = table.Says("chair", Verdict("proposer")).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal(("It is so.", 1), (outcome.Answer, outcome.Rule.Cycles));
    }

    [Fact]
    public void When_the_time_is_up_the_stronger_is_named()
    {
        var ended = Proposed().Later(TimeSpan.FromHours(2)).Ticks().HasEndedOnce("completed").Replays();
        Assert.Equal((PanelDecisions.Undecided, "It is so.", PanelStops.Deadline),
            (ended.Outcome.Decision, ended.Outcome.Answer, ended.Outcome.Rule.Stopped));
        Table().Says("s2", "No.").Later(TimeSpan.FromHours(2)).Ticks().HasEndedOnce("expired").Replays();
        Table().Fails("s1", AbsenceReasons.Budget).Fails("s2").HasEndedOnce("budget_exhausted").Replays();
        Argued().Input(new PanelInput.Cancel(Noon, "requested")).HasEndedOnce("cancelled").Replays();
    }

    [Fact]
    public void What_is_said_twice_or_late_or_out_of_turn_changes_nothing()
    {
        var table = Proposed().Says("s2", "Ice melts.");
        Assert.Equal(table.Log.Length, table.Says("s2", "And snow.").Fails("s2").Says("chair", Verdict("challenger")).Log.Length);
        var late = table.Input(new PanelInput.Say(Noon, 1, "s1", new("Another proposal."), new(1, 1), "model"));
        Assert.Equal(table.Log.Length, late.Log.Length);
    }

    [Fact]
    public void Both_commit_unseen_and_are_told_what_they_are_for()
    {
        var table = Table().Says("s1", "It is so.");
        Assert.Equal((AdversarialTasks.Propose, AdversarialTasks.Commit), (Table().Told("s1").Instructions, table.Told("s2").Instructions));
        Assert.Empty(table.Told("s2").Entries);
        Assert.Empty(table.Told("s2").Options);
    }

    [Fact]
    public void All_see_what_was_said_under_roles_and_never_names()
    {
        var challenging = Table().Says("s2", "It is not so.").Says("s1", "It is so.");
        Assert.Equal([("the proposer", "It is so."), ("you", "It is not so.")], challenging.Sees("s2"));
        Assert.Equal(AdversarialTasks.Challenge, challenging.Told("s2").Instructions);
        var rebutting = challenging.Says("s2", "Ice melts.");
        Assert.Equal([("you", "It is so."), ("the challenger", "It is not so."), ("the challenger", "Ice melts.")], rebutting.Sees("s1"));
        Assert.Equal(AdversarialTasks.Rebut, rebutting.Told("s1").Instructions);
        Assert.Empty(rebutting.Told("s1").Options);
    }

    [Fact]
    public void The_judge_sees_roles_only_and_chooses_between_three()
    {
        var told = Argued().Told("chair");
        Assert.Equal(AdversarialTasks.Judge, told.Instructions);
        Assert.Equal(
            [
                ("the proposer", "It is so."), ("the challenger", "It is not so."), ("the challenger", "Ice melts."),
                ("the proposer", "It is so, but for ice."), ("the challenger", "And snow?"),
            ], Argued().Sees("chair"));
        Assert.Equal(["proposer", "challenger", "neither"], told.Options.Select(option => option.Label));
        Assert.All(told.Options, option => Assert.Empty(option.Authors));
    }

    [Fact]
    public void The_stronger_is_whose_weight_times_confidence_is_more() => WildPanel.Always(seed =>
    {
        var random = new Random(seed);
        double[] weights = [random.Next(1, 5), random.Next(1, 5)];
        int[] sure = [random.Next(11), random.Next(11)];
        var outcome = Convened(PanelProtocols.Adversarial, 2, cycles: 1, weights: weights)
            .Says("s1", "One.", null, sure[0] / 10.0).Fails("s2").Says("s2", "Two.", null, sure[1] / 10.0).Fails("chair").Outcome;
        // In whole numbers, so that no rounding decides: weight * (10 + tenths) / 20.
        var (one, two) = (weights[0] * (10 + sure[0]), weights[1] * (10 + sure[1]));
        if (Math.Abs(one - two) > 0.5)
            Assert.Equal((one > two ? "One." : "Two.", null), (outcome.Answer, outcome.Rule.TieBreak));
    });

    [Fact]
    public void Whatever_happens_nobody_is_asked_out_of_role_or_without_a_proposal() => WildPanel.Always(seed =>
    {
        var cycles = new Random(seed).Next(1, 5);
        var ended = WildPanel.Play(seed, Convened(PanelProtocols.Adversarial, 2, cycles, seed: seed), _ => { });
        var rounds = ended.Rounds().ToArray();
        Assert.All(rounds, round => Assert.Equal(round.Phase switch
        {
            PanelPhases.Propose => ["s1", "s2"],
            PanelPhases.Rebut => ["s1"],
            PanelPhases.Challenge => ["s2"],
            _ => ["chair"],
        }, round.Deadlines.Keys));
        Assert.Equal(rounds.Length, rounds.Select(round => (round.Cycle, round.Phase)).Distinct().Count());
        var hasProposal = ended.State.Entries.Any(entry => entry is { Phase: PanelPhases.Propose, Seat: "s1" });
        Assert.True(hasProposal || rounds.Length == 1);
        if (ended.State.Outcome is not { } outcome)
            return;
        var judgement = ended.State.Entries.SingleOrDefault(entry => entry.Phase == PanelPhases.Judge);
        var named = judgement?.Said.Choice switch { "proposer" => "s1", "the challenger" => "s2", _ => null };
        var isDecided = named is not null && ended.State.Positions.ContainsKey(named);
        Assert.Equal(!hasProposal ? PanelDecisions.NoQuorum : isDecided ? PanelDecisions.Decided : PanelDecisions.Undecided,
            outcome.Decision);
        if (isDecided)
            Assert.Equal(ended.State.Positions[named!].Said.Text, outcome.Answer);
    });
}
