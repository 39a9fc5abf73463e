using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Socratic;

/// <summary>A claim is examined by questions until none is open.</summary>
/// <remarks>
/// The first member asks and has no position and no vote. All others are respondents: each commits a claim unseen, is put the same
/// questions, and is examined alone, so that no answer leans on another's. A cycle is a round of questions and one of answers; it
/// ends with the questioner content, or when the cycles are used up. An absent questioner costs the cycle, an absent respondent
/// leaves the questions open. Who claimed nothing is asked nothing.
/// </remarks>
internal sealed class SocraticProtocol : IPanelProtocol
{
    public string Name => PanelProtocols.Socratic;

    public PanelShape Shape { get; } = new(
        PanelLimits.SeatsMin, PanelLimits.SeatsMax, HasChair: false, SeatRoles.Chair, [SeatRoles.Questioner, SeatRoles.Respondent],
        Cycles: 3, Threshold: 0.5);

    public PanelMove Next(PanelState state)
    {
        if (state.Closed is not [.., var last])
            return new PanelMove.Open(1, PanelPhases.Draft, [.. SocraticRule.Respondents(state).Select(seat => seat.Id)]);
        return last.Phase switch
        {
            PanelPhases.Draft when !Quorum.IsMet(state, last) => new PanelMove.Conclude(PanelStops.Quorum),
            PanelPhases.Draft => Ask(1),
            PanelPhases.Question when last.Answered == 0 => Ask(last.Cycle + 1),
            PanelPhases.Question when SocraticRule.Open(state).IsEmpty => new PanelMove.Conclude(PanelStops.NoOpenQuestion),
            PanelPhases.Question => new PanelMove.Open(last.Cycle, PanelPhases.Answer, [.. state.Positions.Keys]),
            _ => Ask(last.Cycle + 1),
        };

        PanelMove Ask(int cycle) => cycle > state.Charter!.Cycles ? new PanelMove.Conclude(PanelStops.Cycles)
            : new PanelMove.Open(cycle, PanelPhases.Question, [SocraticRule.Questioner(state).Id]);
    }

    public PanelFindings Conclude(PanelState state, string stopped) => SocraticRule.Of(state, stopped);

    public SeatTask Task(PanelState state, PanelSeat seat) => SocraticTasks.Of(state, seat);
}
