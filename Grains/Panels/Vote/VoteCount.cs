using System.Collections.Immutable;
using Colloquy.Kernel;

namespace Colloquy.Panels.Vote;

/// <summary>The numbers of a vote; <see cref="VoteRule"/> says where they come from. They are rounded here: sums of fractions differ
/// in their last digits by the order of adding, and such a difference must decide nothing.</summary>
internal static class VoteCount
{
    public static ImmutableArray<OptionTally> Tallies(ImmutableArray<PanelOption> options, ImmutableArray<Ballot> ballots) =>
    [
        .. from option in options
           let votes = ballots.Where(ballot => ballot.Choice == option.Label).ToArray()
           let points = ballots.Where(ballot => ballot.Eligible.Contains(option.Label)).Select(ballot =>
               Points(option.Label, ballot)).ToArray()
           select new OptionTally(
               option.Label, Texts.First(option.Text, PanelLimits.ShownCharacters), option.Authors, votes.Length,
               Math.Round(votes.Sum(ballot => ballot.Weight), 6), Math.Round(points.DefaultIfEmpty(0).Average(), 6), points.Length,
                   [.. votes.Select(ballot => ballot.Entry.Seat)]),
    ];

    /// <summary>1 for the first place, 0 for the last, and for what is left out the mean of the places that are left.</summary>
    private static double Points(string label, Ballot ballot)
    {
        var (options, ranked, at) = (ballot.Eligible.Length, ballot.Ranking.Length, ballot.Ranking.IndexOf(label));
        var below = at >= 0 ? options - 1 - at : (options - 1 - ranked) / 2.0;
        return options > 1 ? below / (options - 1) : 1;
    }
}
