using System.Collections.Immutable;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>What a seat's own passages hold against the positions of others.</summary>
/// <remarks>An objection is a sentence of a position that one of the seat's own passages contradicts by words: it speaks of the same
/// things, and denies where the other does not, or has another number (<see cref="Agreement"/>); or a position of which no
/// sentence cites a source. Two rules for two cases look like a contradiction: a reader sees both sentences and can tell.</remarks>
internal static class Objections
{
    private const int PerPosition = 3;

    public static Contribution Critique(SeatMaterial material)
    {
        var points = Against(material);
        return new Contribution(Lines(points, "Nothing that this expert can look up speaks against these positions."))
        {
            Points = points, IsContent = points.IsEmpty,
        };
    }

    /// <summary>The same against a proposal, with what it leaves out of the question; and what the seat itself would answer.</summary>
    public static Contribution Challenge(SeatBrief brief, SeatMaterial material, string quoted)
    {
        var statements = Statement.Of(quoted);
        var points = Against(material).AddRange(material.Positions.SelectMany(entry => OpenQuestions.Uncovered(brief.Question, entry)));
        var text = Lines(points, "Nothing that this expert can look up speaks against the proposal.");
        return new Contribution(statements.IsEmpty ? text : $"{text}\n\n{quoted}")
        {
            Points = points, IsContent = points.IsEmpty, Stance = Stances.Of(brief.Question, statements),
        };
    }

    private static ImmutableArray<string> Against(SeatMaterial material)
    {
        var evidence = Statement.OfSources(material.OwnPassages);
        return [.. material.Positions.SelectMany(entry => Against(entry, evidence, material))];
    }

    private static IEnumerable<string> Against(BriefEntry entry, ImmutableArray<Statement> evidence, SeatMaterial material)
    {
        var statements = Statement.Of(entry.Said.Text);
        foreach (var one in statements.Select(one => (Said: one, Against: one.ContradictedBy(evidence)))
            .Where(one => one.Against is not null).Take(PerPosition))
            yield return $"{entry.Speaker} says: \"{one.Said.Text}\" But {material.Sources[one.Against!.Sources[0] - 1].Title} says: "
                + $"\"{one.Against.Text}\" [{one.Against.Sources[0]}]";
        if (!statements.IsEmpty && statements.All(one => one.Sources.IsEmpty))
            yield return $"{entry.Speaker} cites no source.";
    }

    public static string Lines(ImmutableArray<string> points, string none) =>
        $"{SeatRules.Notice}\n\n{(points.IsEmpty ? none : string.Join('\n', points.Select(point => $"- {point}")))}";
}
