using System.Collections.Frozen;

namespace Colloquy.Knowledge;

/// <summary>Turns text into the words that search compares: runs of letters and digits, lower case, stemmed.</summary>
/// <remarks>
/// Chinese and Japanese are written without spaces; each of their characters is a word of its own. Combining marks belong to the
/// word they stand in.
/// </remarks>
internal static class Words
{
    /// <summary>Words too frequent in English to tell texts apart. Negations stay: they change what a text says.</summary>
    private static readonly FrozenSet<string> _stop = FrozenSet.ToFrozenSet(
        ("a about after all also am an and any are as at be because been before being between both but by can could "
        + "did do does doing during each few for from further had has have having he her here hers him his how i if in "
        + "into is it its just let may me might more most much must my of on once only or other our out over own please "
        + "s same shall she should so some several such t tell than that the their them then there these they this "
        + "those through to too under until up us very was we were what when where which while who whom why will with "
        + "would you your").Split(' '),
        StringComparer.Ordinal);

    /// <summary>The words that carry meaning, in order, with repeats.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        foreach (var span in Spans(text))
        {
            var word = span.In(text).ToLowerInvariant();
            if (!_stop.Contains(word))
                words.Add(PorterStem.Of(word));
        }

        return words;
    }

    /// <summary>The words as they stand in the text, stop words left out, each with its stem.</summary>
    public static IReadOnlyList<(string Stem, string Surface)> WithSurface(string text)
    {
        var words = new List<(string, string)>();
        foreach (var span in Spans(text))
        {
            var surface = span.In(text);
            var word = surface.ToLowerInvariant();
            if (!_stop.Contains(word))
                words.Add((PorterStem.Of(word), surface));
        }

        return words;
    }

    /// <summary>Whether a word, whatever its case, is too frequent to tell texts apart.</summary>
    public static bool IsFrequent(string word) => _stop.Contains(word.ToLowerInvariant());

    /// <summary>Where words stand, frequent ones too.</summary>
    public static IEnumerable<TextSpan> Spans(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var alone = i < text.Length && IsIdeograph(text[i]);
            var inside = i < text.Length && !alone && IsPart(text[i], start >= 0);
            if (inside && start < 0)
                start = i;
            if (!inside && start >= 0)
            {
                yield return new TextSpan(start, i);
                start = -1;
            }

            if (alone)
                yield return new TextSpan(i, i + 1);
        }
    }

    // Surrogates pass as letters: a word in a script beyond the basic plane is kept whole, an emoji becomes a harmless word.
    private static bool IsPart(char c, bool within) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || (within && char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark);

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff';
}
