using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Adversarial;

/// <summary>What seats of an adversarial panel are told. Everybody sees what was said before, under roles and never names.</summary>
internal static class AdversarialTasks
{
    public const string Propose =
        "Propose the answer to the question. It will be challenged and then judged: say what it rests on, where it would be wrong, "
        + "and what would change your mind.";

    public const string Commit =
        "Answer the question by yourself, before you see what is proposed. It is what you will hold against the proposal.";

    public const string Challenge =
        "Challenge the proposal: the strongest grounds on which it is wrong, incomplete or unsupported, a line each, and what the "
        + "answer should be instead. Object to what it says and not to what it might have said. Say so if nothing is left to "
        + "object to.";

    public const string Rebut =
        "Answer the challenge. Concede what is right in it and mend the proposal, refute what is wrong with evidence, and end with "
        + "the proposal as it stands now, whole.";

    public const string Judge =
        "Judge by what was said, and by nothing that was not. Choose who prevails: the proposer, the challenger, or neither where the "
        + "arguments do not decide it. Give the reasons that decided, and what the losing side is still right about.";

    private static readonly ImmutableArray<PanelOption> _verdicts =
    [
        new(SeatRoles.Proposer, "The proposal stands, as its last rebuttal leaves it.", []),
        new(SeatRoles.Challenger, "The challenge prevails, with what it would have instead.", []),
        new(AdversarialRule.Neither, "The arguments do not decide it.", []),
    ];

    public static SeatTask Of(PanelState state, PanelSeat seat)
    {
        var said = Anonymity.ByRole(state, state.Closed.SelectMany(round => state.In(round.Round)), seat.Id);
        return state.Round!.Phase switch
        {
            PanelPhases.Propose => SeatTask.Of(seat.Role == SeatRoles.Proposer ? Propose : Commit),
            PanelPhases.Challenge => SeatTask.Of(Challenge) with { Entries = said },
            PanelPhases.Rebut => SeatTask.Of(Rebut) with { Entries = said },
            _ => SeatTask.Of(Judge) with { Entries = said, Options = _verdicts },
        };
    }
}
