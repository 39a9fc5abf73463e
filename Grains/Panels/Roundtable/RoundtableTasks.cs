using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Roundtable;

/// <summary>What seats of a roundtable are told.</summary>
internal static class RoundtableTasks
{
    public const string Speak =
        "It is your turn to speak. You have before you every expert's draft and what has been said since. Build on it: take up what "
        + "is right and say whose it is, say what you hold to be wrong and why, add what nobody has said. End with your answer as it "
        + "stands now. Change it for a reason, and not because others see it otherwise.";

    public static SeatTask Of(PanelState state, PanelSeat seat) => state.Round!.Phase switch
    {
        PanelPhases.Draft => SeatTask.Of(Tasks.Draft),
        PanelPhases.Speak => Seeing(state, seat, Speak),
        _ => Seeing(state, seat, Tasks.Synthesize),
    };

    private static SeatTask Seeing(PanelState state, PanelSeat seat, string instructions) => SeatTask.Of(instructions) with
    {
        Entries = Anonymity.Named(state, state.Closed.SelectMany(round => state.In(round.Round)), seat.Id),
    };
}
