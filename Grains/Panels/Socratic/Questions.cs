using System.Collections.Frozen;
using System.Collections.Immutable;
using Colloquy.Kernel;

namespace Colloquy.Panels.Socratic;

/// <summary>Finds the questions in what somebody says. A questioner may only ask: the rest is not passed on.</summary>
/// <remarks>
/// A sentence ends with a line, or with a full stop, an exclamation mark or a question mark, also Chinese, Japanese and Arabic
/// ones, that a blank or the end follows; so a point in a number and a question mark in an address end none. A sentence is a
/// question if a question mark is among the marks that end it. What a question states in passing goes with it: it asks whether
/// that is so.
/// </remarks>
internal static class Questions
{
    private const string Ends = ".!?。！？؟";
    private const string Wide = "。！？"; // written without a blank after them
    private const string Asks = "?？؟";
    private const string Closes = "\"'”’»«)]*_";
    private static readonly char[] _bullets = ['-', '•', '#', '>', '*', '_', ' ', '\t'];
    private static readonly char[] _emphasis = ['*', '_'];

    /// <summary>Words whose full stop ends no sentence.</summary>
    private static readonly FrozenSet<string> _abbreviations =
        FrozenSet.ToFrozenSet(["dr", "prof", "e.g", "i.e", "vs", "cf"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The questions of a contribution's text and points, in order and once each.</summary>
    public static ImmutableArray<string> Of(Contribution said) =>
    [
        .. said.Points.Prepend(said.Text).SelectMany(Of).Distinct(StringComparer.OrdinalIgnoreCase).Take(PanelLimits.ListMax),
    ];

    private static IEnumerable<string> Of(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n')
            {
                start = at + 1;
                continue;
            }
            if (!Ends.Contains(text[at], StringComparison.Ordinal))
                continue;
            var end = at;
            while (end < text.Length && IsMark(text[end]))
                end++;
            var marks = text[at..end];
            at = end - 1;
            if (!EndsSentence(text, start, marks, end))
                continue;
            if (marks.AsSpan().ContainsAny(Asks) && Sentence(text[start..end]) is { Length: > 0 } question)
                yield return question;
            start = end;
        }
    }

    private static bool IsMark(char one) =>
        Ends.Contains(one, StringComparison.Ordinal) || Closes.Contains(one, StringComparison.Ordinal);

    private static bool EndsSentence(string text, int start, string marks, int end)
    {
        if (marks.AsSpan().ContainsAny(Wide))
            return true;
        if (end < text.Length && !char.IsWhiteSpace(text[end]))
            return false;
        if (marks != ".")
            return true;
        var before = text[start..(end - 1)];
        return !_abbreviations.Contains(before[(before.LastIndexOfAny([' ', '(', '"']) + 1)..]);
    }

    /// <summary>A sentence without a list's marks; empty where nothing is said in it.</summary>
    private static string Sentence(string text)
    {
        var bare = text.Trim().TrimStart(_bullets).TrimEnd(_emphasis);
        return bare.Any(char.IsLetterOrDigit) ? Texts.First(bare, PanelLimits.LineCharacters) : "";
    }
}
