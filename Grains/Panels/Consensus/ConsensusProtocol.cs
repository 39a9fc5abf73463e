using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Consensus;

/// <summary>Everybody answers alone and unseen; then answers are criticised and revised until enough of the panel agree.</summary>
/// <remarks>Draft, then critique and revise, cycle by cycle. Once they agree a chair merges what they say. Where they do not, the
/// chair is not asked: a merged text would claim an agreement that there is not.</remarks>
internal sealed class ConsensusProtocol : IPanelProtocol
{
    public string Name => PanelProtocols.Consensus;

    public PanelShape Shape { get; } = new(
        PanelLimits.SeatsMin, PanelLimits.SeatsMax, HasChair: true, SeatRoles.Chair, [SeatRoles.Member], Cycles: 3,
            Threshold: 0.8);

    public PanelMove Next(PanelState state) => state.Closed switch
    {
        [] => All(state, 1, PanelPhases.Draft),
        [{ } drafts] when !Quorum.IsMet(state, drafts) => new PanelMove.Conclude(PanelStops.Quorum),
        [.., { Phase: PanelPhases.Synthesize }] => new PanelMove.Conclude(PanelStops.Agreed),
        [.., { Phase: PanelPhases.Critique } critiques] => All(state, critiques.Cycle, PanelPhases.Revise),
        [.., var last] when ConsensusRule.IsAgreed(state) => state.HasChair
            ? new PanelMove.Open(last.Cycle, PanelPhases.Synthesize, [PanelIds.Chair])
            : new PanelMove.Conclude(PanelStops.Agreed),
        [_] => All(state, 1, PanelPhases.Critique),
        [.., var last] when last.Cycle >= state.Charter!.Cycles => new PanelMove.Conclude(PanelStops.Cycles),
        [.., var last] => All(state, last.Cycle + 1, PanelPhases.Critique),
    };

    public PanelFindings Conclude(PanelState state, string stopped) => ConsensusRule.Of(state, stopped);

    public SeatTask Task(PanelState state, PanelSeat seat) => ConsensusTasks.Of(state, seat);

    private static PanelMove.Open All(PanelState state, int cycle, string phase) =>
        new(cycle, phase, [.. state.Members.Select(seat => seat.Id)]);
}
