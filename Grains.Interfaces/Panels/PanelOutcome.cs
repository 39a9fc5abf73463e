using System.Collections.Immutable;
using Colloquy.Knowledge;
using Colloquy.Runs;

namespace Colloquy.Panels;

/// <summary>What came of a panel.</summary>
/// <param name="Decision">One of <see cref="PanelDecisions"/>.</param>
/// <param name="Answer">Null without a quorum.</param>
/// <param name="Positions">The last position of every seat that has one.</param>
/// <param name="Minority">What the answer does not say: every position outside the prevailing one, with its grounds.</param>
/// <param name="Absent">Seats that were invited and said nothing, by round.</param>
[GenerateSerializer, Alias("panel.outcome"), Immutable]
public sealed record PanelOutcome(
    string Decision, string? Answer, PanelRule Rule, ImmutableArray<PanelPosition> Positions,
    ImmutableArray<MinorityOpinion> MinorityReport, Recommendation Recommendation, ImmutableArray<Citation> Citations,
    Confidence? Confidence, PanelCost Cost, ImmutableArray<PanelMoment> Timeline, ImmutableArray<Absence> Absent)
{
    /// <summary>What stands below the answer for readers who see text only: the rule with its numbers in one line, and what the
    /// answer does not say.</summary>
    [Id(0)] public string? Summary { get; init; }
}

/// <param name="Answer">The text, clipped to <see cref="PanelLimits.ShownCharacters"/>.</param>
/// <param name="Evidence">Checked sources.</param>
[GenerateSerializer, Alias("panel.position"), Immutable]
public sealed record PanelPosition(
    string Seat, string? Agent, string Name, string Role, string Answer, string? Stance, double? Confidence,
    ImmutableArray<Citation> Evidence, int Round)
{
    /// <summary>A number, where the question asks for one.</summary>
    [Id(0)] public double? Estimate { get; init; }
}

/// <summary>A position that did not prevail.</summary>
/// <param name="Seats">Who holds it.</param>
/// <param name="Share">Of the weight of all positions, 0 to 1.</param>
/// <param name="Objections">What its holders hold against the answer.</param>
[GenerateSerializer, Alias("panel.minority"), Immutable]
public sealed record MinorityOpinion(
    ImmutableArray<string> Seats, string? Stance, string Answer, double Share, double? Confidence, ImmutableArray<string> Objections,
    ImmutableArray<Citation> Evidence);

/// <summary>The rule and its numbers: those that the rule has are there.</summary>
/// <param name="Name">The protocol, or of a vote its rule.</param>
[GenerateSerializer, Alias("panel.rule"), Immutable]
public sealed record PanelRule(string Name)
{
    /// <summary>Why the panel stopped: <c>decided</c>, <c>agreed</c>, <c>stable</c>, <c>no_open_question</c>, <c>cycles</c>,
    /// <c>deadline</c> or <c>quorum</c>.</summary>
    [Id(0)] public string Stopped { get; init; } = "";
    [Id(1)] public ImmutableArray<OptionTally> Options { get; init; } = [];
    [Id(2)] public ImmutableArray<SeatWeight> Weights { get; init; } = [];

    /// <summary>How the seats' estimates lay, cycle by cycle.</summary>
    [Id(3)] public ImmutableArray<EstimateSpread> Spread { get; init; } = [];
    [Id(4)] public AgreementFigures? Agreement { get; init; }
    [Id(5)] public ImmutableArray<CriterionScore> Criteria { get; init; } = [];

    /// <summary>What broke a tie, or null where there was none.</summary>
    [Id(6)] public string? TieBreak { get; init; }

    /// <summary>The bound that decided, such as the share that a majority or an agreement needs; null without one.</summary>
    [Id(7)] public double? Threshold { get; init; }

    /// <summary>How often the protocol was gone through.</summary>
    [Id(8)] public int Cycles { get; init; }

    /// <summary>Of an adversarial panel who prevailed, of a review what was decided; else null.</summary>
    [Id(9)] public string? Verdict { get; init; }

    /// <summary>What a socratic respondent was found to assume.</summary>
    [Id(10)] public ImmutableArray<string> Assumptions { get; init; } = [];
}

/// <param name="Label">As on the ballots.</param>
/// <param name="Votes">Ballots that chose it; first places with Borda.</param>
/// <param name="Weight">Sum of the weights of those ballots.</param>
/// <param name="Points">Borda points: the mean over the ballots that ranked it.</param>
/// <param name="Authors">The seats that hold it.</param>
[GenerateSerializer, Alias("panel.tally"), Immutable]
public sealed record OptionTally(
    string Label, string Text, ImmutableArray<string> Authors, int Votes, double Weight, double Points, int Ballots,
    ImmutableArray<string> Voters);

/// <summary>What a voice counts, and why: the product of its parts.</summary>
[GenerateSerializer, Alias("panel.weight"), Immutable]
public sealed record SeatWeight(string Seat, double Weight, ImmutableSortedDictionary<string, double> Parts);

/// <param name="Cycle">0 is what was drafted before the first one.</param>
/// <param name="Estimates">How many there were.</param>
/// <param name="Agreement">Share of the largest cluster of positions in this cycle.</param>
[GenerateSerializer, Alias("panel.spread"), Immutable]
public sealed record EstimateSpread(
    int Cycle, int Estimates, double? Median, double? LowerQuartile, double? UpperQuartile, double Agreement);

/// <param name="Share">Of the weight of all positions, what the largest cluster has.</param>
/// <param name="Method">How positions are compared, with its version.</param>
[GenerateSerializer, Alias("panel.agreement"), Immutable]
public sealed record AgreementFigures(double Share, ImmutableArray<PositionCluster> Clusters, string Method);

/// <param name="Representative">The seat whose position stands for all of them.</param>
[GenerateSerializer, Alias("panel.cluster"), Immutable]
public sealed record PositionCluster(ImmutableArray<string> Seats, string Representative, double Share, string? Stance);

/// <param name="Mean">1 to 5.</param>
[GenerateSerializer, Alias("panel.criterion"), Immutable]
public sealed record CriterionScore(string Criterion, double Mean, int Lowest, int Highest, int Reviews);

[GenerateSerializer, Alias("panel.recommendation"), Immutable]
public sealed record Recommendation(string Text, ImmutableArray<string> Grounds);

[GenerateSerializer, Alias("panel.cost"), Immutable]
public sealed record PanelCost(Usage Total, ImmutableArray<SeatCost> Seats);

[GenerateSerializer, Alias("panel.cost.seat"), Immutable]
public sealed record SeatCost(string Seat, string? Agent, Usage Usage, int Answers);

/// <summary>One round in the panel's time line.</summary>
[GenerateSerializer, Alias("panel.moment"), Immutable]
public sealed record PanelMoment(
    int Round, int Cycle, string Phase, DateTimeOffset OpenedAt, DateTimeOffset ClosedAt, int Invited, int Answered);

[GenerateSerializer, Alias("panel.absence"), Immutable]
public sealed record Absence(string Seat, int Round, string Reason);
