using System.Collections.Immutable;
using System.Text;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>A seat's position as quotations from its own knowledge.</summary>
/// <remarks>
/// At first: what the model quotes, its stance by <see cref="Stances"/>, an estimate from the sentence of the stance where the
/// question asks for a number. Later, when others have spoken: the seat takes over another's stance where its own sources carry
/// that stance (<see cref="Claim.CarriedBy"/> from <see cref="Support.SupportedFrom"/> on) and contradict its own; else it keeps
/// what it said and adds what nobody quoted.
/// </remarks>
internal static class Positions
{
    /// <summary>What a seat says that has nothing to quote.</summary>
    public const string Nothing = "The knowledge of this expert holds nothing that answers the question.";

    public static Contribution First(SeatBrief brief, SeatMaterial material, string quoted)
    {
        var statements = Statement.Of(quoted);
        if (statements.IsEmpty)
            return Own(material) ?? new Contribution(Nothing) { Confidence = 0 };
        return new Contribution(quoted)
        {
            Stance = Stances.Of(brief.Question, statements), Estimate = EstimateIn(brief.Question, statements),
        };
    }

    public static Contribution Next(SeatBrief brief, SeatMaterial material, string quoted)
    {
        var own = Own(material);
        var evidence = Statement.OfSources(material.OwnPassages);
        var held = own is null ? [] : Statement.Of(own.Text);
        var kept = held.RemoveAll(one => one.Sources.IsEmpty && one.ContradictedBy(evidence) is not null);
        var taken = material.Positions.SelectMany(entry => Statement.Of(entry.Said.Text))
            .Where(theirs => theirs.CarriedBy(evidence) >= Support.SupportedFrom && !Says(kept, theirs)).Take(TakenMost).ToImmutableArray();
        var added = Statement.Of(quoted).RemoveAll(one => Says(kept, one) || Says(taken, one)).Take(AddedMost).ToImmutableArray();
        ImmutableArray<Statement> all = [.. kept, .. taken, .. added];
        if (all.IsEmpty)
            return new Contribution(Nothing) { Confidence = 0 };
        var isKept = kept.Length == held.Length && own?.Stance is not null;
        return new Contribution(Text(kept, [.. taken, .. added]))
        {
            Stance = Adopted(brief, material, evidence, own) ?? (isKept ? own!.Stance : Stances.Of(brief.Question, all)),
            Estimate = own?.Estimate ?? EstimateIn(brief.Question, all),
        };
    }

    private const int TakenMost = 2;
    private const int AddedMost = 2;

    /// <summary>The number in the sentence that answers most of the question, or in the first that has one.</summary>
    public static double? EstimateIn(string question, ImmutableArray<Statement> statements)
    {
        if (!Numbers.IsAskedFor(question) || Stances.Best(question, statements) is not { } best)
            return null;
        return statements.Insert(0, best).Select(one => Numbers.In(one.Text)).FirstOrDefault(number => number is not null);
    }

    /// <summary>What the seat said last, if it did.</summary>
    private static Contribution? Own(SeatMaterial material) =>
        material.OwnEntries.Where(entry => PanelPhases.IsPosition(entry.Phase)).MaxBy(entry => entry.Round)?.Said;

    /// <summary>Another's stance that this seat's sources carry while they contradict its own; the first of equals.</summary>
    private static string? Adopted(
        SeatBrief brief, SeatMaterial material, ImmutableArray<Statement> evidence, Contribution? own)
    {
        if (own?.Stance is { } stance && Statement.Of(stance) is [var mine] && mine.ContradictedBy(evidence) is null)
            return null;
        var asked = Relevance.Asked(brief.Question);
        return material.Positions.Select(entry => entry.Said.Stance).OfType<string>()
            .FirstOrDefault(theirs => Statement.Of(theirs) is [var said, ..] && said.Claim.Words.Overlaps(asked)
                && said.CarriedBy(evidence) >= Support.SupportedFrom);
    }

    private static bool Says(ImmutableArray<Statement> said, Statement one) =>
        said.Any(other => string.Equals(other.Claim.Plain, one.Claim.Plain, StringComparison.OrdinalIgnoreCase));

    private static string Text(ImmutableArray<Statement> first, ImmutableArray<Statement> then)
    {
        var text = new StringBuilder().AppendJoin(' ', first.Select(one => one.Cited));
        if (text.Length > 0 && !then.IsEmpty)
            text.Append("\n\n");
        return text.AppendJoin(' ', then.Select(one => one.Cited)).ToString();
    }
}
