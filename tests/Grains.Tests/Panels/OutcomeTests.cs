using System.Collections.Immutable;
using Colloquy.Panels.Shared;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels;

public sealed class OutcomeTests
{
    private static PanelTable Ended() => Convened(PanelProtocols.Parallel, 4)
        .Says("s1", new Contribution("Water boils.") { Stance = "Yes", Confidence = 0.8, IsCalibrated = true,
            Citations = [Quote("one"), Quote("two")] })
        .Says("s2", new Contribution("Steam rises.") { Stance = "Yes", Confidence = 0.6, IsCalibrated = true,
            Citations = [Quote("one")] })
        .Says("s3", new Contribution("Ice melts.") { Stance = "No", Confidence = 0.4,
            Points = ["Not in winter.", "Not at night."], Citations = [Quote("three")] })
        .Says("s4", new Contribution("Snow falls.") { Stance = "No", Points = ["Not in winter."], Estimate = 3 })
        .Says("chair", new Contribution("Mostly.") { Stance = "Mostly so" });

    [Fact]
    public void Every_position_is_there_and_what_does_not_prevail_is_minority()
    {
        var outcome = Ended().Outcome;
        Assert.Equal(["s1", "s2", "s3", "s4"], outcome.Positions.Select(position => position.Seat));
        var third = outcome.Positions[2];
        Assert.Equal(("agent-3", "Name 3", SeatRoles.Member, "Ice melts.", "No", 0.4, 1),
            (third.Agent, third.Name, third.Role, third.Answer, third.Stance, third.Confidence, third.Round));
        Assert.Equal("three", Assert.Single(third.Evidence).DocumentId);
        Assert.Equal(3, outcome.Positions[3].Estimate);
        var dissent = Assert.Single(outcome.MinorityReport);
        Assert.Equal<string>(["s3", "s4"], dissent.Seats);
        Assert.Equal(("Snow falls.", "No", 0.4),
            (dissent.Answer, dissent.Stance, dissent.Confidence)); // s4 weighs more: it did not doubt
        Assert.Equal<string>(["Not in winter.", "Not at night."], dissent.Objections);
        Assert.Equal(Math.Round((0.7 + 0.75) / (0.9 + 0.8 + 0.7 + 0.75), 6), dissent.Share);
        Assert.Equal((PanelDecisions.Decided, "Mostly.", "Mostly so"),
            (outcome.Decision, outcome.Answer, outcome.Recommendation.Text));
        Assert.Equal(["one", "two"], outcome.Citations.Select(citation => citation.DocumentId));
    }

    [Fact]
    public void It_is_as_sure_as_those_who_prevail_less_for_those_who_do_not_agree()
    {
        var confidence = Ended().Outcome.Confidence!;
        var share = (0.9 + 0.8) / (0.9 + 0.8 + 0.7 + 0.75);
        Assert.Equal(Math.Round(0.7 * (0.5 + (0.5 * share)), 3), confidence.Value);
        Assert.True(confidence.Calibrated);
        Assert.Equal([("agreement", Math.Round(share, 3)), ("stated", 0.7)], confidence.Signals.Select(one =>
            (one.Key, one.Value)));
        Assert.Null(Convened(PanelProtocols.Parallel, 2).Says("s1", "a").Says("s2", "b").Says("chair", "c").Outcome.Confidence);
        Assert.Null(Convened(PanelProtocols.Parallel, 3).Says("s1", "a", confidence: 1).Fails("s2").Fails("s3")
            .Outcome.Confidence);
        Assert.False(Convened(PanelProtocols.Parallel, 2).Says("s1", "a", "Yes", 1)
            .Says("s2", new Contribution("b") { Stance = "Yes", Confidence = 1, IsCalibrated = true }).Says("chair", "c")
                .Outcome.Confidence!.Calibrated);
    }

    [Fact]
    public void Figures_have_three_digits_and_a_dissent_its_mean()
    {
        var ended = Convened(PanelProtocols.Parallel, 5).Says("s1", "a", "Yes", 0.7777).Says("s2", "b", "Yes", 0.7777)
            .Says("s3", "c", "Yes", 0.7777)
            .Says("s4", "d", "No", 0.1234).Says("s5", "e", "No", 0.3).Says("chair", "f");
        Assert.Equal(0.212, Assert.Single(ended.Outcome.MinorityReport).Confidence);
        Assert.Equal(0.778, ended.Outcome.Confidence!.Signals["stated"]);
        Assert.Equal(Math.Round(ended.Outcome.Rule.Agreement!.Share, 3), ended.Outcome.Confidence.Signals["agreement"]);
    }

    [Fact]
    public void Who_prevails_across_groups_counts_with_all_of_them_and_cites_no_more_than_twelve()
    {
        var drafts = Enumerable.Range(1, 3).Aggregate(Convened(PanelProtocols.Parallel, 4), (table, seat) =>
            table.Says(PanelIds.Seat(seat),
            new Contribution($"{seat}") { Stance = seat < 3 ? "Yes" : "No", Confidence = 1,
                Citations = [.. Enumerable.Range(0, 6).Select(at => Quote($"{seat}.{at}"))] }));
        var state = drafts.Says("s4", "4", "Perhaps", 1).State;
        var outcome = Outcomes.Of(state, new(PanelDecisions.Decided, "So.", new("parallel"), ["s1", "s2", "s3"], "So.", []));
        Assert.Equal((PanelLimits.Citations, 0.75), (outcome.Citations.Length, outcome.Confidence!.Signals["agreement"]));
        var split = Outcomes.Of(state, new(PanelDecisions.Decided, "So.", new("parallel"), ["s1"], "So.", []));
        Assert.Equal(0.5, split.Confidence!.Signals["agreement"]);
    }

    [Fact]
    public void Objections_come_by_round_and_seat_and_are_no_more_than_twelve()
    {
        var ended = Convened(PanelProtocols.Consensus, 3, cycles: 1).ToTheEnd((state, seat) =>
            new(seat == "s1" ? "Water boils." : "Ice melts.")
        {
            Stance = seat == "s1" ? "Yes" : "No", Confidence = seat == "s1" ? 1 : 0,
            Points = [.. Enumerable.Range(0, 4).Select(at => $"{state.Round!.Phase} {seat} {at}")],
        });
        var state = ended.State with { Entries = ended.State.Entries.Reverse().ToImmutableArray() };
        var report = Outcomes.Of(state, new(PanelDecisions.Undecided, "So.", new("consensus"), ["s1"], "So.", [])).MinorityReport;
        Assert.Equal<string>(
            [
                .. from phase in new[] { PanelPhases.Draft, PanelPhases.Critique }
                   from seat in new[] { "s2", "s3" }
                   from at in Enumerable.Range(0, 4)
                   select $"{phase} {seat} {at}",
            ],
            [.. Assert.Single(report).Objections, .. Enumerable.Range(0, 4).Select(at => $"critique s3 {at}")]);
    }

    [Fact]
    public void Where_nobody_who_dissents_said_how_sure_there_is_no_mean() =>
        Assert.Null(Assert.Single(Convened(PanelProtocols.Parallel, 3).Says("s1", "a", "Yes").Says("s2", "b", "Yes")
            .Says("s3", "c", "No")
            .Says("chair", "d").Outcome.MinorityReport).Confidence);

    [Fact]
    public void The_time_line_and_the_cost_are_all_there()
    {
        var outcome = Ended().Outcome;
        Assert.Equal([(1, 4, 4), (2, 1, 1)], outcome.Timeline.Select(moment => (moment.Round, moment.Invited, moment.Answered)));
        Assert.Equal([("s1", 1), ("s2", 1), ("s3", 1), ("s4", 1), ("chair", 1)], outcome.Cost.Seats.Select(cost =>
            (cost.Seat, cost.Answers)));
        Assert.Equal(75, outcome.Cost.Total.TotalTokens);
        Assert.Equal("agent-1", outcome.Cost.Seats[4].Agent);
    }

    /// <summary>Someone whose words are another's, but who does not prevail, speaks for itself in the report.</summary>
    [Fact]
    public void A_group_that_is_split_is_shown_without_who_prevails()
    {
        var state = Ended().State;
        var findings = new PanelFindings(PanelDecisions.Decided, "So.", new("parallel"), ["s1", "s4"], "So.", []);
        var report = Outcomes.Of(state, findings).MinorityReport;
        Assert.Equal([("s2", "Steam rises."), ("s3", "Ice melts.")], report.Select(opinion =>
            (Assert.Single(opinion.Seats), opinion.Answer)));
    }

    [Fact]
    public void What_is_no_longer_objected_is_no_objection()
    {
        var ended = Convened(PanelProtocols.Consensus, 2, cycles: 2).ToTheEnd((state, seat) =>
            (state.Round!.Phase, state.Round.Cycle, seat) switch
        {
            (PanelPhases.Critique, 1, _) => new("") { Points = [$"{seat} objects."] },
            (PanelPhases.Critique, 2, "s2") => new("") { IsContent = true },
            (PanelPhases.Critique, 2, _) => new("") { Points = ["s1 still objects."] },
            (_, _, "s1") => new("Water boils.") { Confidence = 1 },
            _ => new("Ice melts."),
        });
        var dissent = Assert.Single(ended.Outcome.MinorityReport);
        Assert.Equal("s2", Assert.Single(dissent.Seats));
        Assert.Empty(dissent.Objections);
    }

    [Fact]
    public void The_minority_report_is_exactly_the_positions_that_do_not_prevail() => Checked.ForAll(100, random =>
    {
        var protocol = random.OneOf(PanelProtocols.Parallel, PanelProtocols.Vote, PanelProtocols.Consensus,
            PanelProtocols.Delphi);
        var options = protocol == PanelProtocols.Vote && random.Next(2) == 0 ? new[] { "Water", "Ice", "Steam" } : null;
        var ended = Convened(protocol, random.Next(2, 7), cycles: 2,
            rule: random.OneOf(null, VoteRules.Weighted, VoteRules.Borda), options: options)
            .ToTheEnd((_, _) => new(random.OneOf("Water boils.", "Ice melts.", "Steam rises."))
            {
                Stance = random.OneOf(null, "Yes", "No"), Choice = random.OneOf("A", "B", "C"), Confidence = random.NextDouble(),
                Estimate = protocol == PanelProtocols.Delphi && random.Next(5) > 0 ? random.OneOf<double>(1, 2, 2, 2, 50) : null,
            });
        var findings = Protocols.Of(protocol).Conclude(ended.State, ended.Outcome.Rule.Stopped);
        var reported = ended.Outcome.MinorityReport.SelectMany(opinion => opinion.Seats).ToList();
        Assert.Equal(ended.Outcome.Positions.Select(position => position.Seat).Except(findings.Prevailing).Order(),
            reported.Order());
        Assert.Equal(1, ended.Outcome.Rule.Agreement!.Clusters.Sum(cluster => cluster.Share), 4);
        Assert.InRange(ended.Outcome.MinorityReport.Sum(opinion => opinion.Share), 0, 1.0001);
    });
}
