using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Roundtable;

/// <summary>Everybody commits a draft unseen; then one speaks after the other, each building on all before; a chair sums up.</summary>
/// <remarks>
/// Only who has committed a draft speaks: nobody's first word is a word on others'. Who is absent when it is their turn is passed
/// over, and is asked again in the next cycle. The order is drawn anew for each cycle, since first and last are better heard.
/// Speakers know each other's names.
/// </remarks>
internal sealed class RoundtableProtocol : IPanelProtocol
{
    public string Name => PanelProtocols.Roundtable;

    public PanelShape Shape { get; } = new(
        PanelLimits.SeatsMin, PanelLimits.SeatsMax, HasChair: true, SeatRoles.Chair, [SeatRoles.Member], Cycles: 1, Threshold: 0.5);

    public PanelMove Next(PanelState state) => state.Closed switch
    {
        [] => new PanelMove.Open(1, PanelPhases.Draft, [.. state.Members.Select(seat => seat.Id)]),
        [var drafts] when !Quorum.IsMet(state, drafts) => new PanelMove.Conclude(PanelStops.Quorum),
        [.., var last] when last.Phase == PanelPhases.Synthesize => new PanelMove.Conclude(PanelStops.Decided),
        [_, .. var turns] => Turn(state, turns.Length),
    };

    public PanelFindings Conclude(PanelState state, string stopped) => RoundtableRule.Of(state, stopped);

    public SeatTask Task(PanelState state, PanelSeat seat) => RoundtableTasks.Of(state, seat);

    private static PanelMove.Open Turn(PanelState state, int taken)
    {
        var speakers = state.In(1, PanelPhases.Draft).Select(entry => entry.Seat).ToArray();
        var cycles = state.Charter!.Cycles;
        var cycle = (taken / speakers.Length) + 1;
        return cycle > cycles ? new PanelMove.Open(cycles, PanelPhases.Synthesize, [PanelIds.Chair])
            : new PanelMove.Open(cycle, PanelPhases.Speak,
                [RoundtableRule.Order(state.Charter.Seed, cycle, speakers)[taken % speakers.Length]]);
    }
}
