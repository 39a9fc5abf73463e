using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Delphi;

/// <summary>What seats of a Delphi panel are told: figures and reasons, and nobody's name.</summary>
internal static class DelphiTasks
{
    private const string Estimate =
        "Judge the question by yourself. Where it asks for a number, give one number, in the unit that the question names or that you "
        + "name; else your position in a few words. Give your reasons, and what would change your mind. Nobody learns who you are.";

    private const string Again =
        "This is how the panel judged last, with everybody's reasons. Judge again: move if a reason convinces you, and not because "
        + "others stand elsewhere. If you stay outside the middle, say what the others miss.";

    public static SeatTask Of(PanelState state, PanelSeat seat)
    {
        if (state.Closed.IsEmpty)
            return SeatTask.Of(Estimate);
        var groups = DelphiGroups.Until(state, state.Closed[^1].Round);
        return SeatTask.Of(Again) with
        {
            Digest = Digest(groups),
            Entries = [.. Anonymity.Veiled(state, groups.Held, seat.Id)
                .OrderBy(entry => groups.Numbers is null ? 0 : entry.Said.Estimate ?? double.MaxValue)],
        };
    }

    private static string Digest(DelphiGroups groups) => groups.Numbers is { } numbers
        ? DelphiRule.Summary(numbers)
        : string.Create(CultureInfo.InvariantCulture,
            $"{groups.Held.Length} positions in {groups.Agreement.Clusters.Length} groups; the largest has {groups.Agreement.Share:P0}.");
}
