using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Parallel;

/// <summary>Everybody answers alone and unseen; then a chair who has no voice brings the answers together.</summary>
/// <remarks>Draft, then synthesize. Where the chair says nothing, the position that stands for most of the panel is the
/// answer.</remarks>
internal sealed class ParallelProtocol : IPanelProtocol
{
    public string Name => PanelProtocols.Parallel;

    public PanelShape Shape { get; } = new(
        PanelLimits.SeatsMin, PanelLimits.SeatsMax, HasChair: true, SeatRoles.Chair, [SeatRoles.Member], Cycles: 1,
            Threshold: 0.5);

    public PanelMove Next(PanelState state) => state.Closed switch
    {
        [] => new PanelMove.Open(1, PanelPhases.Draft, [.. state.Members.Select(seat => seat.Id)]),
        [var drafts] when !Quorum.IsMet(state, drafts) => new PanelMove.Conclude(PanelStops.Quorum),
        [_] => new PanelMove.Open(1, PanelPhases.Synthesize, [PanelIds.Chair]),
        _ => new PanelMove.Conclude(PanelStops.Decided),
    };

    public PanelFindings Conclude(PanelState state, string stopped) => ParallelRule.Of(state, stopped);

    public SeatTask Task(PanelState state, PanelSeat seat) => ParallelTasks.Of(state, seat);
}
