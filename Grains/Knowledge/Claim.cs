using System.Collections.Immutable;
using System.Text;

namespace Colloquy.Knowledge;

/// <summary>What a sentence says, as far as words show it.</summary>
/// <param name="Plain">The sentence without Markdown, its white space single, its closing stop left out.</param>
/// <param name="Words">Its distinct words of meaning.</param>
/// <param name="Denies">Whether it holds a negation.</param>
internal sealed record Claim(string Plain, ImmutableSortedSet<string> Words, bool Denies)
{
    /// <summary>A claim of fewer words of meaning is too short to be told by its words.</summary>
    private const int WordsMin = 3;

    private static readonly ImmutableSortedSet<string> _negations =
        ["no", "not", "never", "without", "none", "nor", "neither", "cannot"];

    public static Claim Of(string sentence)
    {
        var plain = PlainOf(sentence);
        var words = Knowledge.Words.Of(plain).ToImmutableSortedSet(StringComparer.Ordinal);
        var denies = words.Overlaps(_negations) || plain.Contains("n't", StringComparison.OrdinalIgnoreCase)
            || plain.Contains("n\u2019t", StringComparison.OrdinalIgnoreCase);
        return new Claim(plain, words, denies);
    }

    /// <summary>
    /// 1 when a source says the very same; else the share of this claim's words that the source holds. It stays under the limit
    /// of full support when a number of the claim is missing in the source, when one denies and the other does not, or when the
    /// claim has too few words to tell.
    /// </summary>
    public double CarriedBy(Claim source)
    {
        if (Plain.Length > 0 && string.Equals(Plain, source.Plain, StringComparison.Ordinal))
            return 1;
        if (Words.IsEmpty)
            return 0;
        var share = (double)Words.Count(source.Words.Contains) / Words.Count;
        var doubtful = Words.Count < WordsMin || Denies != source.Denies
            || Words.Any(word => char.IsAsciiDigit(word[0]) && !source.Words.Contains(word));
        // Just under 1 for a full match in other words, so that the same sentence always wins.
        return doubtful ? Math.Min(share, Support.SupportedFrom - 0.01) : Math.Min(share, 0.999);
    }

    private static string PlainOf(string sentence)
    {
        var plain = new StringBuilder(sentence.Length);
        foreach (var c in sentence)
        {
            if (c is '*' or '_' or '`')
                continue;
            if (!char.IsWhiteSpace(c))
                plain.Append(c);
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }

        return plain.ToString().TrimEnd(' ', '.', '!', '?', ':', ';').TrimStart();
    }
}
