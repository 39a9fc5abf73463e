using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Review;

/// <summary>One round of reviews, and what it amounts to.</summary>
internal sealed class Reviewed(PanelState state, PanelMoment round)
{
    /// <summary>Null where too few decided: then nobody prevails.</summary>
    public string? Verdict { get; } = ReviewRule.Verdict(state, round);

    /// <summary>The version that was reviewed, or null where it is the caller's.</summary>
    public PanelEntry? Text { get; } = state.Entries
        .LastOrDefault(entry => entry.Phase != PanelPhases.Review && entry.Round < round.Round);

    /// <summary>The reviews, each with its decision for a stance.</summary>
    public ImmutableArray<PanelEntry> Reviews { get; } =
    [
        .. state.In(round.Round).Select(entry => entry with { Said = entry.Said with { Stance = ReviewRule.Decision(entry.Said) } }),
    ];

    /// <summary>The text, where it is a member's, and the reviews.</summary>
    public ImmutableArray<PanelEntry> Voices => Text is null ? Reviews : Reviews.Insert(0, Text);

    /// <summary>The reviewers who decided as the panel did.</summary>
    public ImmutableArray<string> Prevailing => Seats(Verdict);

    /// <summary>The weightiest of them.</summary>
    public PanelEntry Spokesman => Weightiest(Verdict);

    public PanelRule Figures(PanelRule rule)
    {
        var tallies = ReviewRule.Scale.Select(decision => new OptionTally(
            decision, decision, [], Seats(decision).Length, Math.Round(Weight(decision), 6), 0, Decided.Length, Seats(decision)));
        var sorted = Decided.Select(entry => entry.Said.Stance!).OrderBy(ReviewRule.Scale.IndexOf).ToArray();
        var isTied = sorted.Length % 2 == 0 && sorted[(sorted.Length / 2) - 1] != Verdict;
        return rule with
        {
            Verdict = Verdict,
            Options = [.. tallies],
            Weights = Weights.Table(state, Decided),
            Agreement = Agreement(),
            Criteria = [.. ReviewRule.Criteria(state).Select(Score).OfType<CriterionScore>()],
            TieBreak = isTied ? "stricter" : null,
        };
    }

    public ImmutableArray<string> Grounds()
    {
        var counts = ReviewRule.Scale.Where(decision => !Seats(decision).IsEmpty)
            .Select(decision => string.Create(CultureInfo.InvariantCulture, $"{decision} {Seats(decision).Length}"));
        var demands = Reviews.Where(entry => entry.Said.Stance == Verdict).SelectMany(entry => entry.Said.Points)
            .Distinct(StringComparer.Ordinal).Take(PanelLimits.ListMax);
        return
        [
            $"The median of the decisions is {Verdict}: {string.Join(", ", counts)}.",
            .. ReviewRule.Criteria(state).Select(Score).OfType<CriterionScore>().OrderBy(score => score.Mean).Take(1)
                .Select(score => string.Create(CultureInfo.InvariantCulture, $"Weakest is {score.Criterion}: {score.Mean:0.##} of 5.")),
            .. demands.Select(demand => $"Demanded: {demand}"),
        ];
    }

    /// <summary>Every reviewer who decided otherwise, or not readably, with what they demand.</summary>
    public ImmutableArray<MinorityOpinion> Minority() =>
    [
        .. from entry in Reviews
           where entry.Said.Stance != Verdict
           select new MinorityOpinion(
               [entry.Seat], entry.Said.Stance, entry.Said.Text, entry.Said.Stance is null ? 0 : Share(entry),
               entry.Said.Confidence,
               entry.Said.Points, entry.Said.Citations),
    ];

    private ImmutableArray<PanelEntry> Decided => [.. Reviews.Where(entry => entry.Said.Stance is not null)];

    private double Share(params IEnumerable<PanelEntry> entries)
    {
        var shares = Weights.Shares(state, Decided);
        return Math.Round(entries.Sum(entry => shares[entry.Seat]), 6);
    }

    private ImmutableArray<string> Seats(string? decision) =>
        [.. Reviews.Where(entry => entry.Said.Stance == decision).Select(entry => entry.Seat)];

    private double Weight(string decision) =>
        Reviews.Where(entry => entry.Said.Stance == decision).Sum(entry => Weights.Of(state, entry));

    private PanelEntry Weightiest(string? decision) =>
        Reviews.Where(entry => entry.Said.Stance == decision).OrderByDescending(entry => Weights.Of(state, entry)).First();

    /// <summary>Who decided alike, by falling share; of equals the stricter first.</summary>
    private AgreementFigures Agreement()
    {
        var clusters = ReviewRule.Scale.Reverse().Where(decision => !Seats(decision).IsEmpty)
            .Select(decision => new PositionCluster(
                Seats(decision), Weightiest(decision).Seat, Share(Decided.Where(entry => entry.Said.Stance == decision)), decision))
            .OrderByDescending(cluster => cluster.Share).ToImmutableArray();
        return new(clusters[0].Share, clusters, ReviewRule.Method);
    }

    /// <summary>A criterion's figures, or null where nobody scored it from 1 to 5.</summary>
    private CriterionScore? Score(string criterion)
    {
        var scores = Reviews.Select(entry => Given(entry.Said, criterion)).OfType<int>().ToArray();
        return scores.Length == 0 ? null
            : new(criterion, Math.Round(scores.Average(), 3), scores.Min(), scores.Max(), scores.Length);
    }

    /// <summary>What a review gives a criterion, whatever the case in which it names it; null for what is no score.</summary>
    private static int? Given(Contribution said, string criterion) => said.Scores
        .Where(score => score.Key.Equals(criterion, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(score => score.Key == criterion).Select(score => (int?)score.Value).FirstOrDefault();
}
