using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Delphi;

/// <summary>How the positions of one cycle lie: by number where most give one, else by what they say.</summary>
/// <param name="Numbers">Null where the question asks for none.</param>
/// <param name="Agreement">The first group prevails.</param>
internal sealed record DelphiGroups(ImmutableArray<PanelEntry> Held, Quantiles? Numbers, AgreementFigures Agreement)
{
    private const string ByNumber = "estimates/1";

    public static DelphiGroups Until(PanelState state, int round)
    {
        var held = Positions.Until(state, round);
        var numbers = Quantiles.Of(held.Select(entry => entry.Said.Estimate).OfType<double>());
        return numbers is not null && numbers.Count * 2 > held.Length
            ? new(held, numbers, Numeric(state, held, numbers))
            : new(held, null, Clusters.Of(state, held));
    }

    /// <summary>Those who are no outliers are one group; each other number is one, and each seat that gives none.</summary>
    private static AgreementFigures Numeric(PanelState state, ImmutableArray<PanelEntry> held, Quantiles numbers)
    {
        var shares = Weights.Shares(state, held);
        var within = held.Where(entry => entry.Said.Estimate is { } number && numbers.IsWithin(number)).ToArray();
        var outside = held.Except(within).OrderBy(entry => entry.Said.Estimate)
            .GroupBy(entry => (entry.Said.Estimate, Seat: entry.Said.Estimate is null ? entry.Seat : ""));
        var groups = outside.Select(group => group.ToArray()).Prepend(within).Select(group => new PositionCluster(
            [.. group.Select(entry => entry.Seat)],
            group.OrderBy(entry => Math.Abs((entry.Said.Estimate ?? 0) - numbers.Median)).ThenByDescending(entry =>
                shares[entry.Seat])
                .First().Seat,
            Math.Round(group.Sum(entry => shares[entry.Seat]), 6), null)).ToImmutableArray();
        return new(groups[0].Share, groups, ByNumber);
    }
}
