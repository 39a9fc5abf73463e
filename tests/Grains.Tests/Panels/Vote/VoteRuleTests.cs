using System.Collections.Immutable;
using Colloquy.Panels.Shared;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Vote;

/// <summary>The rule against what its definition says, written another way: brute force over every ballot, place and option.</summary>
public sealed class VoteRuleTests
{
    private static readonly string[] Texts = ["Water boils.", "Ice melts.", "Salt dissolves.", "Copper conducts.",
        "Glass breaks."];

    private static PanelOutcome Voted(
        string rule, double[]? weights, double threshold, string[] options, params (string[] Texts, double? Confidence)[] ballots)
    {
        var voting = Convened(PanelProtocols.Vote, ballots.Length, rule: rule, weights: weights, options: options,
            threshold: threshold);
        var labels = VoteOptions.Of(voting.State).ToDictionary(option => option.Text, option => option.Label);
        return ballots.Select((ballot, at) => (ballot, at)).Aggregate(voting, (table, one) =>
            table.Says(PanelIds.Seat(one.at + 1),
            new Contribution("") { Ranking = [.. one.ballot.Texts.Select(text => labels[text])],
                Confidence = one.ballot.Confidence })).Outcome;
    }

    private static (string[], double?) Ballot(params string[] texts) => (texts, 1);

    [Fact]
    public void A_majority_is_more_than_half_and_at_least_the_threshold() => Checked.ForAll(150, random =>
    {
        var voters = random.Next(2, 9);
        var votes = Enumerable.Range(0, voters).Select(_ => Texts[random.Next(3)]).ToList();
        var threshold = random.OneOf(0.5, 0.6, 2 / 3.0, 0.75, 1);
        var outcome = Voted(VoteRules.Majority, null, threshold, Texts[..3], [.. votes.Select(text => Ballot(text))]);
        var counts = votes.CountBy(text => text).OrderByDescending(one => one.Value).ToList();
        var isHalf = counts[0].Value * 2 == voters && counts.Count > 1 && counts[1].Value * 2 == voters;
        Assert.Equal(counts[0].Value * 2 > voters && counts[0].Value >= (threshold * voters) - 1e-6 ? PanelDecisions.Decided
            : PanelDecisions.Undecided,
            outcome.Decision);
        Assert.Equal(counts[0].Value, votes.Count(text => text == outcome.Answer));
        Assert.Equal(isHalf ? null : outcome.Rule.TieBreak, outcome.Rule.TieBreak);
        Assert.Equal(Texts[..3].Select(text => votes.Count(vote => vote == text)).Order(), outcome.Rule.Options.Select(tally =>
            tally.Votes).Order());
        Assert.Equal(Math.Max(0.5, threshold), outcome.Rule.Threshold);
    });

    [Fact]
    public void A_weighted_vote_counts_what_voices_weigh() => Checked.ForAll(150, random =>
    {
        var voters = random.Next(2, 9);
        var weights = Enumerable.Range(0, voters).Select(_ => random.OneOf(0.5, 1, 1.7, 3)).ToArray();
        var ballots = Enumerable.Range(0, voters).Select(_ =>
            (new[] { Texts[random.Next(3)] }, random.OneOf<double?>(null, 0, 0.4, 1))).ToArray();
        var outcome = Voted(VoteRules.Weighted, weights, 0.5, Texts[..3], ballots);
        var sums = Texts[..3].ToDictionary(text => text, _ => 0.0);
        for (var at = 0; at < voters; at++)
            sums[ballots[at].Item1[0]] += weights[at] * (ballots[at].Item2 is { } sure ? 0.5 + (sure / 2) : 0.75);
        var (best, total) = (sums.Values.Max(), sums.Values.Sum());
        Assert.Equal(best, sums[outcome.Answer!], 6);
        if (Math.Abs(best - (total / 2)) > 1e-4)
            Assert.Equal(best > total / 2 ? PanelDecisions.Decided : PanelDecisions.Undecided, outcome.Decision);
        Assert.All(outcome.Rule.Options, tally => Assert.Equal(sums[tally.Text], tally.Weight, 5));
        Assert.Equal(voters, outcome.Rule.Weights.Length);
        Assert.Equal(VoteRules.Weighted, outcome.Rule.Name);
    });

    [Fact]
    public void Borda_gives_the_mean_of_places_and_what_is_left_out_shares_the_last() => Checked.ForAll(150, random =>
    {
        var options = Texts[..random.Next(2, 6)];
        var ballots = Enumerable.Range(0, random.Next(2, 8)).Select(_ =>
            SeededOrder.Shuffle(random.NextInt64(), 5, options)[..random.Next(1, options.Length + 1)].ToArray()).ToArray();
        var outcome = Voted(VoteRules.Borda, null, 0.5, options, [.. ballots.Select(texts => Ballot(texts))]);
        var expected = options.ToDictionary(text => text, text =>
            ballots.Average(ballot => Places(ballot, options).Average(order => Score(order, text))));
        Assert.All(outcome.Rule.Options, tally => Assert.Equal(expected[tally.Text], tally.Points, 5));
        var best = expected.Values.Max();
        Assert.Equal(best, expected[outcome.Answer!], 9);
        if (expected.Values.Count(points => Math.Abs(points - best) < 1e-9) == 1)
            Assert.Equal(PanelDecisions.Decided, outcome.Decision);
    });

    [Fact]
    public void Of_their_own_drafts_voters_say_nothing_and_so_win_or_lose_nothing() => Checked.ForAll(60, random =>
    {
        var members = random.Next(3, 6);
        var voting = Enumerable.Range(0, members).Aggregate(Convened(PanelProtocols.Vote, members, rule: VoteRules.Borda),
            (table, at) => table.Says(PanelIds.Seat(at + 1), Texts[at]));
        var labels = VoteOptions.Of(voting.State).ToDictionary(option => option.Text, option => option.Label);
        var orders = Enumerable.Range(0, members).Select(_ =>
            SeededOrder.Shuffle(random.NextInt64(), 5, Texts[..members]).ToArray()).ToArray();
        var outcome = orders.Select((order, at) => (order, at)).Aggregate(voting, (table, one) =>
            table.Says(PanelIds.Seat(one.at + 1),
            new Contribution("") { Ranking = [.. one.order.Select(text => labels[text])] })).Outcome;
        foreach (var (text, author) in Texts[..members].Select((text, at) => (text, at)))
        {
            var places = orders.Where((_, voter) => voter != author).Select((order, _) => order)
                .Zip(Enumerable.Range(0, members).Where(voter => voter != author), (order, voter) =>
                    order.Where(one => one != Texts[voter]).ToArray());
            Assert.Equal(places.Average(order => Score(order, text)), outcome.Rule.Options.Single(tally => tally.Text == text)
                .Points, 5);
        }
    });

    [Fact]
    public void A_tie_of_halves_is_broken_by_weight_like_a_casting_vote()
    {
        var outcome = Voted(VoteRules.Majority, [1, 3], 0.5, Texts[..2], Ballot(Texts[0]), Ballot(Texts[1]));
        Assert.Equal((PanelDecisions.Decided, Texts[1], "weight"), (outcome.Decision, outcome.Answer, outcome.Rule.TieBreak));
        Assert.Equal("The tie was broken by weight.", outcome.Recommendation.Grounds[2]);
        Assert.Equal(PanelDecisions.Undecided,
            Voted(VoteRules.Majority, [1, 3], 0.6, Texts[..2], Ballot(Texts[0]), Ballot(Texts[1])).Decision);
        var thirds = Voted(VoteRules.Majority, [1, 3, 2], 0.5, Texts[..3], Ballot(Texts[0]), Ballot(Texts[1]), Ballot(Texts[2]));
        Assert.Equal((PanelDecisions.Undecided, Texts[1], "weight"), (thirds.Decision, thirds.Answer, thirds.Rule.TieBreak));
    }

    [Fact]
    public void Weight_comes_before_the_places_on_the_ballots()
    {
        string[][] ranks = [[Texts[0], Texts[2], Texts[1]], [Texts[1], Texts[0], Texts[2]]];
        var outcome = Voted(VoteRules.Majority, [1, 3], 0.5, Texts[..3], Ballot(ranks[0]), Ballot(ranks[1]));
        Assert.Equal((Texts[1], "weight"), (outcome.Answer, outcome.Rule.TieBreak));
    }

    [Theory]
    [InlineData(VoteRules.Majority)]
    [InlineData(VoteRules.Borda)]
    public void A_single_option_is_voted_for_and_has_all_points(string rule)
    {
        var outcome = Voted(rule, [1.23456789, 1], 0.5, Texts[..1], Ballot(Texts[0]), Ballot(Texts[0]));
        Assert.Equal((PanelDecisions.Decided, 1, 2.234568),
            (outcome.Decision, outcome.Rule.Options[0].Points, outcome.Rule.Options[0].Weight));
        Assert.Equal("Nothing else was voted for.", outcome.Recommendation.Grounds[1]);
    }

    [Fact]
    public void A_half_without_a_tie_is_no_majority()
    {
        var outcome = Voted(VoteRules.Majority, null, 0.5, Texts[..3], Ballot(Texts[0]), Ballot(Texts[0]), Ballot(Texts[1]),
            Ballot(Texts[2]));
        Assert.Equal((PanelDecisions.Undecided, Texts[0], null), (outcome.Decision, outcome.Answer, outcome.Rule.TieBreak));
    }

    [Fact]
    public void A_tie_of_weight_is_broken_by_the_places_on_the_ballots()
    {
        string[][] ranks = [[Texts[0], Texts[2], Texts[1]], [Texts[1], Texts[0], Texts[2]]];
        foreach (var rule in new[] { VoteRules.Majority, VoteRules.Weighted })
        {
            var outcome = Voted(rule, null, 0.5, Texts[..3], Ballot(ranks[0]), Ballot(ranks[1]));
            Assert.Equal((PanelDecisions.Decided, Texts[0], VoteRules.Borda),
                (outcome.Decision, outcome.Answer, outcome.Rule.TieBreak));
        }
    }

    [Fact]
    public void A_tie_of_points_is_broken_by_the_weight_of_first_places()
    {
        var outcome = Voted(VoteRules.Borda, [1, 2], 0.5, Texts[..2], Ballot(Texts[0], Texts[1]), Ballot(Texts[1], Texts[0]));
        Assert.Equal((PanelDecisions.Decided, Texts[1], "weight"), (outcome.Decision, outcome.Answer, outcome.Rule.TieBreak));
    }

    [Theory]
    [InlineData(VoteRules.Majority)]
    [InlineData(VoteRules.Weighted)]
    [InlineData(VoteRules.Borda)]
    public void A_tie_that_nothing_breaks_is_undecided_and_says_so(string rule)
    {
        var outcome = Voted(rule, null, 0.5, Texts[..2], Ballot(Texts[0], Texts[1]), Ballot(Texts[1], Texts[0]));
        Assert.Equal((PanelDecisions.Undecided, null), (outcome.Decision, outcome.Rule.TieBreak));
        Assert.Equal(outcome.Rule.Options[0].Text, outcome.Answer);
        Assert.Equal("The tie could not be broken: of equals the first of the ballot is named.",
            outcome.Recommendation.Grounds[2]);
        Assert.Single(outcome.MinorityReport);
    }

    [Fact]
    public void Unanimity_decides_under_every_threshold_and_nothing_comes_next()
    {
        var outcome = Voted(VoteRules.Weighted, [1, 2], 1, Texts[..3], Ballot(Texts[1]), Ballot(Texts[1]));
        Assert.Equal((PanelDecisions.Decided, 1), (outcome.Decision, outcome.Rule.Threshold));
        var label = outcome.Rule.Options.Single(one => one.Votes == 2).Label;
        Assert.Equal($"{label} has weight 3 with 2 of 2 ballots: 100 %; needed are more than half and 100 %.",
            outcome.Recommendation.Grounds[0]);
        Assert.Equal("Nothing else was voted for.", outcome.Recommendation.Grounds[1]);
    }

    [Fact]
    public void Runners_up_come_by_strength()
    {
        var outcome = Voted(VoteRules.Majority, null, 0.5, Texts,
            [.. new[] { 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4 }.Select(at => Ballot(Texts[at]))]);
        Assert.Matches("^Next: [A-E] has 3; [A-E] has 2; [A-E] has 1.$", outcome.Recommendation.Grounds[1]);
    }

    /// <summary>All full orders that a ballot leaves open.</summary>
    private static List<string[]> Places(string[] ballot, string[] options)
    {
        var rest = options.Except(ballot).ToArray();
        return rest.Length == 0 ? [ballot] : [.. rest.SelectMany(next => Places([.. ballot, next], options))];
    }

    private static double Score(string[] order, string text) =>
        order.Count(other => Array.IndexOf(order, other) > Array.IndexOf(order, text)) / (order.Length - 1.0);
}
