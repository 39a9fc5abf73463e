using System.Collections.Immutable;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Review;

public sealed class ReviewRuleTests
{
    private static PanelTable Read(string[] criteria, params Contribution[] reviews) => reviews.Index().Aggregate(
        Convened(PanelProtocols.Review, reviews.Length, subject: "A text.", criteria: criteria, quorum: 1),
        (table, review) => table.Says(PanelIds.Seat(review.Index + 1), review.Item));

    private static Contribution Review(string? decision, double? confidence = null) =>
        new($"I say {decision}.") { Choice = decision, Confidence = confidence };

    private static Contribution Scored(params (string Criterion, int Score)[] scores) => Review("accept") with
    {
        Scores = scores.ToImmutableSortedDictionary(score => score.Criterion, score => score.Score),
    };

    [Theory]
    [InlineData("accept", "accept")]
    [InlineData("accept minor", "minor")]
    [InlineData("accept reject", "reject")]
    [InlineData("reject accept accept", "accept")]
    [InlineData("minor major accept reject", "major")]
    [InlineData("accept accept minor minor", "minor")]
    public void The_decision_is_the_median_and_of_two_the_stricter(string decisions, string median) =>
        Assert.Equal(median, ReviewRule.Median(decisions.Split(' ')));

    /// <summary>The mildest decision that more than half do not exceed.</summary>
    [Fact]
    public void The_median_is_what_more_than_half_can_live_with() => WildPanel.Always(seed =>
    {
        string[] scale = ["accept", "minor", "major", "reject"];
        var random = new Random(seed);
        var decisions = Enumerable.Range(0, random.Next(1, 13)).Select(_ => scale[random.Next(4)]).ToArray();
        var reference = scale.First(candidate =>
            decisions.Count(decision => Array.IndexOf(scale, decision) <= Array.IndexOf(scale, candidate)) * 2 > decisions.Length);
        Assert.Equal(reference, ReviewRule.Median(decisions));
    });

    [Fact]
    public void A_tie_between_two_decisions_is_said()
    {
        Assert.Equal(("minor", "stricter"), Tie("accept", "minor"));
        Assert.Equal(("minor", "stricter"), Tie("minor", "accept", "accept", "reject"));
        Assert.Equal(("reject", "stricter"), Tie("reject", "accept"));
        Assert.Equal(("accept", null), Tie("accept", "accept"));
        Assert.Equal(("accept", null), Tie("accept", "accept", "accept", "reject"));
        Assert.Equal(("minor", null), Tie("accept", "minor", "reject"));
        Assert.Equal(("minor", "stricter"), Tie("accept", "minor", null));

        static (string?, string?) Tie(params string?[] decisions)
        {
            var rule = Read([], [.. decisions.Select(decision => Review(decision))]).Outcome.Rule;
            return (rule.Verdict, rule.TieBreak);
        }
    }

    [Fact]
    public void The_numbers_are_the_votes_by_decision_and_their_weights()
    {
        var rule = Read([], Review("reject", 1), Review("minor", 0.5), Review("unclear"), Review("minor", 0)).Outcome.Rule;
        Assert.Equal(
            [("accept", 0, 0.0, ""), ("minor", 2, 1.25, "s2 s4"), ("major", 0, 0, ""), ("reject", 1, 1, "s1")],
            rule.Options.Select(option => (option.Label, option.Votes, option.Weight, string.Join(' ', option.Voters))));
        Assert.All(rule.Options, option => Assert.Equal((option.Label, 0.0, 3, 0),
            (option.Text, option.Points, option.Ballots, option.Authors.Length)));
        Assert.Equal([("s1", 1), ("s2", 0.75), ("s4", 0.5)], rule.Weights.Select(weight => (weight.Seat, weight.Weight)));
        var agreement = rule.Agreement!;
        Assert.Equal((0.555556, "decision/1"), (agreement.Share, agreement.Method));
        Assert.Equal([("minor", 0.555556, "s2", "s2 s4"), ("reject", 0.444444, "s1", "s1")], agreement.Clusters.Select(cluster =>
            (cluster.Stance, cluster.Share, cluster.Representative, string.Join(' ', cluster.Seats))));
    }

    [Fact]
    public void Of_equal_shares_the_stricter_is_first_and_the_weightiest_speaks()
    {
        var outcome = Read([], Review("accept"), Review("reject")).Outcome;
        Assert.Equal(["reject", "accept"], outcome.Rule.Agreement!.Clusters.Select(cluster => cluster.Stance));
        var sure = Read([], Review("minor", 0.2) with { Text = "Unsure." }, Review("minor", 0.9) with { Text = "Sure." },
            Review("accept", 1));
        Assert.Equal("Sure.", sure.Outcome.Answer);
        Assert.Equal("s2", sure.Outcome.Rule.Agreement!.Clusters[0].Representative);
    }

    [Fact]
    public void Confidence_is_that_of_the_reviewers_who_prevail_damped_by_those_who_do_not()
    {
        var confidence = Read([], Review("accept", 0.8), Review("accept", 0.6), Review("reject", 1)).Outcome.Confidence!;
        Assert.Equal(0.7, confidence.Signals["stated"]);
        Assert.Equal(0.63, confidence.Signals["agreement"]);
        Assert.Equal(0.57, confidence.Value);
    }

    [Fact]
    public void Where_nobodys_voice_counts_anything_heads_do()
    {
        var outcome = Convened(PanelProtocols.Review, 2, subject: "A text.", weights: [0, 0])
            .Says("s1", Review("accept")).Says("s2", Review("reject")).HasEndedOnce("completed").Replays().Outcome;
        Assert.Equal(0.5, outcome.Rule.Agreement!.Share);
        Assert.Equal(0.5, Assert.Single(outcome.MinorityReport).Share);
    }

    [Fact]
    public void A_dissenter_is_heard_whole()
    {
        var dissent = Review("reject", 0.7) with { Points = ["Mend it", "Mend it", "Prove it"], Citations = [Quote("doc")] };
        var minority = Assert.Single(Read([], Review("accept"), Review("accept"), dissent).Outcome.MinorityReport);
        Assert.Equal(("reject", "I say reject.", 0.7), (minority.Stance, minority.Answer, minority.Confidence));
        Assert.Equal(["Mend it", "Prove it"], minority.Objections.ToArray());
        Assert.Equal("doc", Assert.Single(minority.Evidence).DocumentId);
    }

    [Fact]
    public void Demands_of_those_who_prevail_are_grounds_once_each_and_at_most_twelve()
    {
        string[] demands = [.. Enumerable.Range(1, 9).Select(at => $"Demand {at}.")];
        var grounds = Read([], Review("minor") with { Points = [.. demands] },
            Review("minor") with { Points = [.. demands[..2], "a", "b", "c", "d"] }, Review("accept") with { Points = ["Nothing."] })
            .Outcome.Recommendation.Grounds;
        Assert.Equal([.. demands, "a", "b", "c"], grounds.Where(ground => ground.StartsWith("Demanded: ", StringComparison.Ordinal))
            .Select(ground => ground["Demanded: ".Length..]));
    }

    [Fact]
    public void Only_the_weakest_criterion_is_named()
    {
        var grounds = Read(["Tone", "Length", "Depth"], Scored(("Tone", 4), ("Length", 2), ("Depth", 3))).Outcome.Recommendation.Grounds;
        Assert.Equal(
            "Weakest is Length: 2 of 5.", Assert.Single(grounds, ground => ground.StartsWith("Weakest", StringComparison.Ordinal)));
    }

    [Fact]
    public void Weights_and_shares_have_six_digits_and_the_confidence_is_of_all_who_prevail()
    {
        var outcome = Read([], Review("accept", 1.0 / 3), Review("accept", 0.8), Review("reject", 0.4)).Outcome;
        Assert.Equal(1.566667, outcome.Rule.Options[0].Weight);
        Assert.Equal(0.308824, Assert.Single(outcome.MinorityReport).Share);
        Assert.Equal(0.567, outcome.Confidence!.Signals["stated"]);

        var written = Convened(PanelProtocols.Review, 3).Says("s1", "A text.", confidence: 0.2)
            .Says("s2", Review("accept", 0.8)).Says("s3", Review("accept", 0.8)).Outcome;
        Assert.Equal(0.6, written.Confidence!.Signals["stated"]);
    }

    [Fact]
    public void Criteria_are_those_of_the_caller_or_four()
    {
        var own = Read(["Tone", "Length"], Scored(("tone", 4), ("Length", 2)), Scored(("TONE ", 5))).Outcome;
        Assert.Equal([new("Tone", 4.5, 4, 5, 2), new("Length", 2, 2, 2, 1)], own.Rule.Criteria.ToArray());
        Assert.Contains("Weakest is Length: 2 of 5.", own.Recommendation.Grounds);
        var four = Read([], Scored(("correctness", 1), ("evidence", 5), ("completeness", 3), ("clarity", 2), ("Tone", 1)));
        Assert.Equal([("correctness", 1.0), ("evidence", 5), ("completeness", 3), ("clarity", 2)],
            four.Outcome.Rule.Criteria.Select(score => (score.Criterion, score.Mean)));
    }

    [Fact]
    public void What_is_no_score_is_not_counted()
    {
        var none = Read(["Tone"], Scored(("Tone", 0), ("tone", 6)), Scored()).Outcome;
        Assert.Empty(none.Rule.Criteria);
        Assert.DoesNotContain(none.Recommendation.Grounds, ground => ground.StartsWith("Weakest", StringComparison.Ordinal));
        var exact = Read(["Tone"], Scored(("TONE", 5), ("Tone", 2), ("tone", 4)));
        Assert.Equal(new("Tone", 2, 2, 2, 1), Assert.Single(exact.Outcome.Rule.Criteria));
        var ends = Read(["Tone"], Scored(("Tone", 1)), Scored(("Tone", 5)));
        Assert.Equal(new("Tone", 3, 1, 5, 2), Assert.Single(ends.Outcome.Rule.Criteria));
    }

    [Fact]
    public void Of_equally_weak_criteria_the_first_is_named_with_two_decimals() => Assert.Contains("Weakest is One: 1.33 of 5.",
        Read(["Zero", "One", "Two"], Scored(("One", 1), ("Two", 1), ("Zero", 5)), Scored(("One", 1), ("Two", 1)),
            Scored(("One", 2), ("Two", 2))).Outcome.Recommendation.Grounds);

    /// <summary>Sums by hand, over whatever reviewers write.</summary>
    [Fact]
    public void Figures_by_criterion_are_those_that_a_hand_would_count() => WildPanel.Always(seed =>
    {
        string[] criteria = ["correctness", "evidence", "beauty"];
        var random = new Random(seed);
        var reviews = Enumerable.Range(0, random.Next(2, 9)).Select(_ => WildPanel.Anything(random) with { Choice = "accept" }).ToArray();
        var figures = Read(criteria, reviews).Outcome.Rule.Criteria.ToDictionary(score => score.Criterion);
        foreach (var criterion in criteria)
        {
            int sum = 0, count = 0, lowest = int.MaxValue, highest = int.MinValue;
            foreach (var review in reviews)
                foreach (var (name, score) in review.Scores)
                    if (name.Equals(criterion, StringComparison.OrdinalIgnoreCase) && Array.IndexOf([1, 2, 3, 4, 5], score) >= 0)
                        (sum, count, lowest, highest) = (sum + score, count + 1, Math.Min(lowest, score), Math.Max(highest, score));
            Assert.Equal(count > 0, figures.ContainsKey(criterion));
            if (count > 0)
                Assert.Equal(new CriterionScore(criterion, Math.Round((double)sum / count, 3), lowest, highest, count), figures[criterion]);
        }
    });
}
