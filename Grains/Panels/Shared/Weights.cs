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
/// uncalibrated one is mostly style.
/// </remarks>
internal static class Weights
{
    public const string Confidence = "confidence";
    private const double Unstated = 0.75;

    /// <summary>Of somebody's voice with what they said.</summary>
    public static double Of(PanelState state, PanelEntry entry) => state.Seat(entry.Seat).Weight * OfConfidence(entry.Said);

    /// <summary>The table of weights for an outcome.</summary>
    public static ImmutableArray<SeatWeight> Table(PanelState state, IEnumerable<PanelEntry> entries) =>
    [
        .. entries.Select(entry => new SeatWeight(entry.Seat, Math.Round(Of(state, entry), 6),
            state.Seat(entry.Seat).WeightParts.SetItem(Confidence, OfConfidence(entry.Said)))),
    ];

    private static double OfConfidence(Contribution said) => said.Confidence is { } stated ? 0.5 + (0.5 * stated) : Unstated;
}
