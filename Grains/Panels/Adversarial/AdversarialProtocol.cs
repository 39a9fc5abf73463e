using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Adversarial;

/// <summary>A proposal, its challenges and rebuttals, and a judge who knows the two by their roles alone.</summary>
/// <remarks>
/// Exactly two contend. Both commit an answer unseen: the proposer's is the proposal, the challenger's is what it holds before it
/// has read one. An exchange is a challenge, and from the second on a rebuttal before it; the judge is asked after the last, or as
/// soon as either has nothing more to say. Nothing is judged without a proposal; without a challenger the proposal is judged alone.
/// </remarks>
internal sealed class AdversarialProtocol : IPanelProtocol
{
    public string Name => PanelProtocols.Adversarial;

    public PanelShape Shape { get; } = new(
        MembersMin: 2, MembersMax: 2, HasChair: true, SeatRoles.Judge, [SeatRoles.Proposer, SeatRoles.Challenger], Cycles: 2,
        Threshold: 0.5);

    public PanelMove Next(PanelState state)
    {
        if (state.Closed is not [.., var last])
            return new PanelMove.Open(1, PanelPhases.Propose, [.. state.Members.Select(seat => seat.Id)]);
        return last.Phase switch
        {
            PanelPhases.Propose when AdversarialRule.Last(state, SeatRoles.Proposer) is null => new PanelMove.Conclude(PanelStops.Quorum),
            PanelPhases.Propose => Ask(last.Cycle, PanelPhases.Challenge, SeatRoles.Challenger),
            PanelPhases.Challenge when last.Cycle < state.Charter!.Cycles && IsPressed(last) =>
                Ask(last.Cycle + 1, PanelPhases.Rebut, SeatRoles.Proposer),
            PanelPhases.Rebut when last.Answered > 0 => Ask(last.Cycle, PanelPhases.Challenge, SeatRoles.Challenger),
            PanelPhases.Judge => new PanelMove.Conclude(
                AdversarialRule.Verdict(state) is SeatRoles.Proposer or SeatRoles.Challenger ? PanelStops.Decided : PanelStops.Cycles),
            _ => new PanelMove.Open(last.Cycle, PanelPhases.Judge, [PanelIds.Chair]),
        };

        PanelMove Ask(int cycle, string phase, string role) => new PanelMove.Open(cycle, phase, [AdversarialRule.Seat(state, role).Id]);

        // Whether there is something to rebut: silence and consent leave nothing.
        bool IsPressed(PanelMoment challenge) => state.In(challenge.Round).Any(entry => entry.Said.IsContent is not true);
    }

    public PanelFindings Conclude(PanelState state, string stopped) => AdversarialRule.Of(state, stopped);

    public SeatTask Task(PanelState state, PanelSeat seat) => AdversarialTasks.Of(state, seat);
}
