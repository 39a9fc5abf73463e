using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Vote;

/// <summary>What voters are told: options, and never whose they are.</summary>
internal static class VoteTasks
{
    private const string Choose =
        "Vote. Judge each option by what it says and what it rests on, not by how sure it sounds or how long it is. Name the label of "
        + "the one that answers the question best, say how sure you are, and why.";

    private const string Rank =
        "Vote by ranking. Judge each option by what it says and what it rests on, not by how sure it sounds or how long it is. Name "
        + "the labels of all options, best first, say how sure you are, and why.";

    public static SeatTask Of(PanelState state, PanelSeat seat)
    {
        if (state.Round!.Phase == PanelPhases.Draft)
            return SeatTask.Of(Tasks.Draft);
        var options = VoteOptions.Of(state);
        return state.Charter!.Rule == VoteRules.Borda
            ? SeatTask.Of(Rank) with { Options = Eligible(seat, options) }
            : SeatTask.Of(Choose) with { Options = options };
    }

    private static ImmutableArray<PanelOption> Eligible(PanelSeat seat, ImmutableArray<PanelOption> options)
    {
        var labels = Ballots.Eligible(seat.Id, options);
        return options.RemoveAll(option => !labels.Contains(option.Label));
    }
}
