using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Consensus;

/// <summary>There is a consensus where the largest group of like positions has the share of weight that the threshold asks for.
/// It is computed from what seats say: that somebody declares to agree is not enough.</summary>
internal static class ConsensusRule
{
    public static bool IsAgreed(PanelState state) => IsAgreed(state, Clusters.Of(state));

    public static PanelFindings Of(PanelState state, string stopped)
    {
        var agreement = Clusters.Of(state);
        var rule = new PanelRule(PanelProtocols.Consensus)
        {
            Stopped = stopped, Spread = Spread(state), Threshold = state.Charter!.Threshold,
            Cycles = state.Closed.Count(round => round.Phase == PanelPhases.Revise),
        };
        if (!Quorum.IsMet(state))
            return Findings.NoQuorum(state, rule);
        var largest = agreement.Clusters[0];
        var isAgreed = IsAgreed(state, agreement);
        var merged = isAgreed ? state.Entries.SingleOrDefault(entry => entry.Phase == PanelPhases.Synthesize) : null;
        var answer = merged ?? state.Positions[largest.Representative];
        return new(
            isAgreed ? PanelDecisions.Decided : PanelDecisions.Undecided, answer.Said.Text, rule, largest.Seats,
            answer.Said.Stance ?? largest.Stance ?? Findings.Opening(answer.Said.Text),
            [
                Findings.AgreementGround(state, agreement),
                string.Create(CultureInfo.InvariantCulture,
                    $"A consensus needs {rule.Threshold:P0}; cycles of critique gone through: {rule.Cycles}."),
                merged is null ? $"The answer is that of {state.Seat(largest.Representative).Name}, who stands for the largest group."
                    : "The answer is the chair's, merged from the positions that agree; the chair has no vote.",
                .. Residual(state).Select(objection => $"Objection left: {objection}"),
                .. Findings.EvidenceGround(state, largest.Seats),
            ]);
    }

    /// <summary>What was objected to in the last critique of each seat.</summary>
    private static IEnumerable<string> Residual(PanelState state) => LastCritiques(state)
        .SelectMany(entry => entry.Said.Points).Distinct(StringComparer.Ordinal).Take(PanelLimits.ListMax);

    /// <summary>The last critique of each seat, in the order of seats.</summary>
    public static IEnumerable<PanelEntry> LastCritiques(PanelState state) => state.Entries
        .Where(entry => entry.Phase == PanelPhases.Critique).GroupBy(entry => entry.Seat)
        .Select(said => said.MaxBy(entry => entry.Cycle)!).OrderBy(entry => state.Charter!.Seats.FindIndex(entry.Seat));

    /// <summary>The agreement after the drafts, which is cycle 0, and after each revision.</summary>
    private static ImmutableArray<EstimateSpread> Spread(PanelState state) =>
    [
        .. from round in state.Closed
           where round.Phase is PanelPhases.Draft or PanelPhases.Revise
           let held = Positions.Until(state, round.Round)
           select Positions.Spread(round.Phase == PanelPhases.Draft ? 0 : round.Cycle, held, Clusters.Of(state, held).Share),
    ];

    // A group of four in five has 0.8 of the weight, whatever the last digit of the sum.
    private static bool IsAgreed(PanelState state, AgreementFigures agreement) =>
        agreement.Share >= state.Charter!.Threshold - 1e-6;
}
