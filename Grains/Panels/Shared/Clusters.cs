using System.Collections.Immutable;

namespace Colloquy.Panels.Shared;

/// <summary>Who agrees with whom: computed from what seats say, never asked of a model.</summary>
/// <remarks>
/// Positions are joined as long as two groups are alike on average (mean of <see cref="Likeness"/> over all pairs, at least
/// <see cref="AlikeFrom"/>): agglomerative clustering with average linkage, as Sokal and Michener describe it (1958). The most
/// alike are joined first, of equals those of the lowest seats. A group's share is the weight of its seats over the weight of
/// all.
/// </remarks>
internal static class Clusters
{
    /// <summary>Groups less alike than this are different positions.</summary>
    public const double AlikeFrom = 0.5;

    /// <summary>The groups of the last position of each member, by falling share.</summary>
    public static AgreementFigures Of(PanelState state) => Of(state, state.Positions.Values);

    /// <summary>The groups of some positions, one for each seat.</summary>
    public static AgreementFigures Of(PanelState state, IEnumerable<PanelEntry> positions)
    {
        var held = positions.Where(entry => entry.Seat != PanelIds.Chair)
            .OrderBy(entry => state.Charter!.Seats.FindIndex(entry.Seat)).ToArray();
        var alike = Matrix(held);
        var groups = Enumerable.Range(0, held.Length).Select(at => new List<int> { at }).ToList();
        while (Nearest(groups, alike) is { } pair)
        {
            groups[pair.One].AddRange(groups[pair.Other]);
            groups[pair.One].Sort();
            groups.RemoveAt(pair.Other);
        }
        var shares = Weights.Shares(state, held);
        var clusters = groups.Select(group => Cluster(held, group, alike, shares))
            .OrderByDescending(cluster => cluster.Share)
            .ToImmutableArray(); // of equals that of the lowest seat comes first: so do the groups
        return new(clusters.IsEmpty ? 0 : clusters[0].Share, clusters, Likeness.Method);
    }

    private static double[][] Matrix(PanelEntry[] held)
    {
        var said = Array.ConvertAll(held, entry => new Likeness.Said(entry.Said));
        return Array.ConvertAll(said, one => Array.ConvertAll(said, one.To));
    }

    private static (int One, int Other)? Nearest(List<List<int>> groups, double[][] alike)
    {
        (int, int)? nearest = null;
        var best = AlikeFrom;
        for (var one = 0; one < groups.Count; one++)
            for (var other = one + 1; other < groups.Count; other++)
            {
                var mean = groups[one].SelectMany(_ => groups[other], (a, b) => alike[a][b]).Average();
                if (mean > best || (nearest is null && mean >= best))
                    (best, nearest) = (mean, (one, other));
            }
        return nearest;
    }

    private static PositionCluster Cluster(
        PanelEntry[] held, List<int> group, double[][] alike, ImmutableSortedDictionary<string, double> shares)
    {
        // Whoever is most like the others stands for them; where all are, the weightiest.
        var representative = group.OrderByDescending(at => Math.Round(group.Sum(other => alike[at][other]), 9))
            .ThenByDescending(at => shares[held[at].Seat]).First();
        return new([.. group.Select(at => held[at].Seat)], held[representative].Seat,
            Math.Round(group.Sum(at => shares[held[at].Seat]), 6), held[representative].Said.Stance);
    }
}
