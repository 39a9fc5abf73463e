using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Parallel;

/// <summary>What seats of a parallel panel are told.</summary>
internal static class ParallelTasks
{
    public static SeatTask Of(PanelState state, PanelSeat seat) => state.Round!.Phase == PanelPhases.Draft
        ? SeatTask.Of(Tasks.Draft)
        : SeatTask.Of(Tasks.Synthesize) with { Entries = Anonymity.Veiled(state, state.In(1, PanelPhases.Draft), seat.Id) };
}
