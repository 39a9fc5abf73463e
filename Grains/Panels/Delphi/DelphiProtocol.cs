using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Delphi;

/// <summary>Anonymous estimates in rounds, each told how the last ones lay and why, until they are stable.</summary>
/// <remarks>After Dalkey and Helmer, "An experimental application of the Delphi method" (1963). There is no chair: figures need
/// nobody to bring them together, and nobody can lean on them.</remarks>
internal sealed class DelphiProtocol : IPanelProtocol
{
    public string Name => PanelProtocols.Delphi;

    public PanelShape Shape { get; } = new(
        PanelLimits.SeatsMin, PanelLimits.SeatsMax, HasChair: false, SeatRoles.Chair, [SeatRoles.Member], Cycles: 3,
            Threshold: 0.8);

    public PanelMove Next(PanelState state) => state.Closed switch
    {
        [] => All(state, 1),
        [var first] when !Quorum.IsMet(state, first) => new PanelMove.Conclude(PanelStops.Quorum),
        _ when DelphiRule.IsStable(state) => new PanelMove.Conclude(PanelStops.Stable),
        [.., var last] when last.Cycle >= state.Charter!.Cycles => new PanelMove.Conclude(PanelStops.Cycles),
        [.., var last] => All(state, last.Cycle + 1),
    };

    public PanelFindings Conclude(PanelState state, string stopped) => DelphiRule.Of(state, stopped);

    public SeatTask Task(PanelState state, PanelSeat seat) => DelphiTasks.Of(state, seat);

    private static PanelMove.Open All(PanelState state, int cycle) =>
        new(cycle, PanelPhases.Estimate, [.. state.Members.Select(seat => seat.Id)]);
}
