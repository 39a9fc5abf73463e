using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Vote;

/// <summary>Everybody answers alone and unseen, then all vote once on the answers, without knowing whose they are; or on options
/// that the caller gave.</summary>
/// <remarks>Draft, unless there are options, then ballot. Drafts that all say the same are decided without one: there is nothing
/// to choose.</remarks>
internal sealed class VoteProtocol : IPanelProtocol
{
    public string Name => PanelProtocols.Vote;

    public PanelShape Shape { get; } = new(
        PanelLimits.SeatsMin, PanelLimits.SeatsMax, HasChair: false, SeatRoles.Chair, [SeatRoles.Member], Cycles: 1,
            Threshold: 0.5);

    public PanelMove Next(PanelState state) => state.Closed switch
    {
        [] => All(state, state.Charter!.Options.IsEmpty ? PanelPhases.Draft : PanelPhases.Ballot),
        [.., var last] when !Quorum.IsMet(state, last) => new PanelMove.Conclude(PanelStops.Quorum),
        [{ Phase: PanelPhases.Draft }] when VoteOptions.Of(state).Length == 1 => new PanelMove.Conclude(PanelStops.Agreed),
        [{ Phase: PanelPhases.Draft }] => All(state, PanelPhases.Ballot),
        _ => new PanelMove.Conclude(PanelStops.Decided),
    };

    public PanelFindings Conclude(PanelState state, string stopped) => VoteRule.Of(state, stopped);

    public SeatTask Task(PanelState state, PanelSeat seat) => VoteTasks.Of(state, seat);

    private static PanelMove.Open All(PanelState state, string phase) =>
        new(1, phase, [.. state.Members.Select(seat => seat.Id)]);
}
