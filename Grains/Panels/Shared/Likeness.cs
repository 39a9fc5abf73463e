using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Shared;

/// <summary>How alike two positions are.</summary>
/// <remarks>
/// <code>
/// likeness(a, b) = 1                          where both name a stance and the stances have the same words in the same order
///                = 0                          where both name a stance and one says yes, the other no, or they name other numbers
///                = cos(tf(a), tf(b))          else: of stemmed words of meaning in stance and answer, tf(n) = 1 + ln n
/// </code>
/// It compares words and not meanings: two ways of saying the same in other words are two positions. That errs towards showing
/// a disagreement that is none, which a reader can see, rather than hiding one, which nobody can.
/// </remarks>
internal static class Likeness
{
    public const string Method = "stance+words/1";

    public static double Of(Contribution one, Contribution other) => new Said(one).To(new Said(other));

    /// <summary>A position, prepared for many comparisons.</summary>
    internal sealed class Said(Contribution said)
    {
        private readonly string? _stance = Stance(said.Stance);
        private readonly bool? _says = Polarity(said.Stance);
        private readonly string? _numbers = Numbers(said.Stance);
        private readonly ImmutableSortedDictionary<string, double> _words = Words.Of($"{said.Stance} {said.Text}")
            .GroupBy(word => word, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(group => group.Key, group => 1 + Math.Log(group.Count()), StringComparer.Ordinal);

        private double Square => _words.Values.Sum(value => value * value);

        public double To(Said other)
        {
            if (_stance is not null && _stance == other._stance)
                return 1;
            if (_says is { } one && other._says is { } two && one != two)
                return 0;
            if (_numbers is { } mine && other._numbers is { } theirs && mine != theirs)
                return 0;
            var dot = _words.Sum(word => word.Value * other._words.GetValueOrDefault(word.Key));
            return dot == 0 ? 0 : Math.Min(1, dot / Math.Sqrt(Square * other.Square));
        }
    }

    /// <summary>The words of a stance, or where none of them has a meaning of its own, such as <c>for</c>, all of it.</summary>
    private static string? Stance(string? stance) =>
        string.IsNullOrWhiteSpace(stance) ? null
            : Words.Of(stance) is { Count: > 0 } words ? string.Join(' ', words) : stance.ToUpperInvariant();

    /// <summary>Whether a stance begins with a yes or a no.</summary>
    private static bool? Polarity(string? stance) => FirstWord(stance ?? "").ToUpperInvariant() switch
    {
        "YES" or "AGREE" or "APPROVE" or "ACCEPT" or "FOR" => true,
        "NO" or "NOT" or "DISAGREE" or "REJECT" or "AGAINST" => false,
        _ => null,
    };

    private static string FirstWord(string text) =>
        new([.. text.SkipWhile(letter => !char.IsLetter(letter)).TakeWhile(char.IsLetter)]);

    /// <summary>The digits of a stance: 5 mg and 50 mg are two positions, whatever else is said.</summary>
    private static string? Numbers(string? stance) =>
        Regex.Matches(stance ?? "", @"\d+([.,]\d+)*") is { Count: > 0 } found ? string.Join(' ', found.Select(one => one.Value))
            : null;
}
