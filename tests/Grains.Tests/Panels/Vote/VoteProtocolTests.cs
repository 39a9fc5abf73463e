using System.Collections.Immutable;
using Colloquy.Panels.Shared;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Vote;

public sealed class VoteProtocolTests
{
    private static Contribution Choose(string? label, params string[] ranking) =>
        new("") { Choice = label, Ranking = [.. ranking] };

    private static string LabelOf(PanelTable table, string author) =>
        VoteOptions.Of(table.State).Single(option => option.Authors.Contains(author) || option.Text == author).Label;

    private static PanelTable Drafted(string? rule = null) => Convened(PanelProtocols.Vote, 3, rule: rule)
        .Says("s1", "Water boils.", "Yes").Says("s2", "Steam rises.", "Yes").Says("s3", "Ice melts.", "No");

    [Fact]
    public void Everybody_drafts_unseen_and_votes_without_knowing_whose_an_option_is()
    {
        var drafting = Convened(PanelProtocols.Vote, 3);
        var protocol = Protocols.Of(PanelProtocols.Vote);
        Assert.Equal((PanelPhases.Draft, Tasks.Draft),
            (drafting.Phase, protocol.Task(drafting.State, drafting.State.Seat("s1")).Instructions));
        Assert.Equal(["s1", "s2", "s3"], drafting.State.Outstanding);
        Assert.Empty(protocol.Task(drafting.State, drafting.State.Seat("s1")).Options);

        var voting = Drafted();
        Assert.Equal((PanelPhases.Ballot, 1), (voting.Phase, voting.State.Round!.Cycle));
        Assert.Equal(["s1", "s2", "s3"], voting.State.Outstanding);
        var task = protocol.Task(voting.State, voting.State.Seat("s1"));
        Assert.StartsWith("Vote. ", task.Instructions, StringComparison.Ordinal);
        Assert.Empty(task.Entries);
        Assert.Equal(["A", "B"], task.Options.Select(option => option.Label));
        Assert.Equal(["Ice melts.", "Water boils."], task.Options.Select(option => option.Text).Order());

        var (water, ice) = (LabelOf(voting, "s1"), LabelOf(voting, "s3"));
        var ended = voting.Says("s1", Choose(water)).Says("s2", Choose(water)).Says("s3", Choose(ice)).HasEndedOnce("completed")
            .Replays();
        var (outcome, rule) = (ended.Outcome, ended.Outcome.Rule);
        Assert.Equal((PanelDecisions.Decided, "Water boils.", PanelStops.Decided),
            (outcome.Decision, outcome.Answer, rule.Stopped));
        Assert.Equal((VoteRules.Majority, 0.5, 1, null), (rule.Name, rule.Threshold, rule.Cycles, rule.TieBreak));
        Assert.Equal([0.75, 0.75, 0.75], rule.Weights.Select(weight => weight.Weight));
        var tally = rule.Options.Single(option => option.Label == water);
        Assert.Equal((2, 1.5, 3, "Water boils."), (tally.Votes, tally.Weight, tally.Ballots, tally.Text));
        Assert.Equal<string>(["s1", "s2"], tally.Voters);
        Assert.Equal<string>(["s1", "s2"], tally.Authors);
        Assert.Equal("s3", Assert.Single(Assert.Single(outcome.MinorityReport).Seats));
        Assert.Equal($"{water} has 2 of 3 ballots: 67 %; needed are more than half and 50 %.",
            outcome.Recommendation.Grounds[0]);
        Assert.Equal($"Next: {ice} has 1.", outcome.Recommendation.Grounds[1]);
        Assert.Equal(3, outcome.Recommendation.Grounds.Length);
    }

    [Fact]
    public void Drafts_that_all_say_the_same_are_decided_without_a_ballot()
    {
        var ended = Convened(PanelProtocols.Vote, 2).Says("s1", "Water boils.", "Yes").Says("s2", "So it is.", "Yes")
            .HasEndedOnce("completed").Replays();
        Assert.Equal((PanelDecisions.Decided, PanelStops.Agreed, "Water boils."),
            (ended.Outcome.Decision, ended.Outcome.Rule.Stopped, ended.Outcome.Answer));
        Assert.Equal<string>(["s1", "s2"], Assert.Single(ended.Outcome.Rule.Options).Authors);
        Assert.Equal((0, 0), (ended.Outcome.Rule.Options[0].Points, ended.Outcome.Rule.Options[0].Ballots));
        Assert.Empty(ended.Outcome.MinorityReport);
        Assert.Single(ended.State.Closed);
        Assert.Equal("All drafts say the same: there was nothing to vote on.", ended.Outcome.Recommendation.Grounds[0]);
        Assert.Equal(2, ended.Outcome.Recommendation.Grounds.Length);
    }

    [Fact]
    public void Given_options_are_voted_on_at_once_and_who_votes_for_one_holds_it()
    {
        var voting = Convened(PanelProtocols.Vote, 4, options: ["Water", "Ice", "Water", "Steam"], weights: [1, 1, 1, 3]);
        Assert.Equal(PanelPhases.Ballot, voting.Phase);
        Assert.Equal(["Ice", "Steam", "Water"], VoteOptions.Of(voting.State).Select(option => option.Text).Order());
        Assert.Equal(["A", "B", "C"], VoteOptions.Of(voting.State).Select(option => option.Label));
        var (water, ice) = (LabelOf(voting, "Water"), LabelOf(voting, "Ice"));
        var ended = voting.Says("s1", Choose(water)).Says("s2", new Contribution("x") { Choice = water })
            .Says("s3", Choose(water))
            .Says("s4", new Contribution("It melts.") { Choice = ice, Points = ["Not in winter."], Confidence = 0.5 })
                .HasEndedOnce("completed").Replays();
        Assert.Equal(("Water", PanelDecisions.Decided), (ended.Outcome.Answer, ended.Outcome.Decision));
        Assert.Equal([("s1", "Water", "Water"), ("s2", "Water", "x"), ("s3", "Water", "Water"),
            ("s4", "Ice", "It melts.")],
            ended.Outcome.Positions.Select(position => (position.Seat, position.Stance, position.Answer)));
        var dissent = Assert.Single(ended.Outcome.MinorityReport);
        Assert.Equal(("s4", "Ice", 0.5), (Assert.Single(dissent.Seats), dissent.Stance, dissent.Share));
        Assert.Equal<string>(["Not in winter."], dissent.Objections);
        var agreement = ended.Outcome.Rule.Agreement!;
        Assert.Equal(("choice/1", 0.5, "s4", "Ice"),
            (agreement.Method, agreement.Share, agreement.Clusters.Single(one => one.Stance == "Ice").Representative,
            agreement.Clusters.Single(one => one.Stance == "Ice").Stance));
        Assert.Equal<string>(["Not in winter."], dissent.Objections);
    }

    [Fact]
    public void Groups_of_voters_come_by_falling_weight_each_with_its_weightiest()
    {
        var voting = Convened(PanelProtocols.Vote, 3, options: ["Water", "Ice"], weights: [1, 2, 3]);
        var (water, ice) = (LabelOf(voting, "Water"), LabelOf(voting, "Ice"));
        var ended = voting.Says("s1", Choose(water)).Says("s2", Choose(ice)).Says("s3", Choose(ice));
        Assert.Equal([("s3", 0.833333), ("s1", 0.166667)],
            ended.Outcome.Rule.Agreement!.Clusters.Select(cluster => (cluster.Representative, cluster.Share)));
        Assert.Equal(0.833333, ended.Outcome.Rule.Agreement.Share);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Too_few_are_no_vote(bool isGiven)
    {
        var convened = Convened(PanelProtocols.Vote, 3, options: isGiven ? ["Yes", "No"] : null);
        var ended = convened.Says("s1", new Contribution("So.") { Choice = "A" }).Later(SeatTime).Ticks().HasEndedOnce("failed")
            .Replays();
        Assert.Equal((PanelDecisions.NoQuorum, PanelStops.Quorum, null),
            (ended.Outcome.Decision, ended.Outcome.Rule.Stopped, ended.Outcome.Answer));
        Assert.Equal(["s2", "s3"], ended.Outcome.Absent.Select(absence => absence.Seat));
        Assert.Equal("s1", Assert.Single(ended.Outcome.Positions).Seat);
        Assert.Equal($"{(isGiven ? 1 : 0)} of 3 seats answered; 2 are needed.",
            Assert.Single(ended.Outcome.Recommendation.Grounds));
    }

    [Fact]
    public void Too_few_ballots_after_the_drafts_are_no_vote_either()
    {
        var ended = Drafted().Says("s1", Choose("A")).Fails("s2").Fails("s3").HasEndedOnce("failed").Replays();
        Assert.Equal((PanelDecisions.NoQuorum, PanelStops.Quorum), (ended.Outcome.Decision, ended.Outcome.Rule.Stopped));
        Assert.Equal(3, ended.Outcome.Positions.Length);
        Assert.Equal(1, ended.Outcome.Rule.Options.Sum(option => option.Votes));
        var invalid = Drafted().Says("s1", Choose("A")).Says("s2", Choose("Z")).Says("s3", Choose("?")).HasEndedOnce("failed");
        Assert.Equal(PanelDecisions.NoQuorum, invalid.Outcome.Decision);
    }

    [Fact]
    public void A_plurality_is_named_and_does_not_decide()
    {
        var voting = Convened(PanelProtocols.Vote, 5, options: ["Water", "Ice", "Steam", "Salt"]);
        string[] labels = [.. new[] { "Water", "Water", "Ice", "Steam", "Salt" }.Select(text => LabelOf(voting, text))];
        var ended = labels.Select((label, at) => (label, at)).Aggregate(voting, (table, one) =>
            table.Says(PanelIds.Seat(one.at + 1), Choose(one.label)))
            .HasEndedOnce("completed");
        Assert.Equal((PanelDecisions.Undecided, "Water", null),
            (ended.Outcome.Decision, ended.Outcome.Answer, ended.Outcome.Rule.TieBreak));
        Assert.Equal(3, ended.Outcome.MinorityReport.Length);
    }

    [Fact]
    public void A_voter_who_ranks_does_not_rank_what_it_holds()
    {
        var voting = Convened(PanelProtocols.Vote, 3, rule: VoteRules.Borda).Says("s1", "Water boils.").Says("s2", "Ice melts.")
            .Says("s3", "Salt dissolves.");
        var task = Protocols.Of(PanelProtocols.Vote).Task(voting.State, voting.State.Seat("s2"));
        Assert.StartsWith("Vote by ranking. ", task.Instructions, StringComparison.Ordinal);
        Assert.Equal(new[] { "Salt dissolves.", "Water boils." }, task.Options.Select(option => option.Text).Order());
        var (one, two, three) = (LabelOf(voting, "s1"), LabelOf(voting, "s2"), LabelOf(voting, "s3"));
        var ended = voting.Says("s1", Choose(null, one, two, three)).Says("s2", Choose(null, one, three))
            .Says("s3", Choose(null, one, one, two))
            .HasEndedOnce("completed").Replays();
        Assert.Equal((VoteRules.Borda, null, "Water boils."),
            (ended.Outcome.Rule.Name, ended.Outcome.Rule.Threshold, ended.Outcome.Answer));
        Assert.Equal([1, 0.5, 0], new[] { one, two, three }.Select(label =>
            ended.Outcome.Rule.Options.Single(tally => tally.Label == label).Points));
        Assert.All(ended.Outcome.Rule.Options, tally => Assert.Equal(2, tally.Ballots));
        Assert.Equal($"{one} has 1 points on 3 ballots, 1 being first on all.", ended.Outcome.Recommendation.Grounds[0]);
        Assert.Equal($"Next: {two} has 0.5 points.", ended.Outcome.Recommendation.Grounds[1]);
    }

    [Fact]
    public void With_two_options_all_rank_both_since_nothing_would_be_left_to_compare()
    {
        var voting = Drafted(VoteRules.Borda);
        Assert.Equal(2, Protocols.Of(PanelProtocols.Vote).Task(voting.State, voting.State.Seat("s1")).Options.Length);
        var water = LabelOf(voting, "s1");
        var ended = voting.Says("s1", Choose(null, water)).Says("s2", Choose(water))
            .Says("s3", Choose(null, LabelOf(voting, "s3")));
        Assert.Equal(("Water boils.", 0.666667),
            (ended.Outcome.Answer, ended.Outcome.Rule.Options.Single(one => one.Label == water).Points));
    }

    [Fact]
    public void Too_few_drafts_are_not_voted_on()
    {
        var ended = Convened(PanelProtocols.Vote, 5).Says("s1", "Water boils.").Says("s2", "Ice melts.").Later(SeatTime).Ticks();
        Assert.Single(ended.HasEndedOnce("failed").State.Closed);
    }

    [Fact]
    public void A_choice_comes_before_a_ranking_that_begins_with_another_unless_voters_rank()
    {
        foreach (var (rule, label) in new[] { (VoteRules.Majority, "A"), (VoteRules.Borda, "B") })
        {
            var state = Convened(PanelProtocols.Vote, 2, options: ["Yes", "No", "Maybe"], rule: rule)
                .Says("s1", Choose("A", "B", "b", "C")).State;
            var ballot = Assert.Single(Ballots.Of(state, VoteOptions.Of(state)));
            Assert.Equal(label, ballot.Choice);
            Assert.Equal(["A", "B", "C"], ballot.Ranking.Order());
        }
    }

    [Fact]
    public void The_labels_are_drawn_by_the_seed()
    {
        var first = Enumerable.Range(0, 30).Select(seed =>
            VoteOptions.Of(Convened(PanelProtocols.Vote, 2, options: ["a", "b", "c"], seed: seed).State)[0].Text);
        Assert.Equal(3, first.Distinct().Count());
        string[] texts = ["a", "b", "c", "d", "e", "f"];
        Assert.Equal(SeededOrder.Shuffle(7, 2, texts), VoteOptions.Of(Convened(PanelProtocols.Vote, 2, options: texts).State)
            .Select(one => one.Text));
    }

    [Theory]
    [InlineData("A", true)]
    [InlineData("a", true)]
    [InlineData(" A. ", true)]
    [InlineData("Option A", true)]
    [InlineData("option a: Yes", true)]
    [InlineData("(A)", true)]
    [InlineData("**A**", true)]
    [InlineData("\"A\"", true)]
    [InlineData("A: the first", true)]
    [InlineData("Option", false)]
    [InlineData("...", false)]
    [InlineData("AB", false)]
    [InlineData("the option A", false)]
    public void A_label_is_understood_as_people_write_it(string written, bool isUnderstood)
    {
        var state = Convened(PanelProtocols.Vote, 2, options: ["Yes", "No"]).Says("s1", Choose(written)).State;
        Assert.Equal(isUnderstood ? ["A"] : [], Ballots.Of(state, VoteOptions.Of(state)).Select(ballot => ballot.Choice));
    }

    [Fact]
    public void What_is_said_twice_changes_nothing()
    {
        var once = Drafted().Says("s1", Choose("A"));
        Assert.Equal(once.Log.Length, once.Says("s1", Choose("B")).Fails("s1").Log.Length);
    }

    [Fact]
    public void What_comes_late_changes_nothing()
    {
        var voting = Drafted();
        Assert.Equal(voting.Log.Length, voting.Input(new PanelInput.Say(Noon, 1, "s1", new("Late."), new(1, 1), null))
            .Log.Length);
        var ended = voting.Says("s1", Choose("A")).Says("s2", Choose("A")).Later(SeatTime).Ticks().HasEndedOnce("completed");
        Assert.Equal(ended.Log.Length, ended.Says("s3", Choose("B")).Ticks().Log.Length);
        Assert.Equal(2, ended.Outcome.Rule.Options.Sum(option => option.Votes));
    }

    [Fact]
    public void It_takes_two_to_twelve_members_and_no_chair()
    {
        var shape = Protocols.Of(PanelProtocols.Vote).Shape;
        Assert.Equal((2, 12, false, 1, 0.5), (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.Cycles, shape.Threshold));
        Assert.Equal<string>([SeatRoles.Member], shape.Roles);
    }
}
