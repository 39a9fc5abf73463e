using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>Brings positions together by quoting them: what most say first, then what others say, each with who said it.</summary>
/// <remarks>Positions are of one group when they are alike to the group's first (<see cref="Likeness"/> from
/// <see cref="Clusters.AlikeFrom"/> on). A group is told by the sentences of its first position that answer most of the question.
/// The stance is that of a group with more than half of the positions; else there is none.</remarks>
internal static class Synthesis
{
    private const int SentencesOfMost = 4;
    private const int SentencesOfOthers = 2;

    public static Contribution Of(SeatBrief brief, SeatMaterial material)
    {
        var groups = new List<List<BriefEntry>>();
        foreach (var entry in material.Positions.Where(entry => entry.Said.Text != Positions.Nothing))
            if (groups.Find(group => Likeness.Of(group[0].Said, entry.Said) >= Clusters.AlikeFrom) is { } same)
                same.Add(entry);
            else
                groups.Add([entry]);
        groups = [.. groups.OrderByDescending(group => group.Count)]; // the order is stable
        var all = material.Positions.Length;
        var text = new StringBuilder(SeatRules.Notice);
        for (var at = 0; at < groups.Count; at++)
            text.Append("\n\n").Append(Opening(groups[at], all)).Append(' ').AppendJoin(' ',
                Sentences(brief.Question, groups[at][0], at == 0 ? SentencesOfMost : SentencesOfOthers));
        if (groups.Sum(group => group.Count) is var telling && telling < all)
            text.Append("\n\n").Append(CultureInfo.InvariantCulture,
                $"{all - telling} of {all} experts have nothing in their knowledge that answers the question.");
        return new Contribution(text.ToString())
        {
            Stance = groups is [var most, ..] && 2 * most.Count > all ? most[0].Said.Stance : null,
        };
    }

    private static string Opening(List<BriefEntry> group, int all)
    {
        var names = string.Join(", ", group.Select(entry => entry.Speaker));
        return group.Count > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{group.Count} of {all} experts say the same ({names}):") : $"{names} says:";
    }

    /// <summary>Those that hold the most words of the question, in the order in which they were said.</summary>
    private static IEnumerable<string> Sentences(string question, BriefEntry entry, int most)
    {
        var asked = Knowledge.Relevance.Asked(question);
        var statements = Statement.Of(entry.Said.Text);
        return statements.Select((one, at) => (one, at)).OrderByDescending(pair => pair.one.Claim.Words.Count(asked.Contains)).Take(most)
            .OrderBy(pair => pair.at).Select(pair => pair.one.Cited);
    }
}
