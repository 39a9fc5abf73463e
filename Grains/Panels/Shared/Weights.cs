using System.Collections.Immutable;

namespace Colloquy.Panels.Shared;

/// <summary>What a voice counts.</summary>
/// <remarks>
/// <code>weight(seat) = track * independence * confidence
///
/// track         from the charter: how often the member was right on this topic, 1 without a record
/// independence  from the charter: 1 / sqrt(members that run on the same model), since their errors go together
/// confidence    0.5 + 0.5 stated confidence; 0.75 where none was stated, so that silence is neither doubt nor certainty
/// </code>
/// After Chen and others, "ReConcile" (2023), who weigh votes by recalibrated confidence; the damped confidence is ours, since an
/// uncalibrated one is mostly style. Where nobody's voice counts anything, all count the same: heads are what is left.
/// </remarks>
internal static class Weights
{
    public const string Confidence = "confidence";
    private const double Unstated = 0.75;

    /// <summary>What the charter may let a voice count at most: more would drown every other.</summary>
    private const double Most = 1_000;

    /// <summary>By seat, of some entries, one for each seat. The sum is above 0 wherever there is one.</summary>
    public static ImmutableSortedDictionary<string, double> Of(PanelState state, IEnumerable<PanelEntry> entries)
    {
        var weights = entries.ToImmutableSortedDictionary(entry => entry.Seat, entry => Of(state, entry), StringComparer.Ordinal);
        return weights.Values.Sum() > 0 ? weights
            : weights.ToImmutableSortedDictionary(one => one.Key, _ => 1.0, StringComparer.Ordinal);
    }

    /// <summary>By seat, the part that its weight is of all: they sum to 1 wherever there is one.</summary>
    public static ImmutableSortedDictionary<string, double> Shares(PanelState state, IEnumerable<PanelEntry> entries)
    {
        var weights = Of(state, entries);
        var total = weights.Values.Sum();
        return weights.ToImmutableSortedDictionary(one => one.Key, one => one.Value / total, StringComparer.Ordinal);
    }

    /// <summary>The table of weights for an outcome.</summary>
    public static ImmutableArray<SeatWeight> Table(PanelState state, IEnumerable<PanelEntry> entries)
    {
        var held = entries.ToArray();
        var weights = Of(state, held);
        return
        [
            .. held.Select(entry => new SeatWeight(entry.Seat, Math.Round(weights[entry.Seat], 6),
                state.Seat(entry.Seat).WeightParts.SetItem(Confidence, OfConfidence(entry.Said)))),
        ];
    }

    /// <summary>Of one voice, with what it said.</summary>
    public static double Of(PanelState state, PanelEntry entry)
    {
        var weight = state.Seat(entry.Seat).Weight;
        return (double.IsNaN(weight) ? 0 : Math.Clamp(weight, 0, Most)) * OfConfidence(entry.Said);
    }

    private static double OfConfidence(Contribution said) => said.Confidence is { } stated ? 0.5 + (0.5 * stated) : Unstated;
}
