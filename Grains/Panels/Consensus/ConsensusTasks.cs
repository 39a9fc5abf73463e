using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Consensus;

/// <summary>What seats of a consensus panel are told: letters in place of names, the same ones throughout.</summary>
internal static class ConsensusTasks
{
    private const string Critique =
        "These are the positions of the other experts. Say what you object to in them, one objection a line, each with the letter of "
        + "the expert whom it is about and what it rests on. Do not object for the sake of it: where nothing is left to object to, say "
        + "that you are content and give no objection.";

    private const string Revise =
        "These are all positions and what was objected to them. Answer the question again: take over what convinces you, and keep what "
        + "was not refuted. That many say something is no reason. If you keep your position, say it again.";

    private const string Merge =
        "The panel agrees. Merge the positions into one answer to the question, in the words of the experts; then name the objections "
        + "that are left. Say nothing that none of them said.";

    public static SeatTask Of(PanelState state, PanelSeat seat)
    {
        var positions = state.Positions.Values;
        return state.Round!.Phase switch
        {
            PanelPhases.Draft => SeatTask.Of(Tasks.Draft),
            PanelPhases.Critique => SeatTask.Of(As(state, seat, Critique)) with
            {
                Entries = Anonymity.Veiled(state, positions.Where(entry => entry.Seat != seat.Id), seat.Id),
            },
            PanelPhases.Revise => SeatTask.Of(As(state, seat, Revise)) with
            {
                Entries = Anonymity.Veiled(state, positions.Concat(state.In(state.Round.Cycle, PanelPhases.Critique)), seat.Id),
            },
            _ => SeatTask.Of(Merge) with
            {
                Entries = Anonymity.Veiled(state, positions.Concat(ConsensusRule.LastCritiques(state)), seat.Id),
            },
        };
    }

    // Critiques name experts by letter, so each must know its own.
    private static string As(PanelState state, PanelSeat seat, string task) =>
        $"You are Expert {Anonymity.Letters(state)[seat.Id]}. {task}";
}
