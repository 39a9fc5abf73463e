using System.Collections.Immutable;
using Colloquy.Panels.Shared;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Delphi;

public sealed class DelphiProtocolTests
{
    private static readonly IPanelProtocol Protocol = Protocols.Of(PanelProtocols.Delphi);

    private static Contribution Number(double? estimate, string reasons = "Because.") => new(reasons) { Estimate = estimate };

    /// <summary>Cycles of estimates, each seat in turn.</summary>
    private static PanelTable Judged(PanelTable table, params double?[][] cycles) => cycles.Aggregate(table, (whole, cycle) =>
        cycle.Select((estimate, at) => (estimate, at)).Aggregate(whole, (one, next) =>
            one.Says(PanelIds.Seat(next.at + 1), Number(next.estimate, $"Reason of s{next.at + 1}."))));

    private static PanelTable Of(params double?[][] cycles) => Judged(Convened(PanelProtocols.Delphi, cycles[0].Length), cycles);

    private static PanelTable Stances(params string[][] cycles) =>
        cycles.Aggregate(Convened(PanelProtocols.Delphi, cycles[0].Length),
        (table, cycle) => cycle.Select((stance, at) => (stance, at)).Aggregate(table,
            (one, next) => one.Says(PanelIds.Seat(next.at + 1),
                new Contribution($"Reason of s{next.at + 1}.") { Stance = next.stance })));

    [Fact]
    public void Estimates_go_round_with_a_digest_until_they_are_stable()
    {
        var first = Convened(PanelProtocols.Delphi, 4);
        Assert.Equal((PanelPhases.Estimate, 1, 4), (first.Phase, first.State.Round!.Cycle, first.State.Outstanding.Count()));
        var task = Protocol.Task(first.State, first.State.Seat("s1"));
        Assert.StartsWith("Judge the question by yourself.", task.Instructions, StringComparison.Ordinal);
        Assert.Null(task.Digest);
        Assert.Empty(task.Entries);

        var second = Of([40, 10, 30, 20]);
        Assert.Equal((PanelPhases.Estimate, 2), (second.Phase, second.State.Round!.Cycle));
        task = Protocol.Task(second.State, second.State.Seat("s1"));
        Assert.StartsWith("This is how the panel judged last", task.Instructions, StringComparison.Ordinal);
        Assert.Equal("Median 25 (quartiles 17.5 and 32.5, 4 estimates).", task.Digest);
        Assert.Equal([10, 20, 30, 40], task.Entries.Select(entry => entry.Said.Estimate));
        Assert.Equal("you", task.Entries[3].Speaker);
        Assert.All(task.Entries.Take(3), entry => Assert.StartsWith("Expert ", entry.Speaker, StringComparison.Ordinal));

        var ended = Judged(second, [24, 25, 25, 26]).HasEndedOnce("completed").Replays();
        var (outcome, rule) = (ended.Outcome, ended.Outcome.Rule);
        Assert.Equal((PanelDecisions.Decided, PanelStops.Stable, 2, PanelProtocols.Delphi),
            (outcome.Decision, rule.Stopped, rule.Cycles, rule.Name));
        Assert.Equal("Median 25 (quartiles 24.75 and 25.25, 4 estimates).\n\nReason of s2.", outcome.Answer);
        Assert.Equal("Median 25 (quartiles 24.75 and 25.25, 4 estimates).", outcome.Recommendation.Text);
        Assert.Equal([(1, 4, 25, 17.5, 32.5), (2, 4, 25, 24.75, 25.25)],
            rule.Spread.Select(one => (one.Cycle, one.Estimates, one.Median!.Value, one.LowerQuartile!.Value,
                one.UpperQuartile!.Value)));
        Assert.Equal([1, 1], rule.Spread.Select(one => one.Agreement));
        Assert.Equal(("estimates/1", null), (rule.Agreement!.Method, rule.Threshold));
        Assert.Equal<string>(
            [
                "The estimates are stable after 2 cycles.",
                    "4 of 4 estimates lie within 1.5 interquartile ranges of the quartiles.",
                "The reasons are those of Name 2, who stands nearest to the middle.", "No position that prevails cites a source.",
            ],
            outcome.Recommendation.Grounds);
        Assert.Empty(outcome.MinorityReport);
    }

    [Fact]
    public void All_the_same_at_once_is_stable_after_one_cycle()
    {
        Assert.Equal("The estimates are stable after one cycle.", Of([3, 3, 3]).HasEndedOnce("completed")
            .Outcome.Recommendation.Grounds[0]);
        Assert.Single(Stances(["Yes", "Yes"]).HasEndedOnce("completed").State.Closed);
        Assert.True(Of([3, 3, 3, 4]).State.IsRunning);
        Assert.True(Of([3, 3, 3, null]).State.IsRunning);
    }

    [Theory]
    [InlineData(90, 110, 10, 20, true)] // the range is a tenth of the median at most
    [InlineData(88, 110, 10, 20, false)]
    [InlineData(-110, -90, 10, 20, true)]
    [InlineData(100, 200, 101, 201, true)] // neither median nor range moved
    [InlineData(100, 200, 107.5, 207.5, true)] // by a twentieth of the median
    [InlineData(100, 200, 108, 208, false)]
    [InlineData(100, 200, 92, 192, false)]
    [InlineData(100, 200, 92.5, 192.5, true)]
    [InlineData(100, 200, 92.5, 207.5, true)] // nor the range
    [InlineData(100, 200, 92, 208, false)]
    [InlineData(100, 200, 80, 220, false)]
    [InlineData(100, 200, 120, 180, false)]
    [InlineData(-10, 10, -10.2, 10.2, true)] // around nought the range is the measure
    [InlineData(-10, 10, -9, 11, false)]
    public void Estimates_are_stable_where_they_are_close_or_have_not_moved(double low, double high, double lowBefore,
        double highBefore, bool isStable)
    {
        var second = Of([lowBefore, highBefore], [low, high]);
        Assert.Equal(!isStable, second.State.IsRunning);
    }

    [Fact]
    public void A_narrow_range_in_the_first_cycle_is_asked_once_more() => Assert.True(Of([100, 101]).State.IsRunning);

    [Fact]
    public void Cycles_that_run_out_end_it_undecided_with_the_median()
    {
        var ended = Of([1, 9], [2, 20], [1, 100]).HasEndedOnce("completed").Replays();
        Assert.Equal((PanelDecisions.Undecided, PanelStops.Cycles, 3),
            (ended.Outcome.Decision, ended.Outcome.Rule.Stopped, ended.Outcome.Rule.Cycles));
        Assert.StartsWith("Median 50.5 ", ended.Outcome.Answer, StringComparison.Ordinal);
        Assert.Equal("The estimates are not stable after 3 cycles.", ended.Outcome.Recommendation.Grounds[0]);
    }

    [Fact]
    public void Outliers_and_those_without_a_number_are_minority_with_their_reasons_even_where_words_are_alike()
    {
        double?[] estimates = [10, 10.1, 10.2, 10.3, 10.4, -70, 90, 90, null];
        var ended = Of(estimates, estimates).HasEndedOnce("completed").Replays();
        Assert.Equal([["s9"], ["s6"], ["s7", "s8"]], ended.Outcome.MinorityReport.Select(opinion => opinion.Seats.ToArray()));
        Assert.Equal(["Reason of s9.", "Reason of s6.", "Reason of s7."], ended.Outcome.MinorityReport.Select(opinion =>
            opinion.Answer));
        Assert.Equal(Math.Round(2 / 9.0, 6), ended.Outcome.MinorityReport[2].Share);
        Assert.Equal("5 of 9 estimates lie within 1.5 interquartile ranges of the quartiles.",
            ended.Outcome.Recommendation.Grounds[1]);
    }

    [Fact]
    public void Where_as_many_give_no_number_words_are_compared()
    {
        Assert.NotNull(DelphiGroups.Until(Of([5, 6, null]).State, 1).Numbers);
        Assert.Null(DelphiGroups.Until(Of([5, 50, null, null]).State, 1).Numbers);
    }

    [Fact]
    public void Without_numbers_groups_are_shown_and_their_shares_decide()
    {
        var second = Stances(["Yes", "No", "Maybe"]);
        var task = Protocol.Task(second.State, second.State.Seat("s1"));
        Assert.Equal("3 positions in 3 groups; the largest has 33 %.", task.Digest);
        var letters = Anonymity.Letters(second.State);
        Assert.Equal(letters.OrderBy(one => one.Value).Select(one => one.Key), task.Entries.Select(entry =>
            entry.Said.Text["Reason of ".Length..^1]));

        var stable = Stances(["Yes", "No", "Maybe"], ["No", "Yes", "Maybe"]).HasEndedOnce("completed")
            .Replays(); // the same entropy
        Assert.Equal((PanelDecisions.Decided, PanelStops.Stable, 0.8),
            (stable.Outcome.Decision, stable.Outcome.Rule.Stopped, stable.Outcome.Rule.Threshold));
        Assert.Equal(("Reason of s1.", "No"), (stable.Outcome.Answer, stable.Outcome.Recommendation.Text));
        Assert.Equal(2, stable.Outcome.MinorityReport.Length);
        Assert.Equal("1 of 3 positions say the same, 33 % by weight.", stable.Outcome.Recommendation.Grounds[1]);

        var moving = Stances(["Yes", "No", "Maybe"], ["Yes", "Yes", "Maybe"]);
        Assert.True(moving.State.IsRunning);
        var enough = Stances(["Yes", "No", "Yes", "Maybe", "Never"], ["Yes", "Yes", "Yes", "Yes", "Never"])
            .HasEndedOnce("completed");
        Assert.Equal((PanelStops.Stable, 0.8), (enough.Outcome.Rule.Stopped, enough.Outcome.Rule.Agreement!.Share));
        Assert.Equal([(0, null), (0, (double?)null)], enough.Outcome.Rule.Spread.Select(one => (one.Estimates, one.Median)));
        Assert.Equal([0.4, 0.8], enough.Outcome.Rule.Spread.Select(one => one.Agreement));
    }

    [Theory]
    [InlineData("AAABCD", "AAABBB", false)]
    [InlineData("AAAAAABBBBBB", "AAAAAAABBBBB", true)]
    [InlineData("AABB", "ABCD", false)]
    [InlineData("ABCD", "DCBA", true)]
    public void Groups_are_stable_where_their_entropy_is(string before, string after, bool isStable) => Assert.Equal(!isStable,
        Stances([.. before.Select(Stance)], [.. after.Select(Stance)]).State.IsRunning);

    [Fact]
    public void A_group_that_weighs_nothing_moves_nothing()
    {
        var table = Convened(PanelProtocols.Delphi, 3, weights: [1, 1, 0]);
        for (var cycle = 0; cycle < 2; cycle++)
            table = table.Says("s1", "a", "Alpha").Says("s2", "b", "Beta").Says("s3", "c", "Gamma");
        Assert.Equal(PanelStops.Stable, table.HasEndedOnce("completed").Outcome.Rule.Stopped);
    }

    private static string Stance(char letter) => $"Position{letter}";

    [Fact]
    public void Whoever_is_nearest_to_the_median_gives_the_reasons_and_of_equals_the_weightiest_or_the_first()
    {
        var table = Convened(PanelProtocols.Delphi, 4, weights: [1, 1, 2, 1], cycles: 1);
        Assert.EndsWith("Reason of s3.", Judged(table, [1, 4, 6, 20]).Outcome.Answer, StringComparison.Ordinal);
        Assert.EndsWith("Reason of s2.", Judged(table, [1, 3, 9, 5]).Outcome.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_estimates_end_it_without_an_answer()
    {
        var ended = Convened(PanelProtocols.Delphi, 3).Says("s1", Number(3)).Later(SeatTime).Ticks().HasEndedOnce("failed")
            .Replays();
        Assert.Equal((PanelDecisions.NoQuorum, PanelStops.Quorum, null),
            (ended.Outcome.Decision, ended.Outcome.Rule.Stopped, ended.Outcome.Answer));
    }

    [Fact]
    public void Too_few_who_differ_are_not_asked_again()
    {
        var ended = Convened(PanelProtocols.Delphi, 5).Says("s1", Number(3)).Says("s2", Number(9)).Later(SeatTime).Ticks();
        Assert.Single(ended.HasEndedOnce("failed").State.Closed);
    }

    [Fact]
    public void Who_is_absent_later_keeps_the_estimate_and_time_that_runs_out_leaves_it_undecided()
    {
        var later = Of([10, 20, 60]).Says("s1", Number(58)).Later(SeatTime).Ticks();
        Assert.Equal(3, later.State.Round!.Cycle);
        Assert.Equal([58, 20, 60], later.State.Positions.Values.Select(entry => entry.Said.Estimate));
        var ended = (later with { Now = later.State.Charter!.Deadline }).Ticks().HasEndedOnce("completed").Replays();
        Assert.Equal((PanelDecisions.Undecided, PanelStops.Deadline), (ended.Outcome.Decision, ended.Outcome.Rule.Stopped));
    }

    [Fact]
    public void What_is_said_twice_changes_nothing()
    {
        var once = Convened(PanelProtocols.Delphi, 3).Says("s1", Number(3));
        Assert.Equal(once.Log.Length, once.Says("s1", Number(4)).Fails("s1").Log.Length);
    }

    [Fact]
    public void What_comes_late_changes_nothing()
    {
        var second = Of([10, 20, 60]);
        Assert.Equal(second.Log.Length, second.Input(new PanelInput.Say(Noon, 1, "s1", Number(5), new(1, 1), null)).Log.Length);
        var ended = Judged(second, [20, 20, 20]);
        Assert.Equal(ended.Log.Length, ended.Says("s1", Number(1)).Ticks().Log.Length);
    }

    [Fact]
    public void It_takes_two_to_twelve_members_and_no_chair()
    {
        var shape = Protocol.Shape;
        Assert.Equal((2, 12, false, 3, 0.8), (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.Cycles, shape.Threshold));
    }

    [Fact]
    public void The_groups_of_numbers_hold_everybody_once_and_those_inside_come_first() => Checked.ForAll(100, random =>
    {
        var table = Judged(Convened(PanelProtocols.Delphi, 7, cycles: 1),
            [.. new[] { Enumerable.Range(0, 7).Select(_ =>
                random.Next(8) == 0 ? null : (double?)random.OneOf(1, 2, 2, 3, 3, 50, -40)).ToArray() }]);
        var groups = DelphiGroups.Until(table.State, 1);
        if (groups.Numbers is null)
            return;
        var sorted = table.State.Positions.Values.Select(entry => entry.Said.Estimate).OfType<double>().Order().ToArray();
        var (lower, upper) = (Percentile(sorted, 25), Percentile(sorted, 75));
        var inside = table.State.Positions.Where(one => one.Value.Said.Estimate >= lower - (1.5 * (upper - lower))
            && one.Value.Said.Estimate <= upper + (1.5 * (upper - lower))).Select(one => one.Key);
        Assert.Equal(inside, groups.Agreement.Clusters[0].Seats);
        Assert.Equal(table.State.Positions.Keys, groups.Agreement.Clusters.SelectMany(cluster => cluster.Seats).Order());
        Assert.Equal(1, groups.Agreement.Clusters.Sum(cluster => cluster.Share), 4);
        Assert.All(groups.Agreement.Clusters, cluster =>
            Assert.Equal(Math.Round(cluster.Seats.Length / (double)groups.Held.Length, 6), cluster.Share));
        Assert.All(groups.Agreement.Clusters.Skip(1), cluster =>
            Assert.Single(cluster.Seats.Select(seat => table.State.Positions[seat].Said.Estimate).Distinct()));
    });

    private static double Percentile(double[] sorted, int percent)
    {
        var hundredths = (sorted.Length - 1) * percent;
        var next = sorted[Math.Min((hundredths / 100) + 1, sorted.Length - 1)];
        return ((sorted[hundredths / 100] * (100 - (hundredths % 100))) + (next * (hundredths % 100))) / 100;
    }
}
