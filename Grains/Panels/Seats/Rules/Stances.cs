using System.Collections.Frozen;
using System.Collections.Immutable;
using Colloquy.Kernel;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>The position that quoted sentences amount to.</summary>
/// <remarks>
/// A stance is the sentence that holds the most distinct words of the question, of equals the first. Where the question can be
/// answered by yes or no, it is that, but only if one sentence holds nearly all words of the question and says it without a
/// condition: then <c>Yes</c> if both deny or neither does, else <c>No</c>.
/// </remarks>
internal static class Stances
{
    /// <summary>Share of the question's words that a sentence must hold to answer it by yes or no.</summary>
    private const double AnswersFrom = 0.8;

    private const int WordsMin = 3;
    private const int Characters = 200;

    private static readonly FrozenSet<string> _openings = FrozenSet.ToFrozenSet(
        ("is are was were do does did can could should must may might will would has have had am shall need").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> _conditions = FrozenSet.ToFrozenSet(
        ("if unless only except may might could can sometimes usually often generally where when depending provided some most certain "
        + "or whether however but").Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>The stance, or null where nothing is said.</summary>
    public static string? Of(string question, ImmutableArray<Statement> statements) =>
        Best(question, statements) is not { } best ? null : YesOrNo(question, best) ?? Clipped(best.Text);

    /// <summary>The sentence that answers most of the question, or null.</summary>
    public static Statement? Best(string question, ImmutableArray<Statement> statements)
    {
        var asked = Relevance.Asked(question);
        return statements.IsEmpty ? null : statements.MaxBy(one => one.Claim.Words.Count(asked.Contains)); // the first of equals
    }

    /// <summary>Whether yes or no would be an answer.</summary>
    public static bool CanBeYes(string question) =>
        _openings.Contains(question.TrimStart().Split([' ', ','], 2)[0]) && !question.Contains(" or ", StringComparison.OrdinalIgnoreCase);

    private static string? YesOrNo(string question, Statement best)
    {
        var asked = Relevance.Asked(question);
        if (!CanBeYes(question) || asked.Count < WordsMin || best.Claim.Words.Count(asked.Contains) < AnswersFrom * asked.Count
            || best.Text.Split([' ', ',', '.', ';', ':', '(', ')']).Any(_conditions.Contains))
            return null;
        return Claim.Of(question).Denies == best.Claim.Denies ? "Yes" : "No";
    }

    private static string Clipped(string text)
    {
        if (text.Length <= Characters)
            return text;
        var cut = Texts.First(text, Characters);
        var end = cut.LastIndexOf(' ');
        return $"{(end > 0 ? cut[..end] : cut)}\u2026";
    }
}
