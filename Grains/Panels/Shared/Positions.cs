using System.Collections.Immutable;

namespace Colloquy.Panels.Shared;

/// <summary>Who held which position when.</summary>
internal static class Positions
{
    /// <summary>The last position of each seat up to the end of a round, in the order of seats: whoever was absent keeps its
    /// earlier one.</summary>
    public static ImmutableArray<PanelEntry> Until(PanelState state, int round) =>
    [
        .. state.Entries.Where(entry => entry.Round <= round && PanelPhases.IsPosition(entry.Phase))
            .GroupBy(entry => entry.Seat).Select(said => said.MaxBy(entry => entry.Round)!)
            .OrderBy(entry => state.Charter!.Seats.FindIndex(entry.Seat)),
    ];

    /// <summary>How the estimates among some positions lie.</summary>
    /// <param name="agreement">The share of the largest group of these positions.</param>
    public static EstimateSpread Spread(int cycle, IEnumerable<PanelEntry> positions, double agreement)
    {
        var spread = Quantiles.Of(positions.Select(entry => entry.Said.Estimate).OfType<double>());
        return new(cycle, spread?.Count ?? 0, spread?.Median, spread?.Lower, spread?.Upper, agreement);
    }
}
