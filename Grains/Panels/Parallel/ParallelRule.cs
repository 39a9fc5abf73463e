using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Parallel;

/// <summary>No vote is taken: the largest group of like positions prevails, and the chair's synthesis is the answer.</summary>
internal static class ParallelRule
{
    public static PanelFindings Of(PanelState state, string stopped)
    {
        var agreement = Clusters.Of(state);
        var rule = new PanelRule(PanelProtocols.Parallel) { Stopped = stopped, Cycles = 1 };
        if (!Quorum.IsMet(state))
            return Findings.NoQuorum(state, rule);
        var largest = agreement.Clusters[0];
        var synthesis = state.In(1, PanelPhases.Synthesize).SingleOrDefault();
        var answer = synthesis ?? state.Positions[largest.Representative];
        return new(
            PanelDecisions.Decided, answer.Said.Text, rule, largest.Seats,
                answer.Said.Stance ?? Findings.Opening(answer.Said.Text),
            [
                Findings.AgreementGround(state, agreement),
                synthesis is null
                    ? $"The chair said nothing: the answer is that of {state.Seat(largest.Representative).Name}, who stands for most."
                    : "The answer is the chair's synthesis of all positions; the chair has no vote.",
                .. Findings.EvidenceGround(state, largest.Seats),
            ]);
    }
}
