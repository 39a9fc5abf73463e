using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Delphi;

/// <summary>Estimates are stable where another round would not move them; then their median is the answer.</summary>
/// <remarks>
/// <code>
/// at once               all estimates are the same number, or all say the same
/// from the second cycle
///   with numbers        interquartile range at most a tenth of the median, or
///                       median and range moved by at most a twentieth of the larger of the two
///   without             the largest group has the threshold's share, or
///                       the entropy of the groups' shares moved by at most 0.05 nats
/// </code>
/// That stability, and not agreement, ends a Delphi is after Dajani, Sincoff and Talley, "Stability and agreement criteria for the
/// termination of Delphi studies" (1979); the bounds are ours. The question is one for a number where more than half of the
/// positions give one. Numbers outside the fences of <see cref="Quantiles"/> do not prevail, with their reasons.
/// </remarks>
internal static class DelphiRule
{
    private const double Narrow = 0.1;
    private const double Unmoved = 0.05;
    private const double Same = 1e-6;

    public static bool IsStable(PanelState state)
    {
        var last = DelphiGroups.Until(state, state.Closed[^1].Round);
        if (IsUnanimous(last))
            return true;
        if (state.Closed is not [.., var before, _])
            return false;
        var earlier = DelphiGroups.Until(state, before.Round);
        return last.Numbers is { } numbers ? IsStill(numbers, earlier.Numbers)
            : last.Agreement.Share >= state.Charter!.Threshold - Same
              || (earlier.Numbers is null && Math.Abs(Entropy(last) - Entropy(earlier)) <= Unmoved);
    }

    public static PanelFindings Of(PanelState state, string stopped)
    {
        var groups = DelphiGroups.Until(state, int.MaxValue);
        var rule = new PanelRule(PanelProtocols.Delphi)
        {
            Stopped = stopped, Agreement = groups.Agreement, Spread = Spread(state),
            Threshold = groups.Numbers is null ? state.Charter!.Threshold : null, Cycles = state.Closed.Length,
        };
        if (!Quorum.IsMet(state))
            return Findings.NoQuorum(state, rule);
        var prevailing = groups.Agreement.Clusters[0];
        var reasons = state.Positions[prevailing.Representative].Said;
        var summary = groups.Numbers is { } numbers ? Summary(numbers) : null;
        return new(
            stopped == PanelStops.Stable ? PanelDecisions.Decided : PanelDecisions.Undecided,
            summary is null ? reasons.Text : $"{summary}\n\n{reasons.Text}", rule, prevailing.Seats,
            summary ?? reasons.Stance ?? Findings.Opening(reasons.Text),
            [
                stopped == PanelStops.Stable ? $"The estimates are stable after {Cycles(state)}."
                    : $"The estimates are not stable after {Cycles(state)}.",
                groups.Numbers is null ? Findings.AgreementGround(state, groups.Agreement)
                    : $"{prevailing.Seats.Length} of {groups.Held.Length} estimates lie within 1.5 interquartile ranges of the quartiles.",
                $"The reasons are those of {state.Seat(prevailing.Representative).Name}, who stands nearest to the middle.",
                .. Findings.EvidenceGround(state, prevailing.Seats),
            ]);
    }

    /// <summary>How the estimates lay, in words.</summary>
    public static string Summary(Quantiles numbers) => string.Create(CultureInfo.InvariantCulture,
        $"Median {numbers.Median:G6} (quartiles {numbers.Lower:G6} and {numbers.Upper:G6}, {numbers.Count} estimates).");

    private static bool IsUnanimous(DelphiGroups groups) => groups.Numbers is { } numbers
        ? groups.Held.All(entry => entry.Said.Estimate == numbers.Median)
        : groups.Agreement.Clusters.Length == 1;

    private static bool IsStill(Quantiles last, Quantiles? earlier)
    {
        var bound = Unmoved * Math.Max(Math.Abs(last.Median), last.Range);
        return last.Range <= Narrow * Math.Abs(last.Median) || (earlier is not null
            && Math.Abs(last.Median - earlier.Median) <= bound && Math.Abs(last.Range - earlier.Range) <= bound);
    }

    // Without the sign: only its changes are looked at.
    private static double Entropy(DelphiGroups groups) => groups.Agreement.Clusters
        .Where(cluster => cluster.Share > 0).Sum(cluster => cluster.Share * Math.Log(cluster.Share));

    private static ImmutableArray<EstimateSpread> Spread(PanelState state) =>
    [
        .. from round in state.Closed
           let groups = DelphiGroups.Until(state, round.Round)
           select Positions.Spread(round.Cycle, groups.Held, groups.Agreement.Share),
    ];

    private static string Cycles(PanelState state) => state.Closed.Length == 1 ? "one cycle"
        : string.Create(CultureInfo.InvariantCulture, $"{state.Closed.Length} cycles");
}
