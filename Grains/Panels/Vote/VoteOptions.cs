using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Vote;

/// <summary>What there is to vote for: the caller's options, or the groups of like drafts, each in the words of whoever stands
/// for it.</summary>
internal static class VoteOptions
{
    private const int Salt = 2;

    /// <summary>In the order of their labels, which the seed draws: it tells nothing of authors or of who came first.</summary>
    public static ImmutableArray<PanelOption> Of(PanelState state)
    {
        var options = state.Charter!.Options.IsEmpty ? Drafted(state)
            : state.Charter.Options.Distinct(StringComparer.Ordinal).Select(text => new PanelOption("", text, []));
        return
        [
            .. SeededOrder.Shuffle(state.Charter.Seed, Salt, options)
                .Select((option, at) => option with { Label = Anonymity.Letter(at) }),
        ];
    }

    private static IEnumerable<PanelOption> Drafted(PanelState state) => Clusters.Of(state).Clusters
        .Select(cluster => new PanelOption("", state.Positions[cluster.Representative].Said.Text, cluster.Seats));
}
