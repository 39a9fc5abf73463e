using System.Text;

namespace Colloquy.Knowledge.Citations;

/// <summary>A text as quotations are compared, with the place that every character of it came from.</summary>
/// <remarks>
/// What a faithful quotation may change does not count: white space is one blank, letters have no case, quotation marks of every
/// kind are straight ones, every dash is a hyphen, an ellipsis is three stops and a ligature (as PDF files have them) its letters.
/// Markdown's <c>*</c>, <c>_</c> and back quotes, soft hyphens and characters without width are left out. Words, digits,
/// punctuation and accents count: they are what a quotation may not change.
/// </remarks>
internal sealed class ComparedText
{
    private readonly string _text;
    private readonly List<int> _places;

    private ComparedText(string text, List<int> places) => (_text, _places) = (text, places);

    public bool IsEmpty => _text.Length == 0;

    public static ComparedText Of(string text)
    {
        var (compared, places) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var at = 0; at < text.Length; at++)
        {
            if (Letters(text[at]) is not { } letters)
                continue;
            // White space counts once, and not at the beginning.
            if (letters == " " && (compared.Length == 0 || compared[^1] == ' '))
                continue;
            foreach (var letter in letters)
            {
                compared.Append(letter);
                places.Add(at);
            }
        }

        var length = compared.Length > 0 && compared[^1] == ' ' ? compared.Length - 1 : compared.Length;
        return new ComparedText(compared.ToString(0, length), places);
    }

    /// <summary>Where in the original another text stands as whole words, nearest to a place in it; null if it does not.</summary>
    public TextSpan? Find(ComparedText sought, int near, int from = 0)
    {
        if (sought.IsEmpty)
            return null;
        TextSpan? best = null;
        for (var at = _text.IndexOf(sought._text, StringComparison.Ordinal); at >= 0;
            at = _text.IndexOf(sought._text, at + 1, StringComparison.Ordinal))
        {
            var end = at + sought._text.Length;
            var span = new TextSpan(_places[at], _places[end - 1] + 1);
            var isNearer = best is not { } known || Math.Abs(span.Start - near) < Math.Abs(known.Start - near);
            if (span.Start >= from && isNearer && IsEdge(at) && IsEdge(end))
                best = span;
        }

        return best;
    }

    private bool IsEdge(int at) =>
        at == 0 || at == _text.Length || !char.IsLetterOrDigit(_text[at - 1]) || !char.IsLetterOrDigit(_text[at]);

    /// <summary>What a character is compared as, or null if it does not count.</summary>
    private static string? Letters(char c) => c switch
    {
        '*' or '_' or '`' or '\u00ad' or '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' => null,
        '\u2018' or '\u2019' or '\u201a' or '\u201b' or '\u2032' or '\u00b4' or '\u2039' or '\u203a' => "'",
        '\u201c' or '\u201d' or '\u201e' or '\u201f' or '\u2033' or '\u00ab' or '\u00bb' => "\"",
        (>= '\u2010' and <= '\u2015') or '\u2212' or '\ufe58' or '\uff0d' => "-",
        '\u2026' => "...",
        '\ufb00' => "ff",
        '\ufb01' => "fi",
        '\ufb02' => "fl",
        '\ufb03' => "ffi",
        '\ufb04' => "ffl",
        '\ufb05' or '\ufb06' => "st",
        _ when char.IsWhiteSpace(c) => " ",
        _ => char.ToLowerInvariant(c).ToString(),
    };
}
