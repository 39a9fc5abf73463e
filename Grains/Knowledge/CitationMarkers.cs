namespace Colloquy.Knowledge;

/// <summary>A citation marker in a text: <c>[1]</c>, <c>[1, 2]</c> or <c>[1-3]</c>.</summary>
/// <param name="Numbers">The numbers it names, in order, a range written out.</param>
internal sealed record CitationMarker(TextSpan Span, IReadOnlyList<int> Numbers);

/// <summary>Reads citation markers.</summary>
/// <remarks>
/// Not a marker: <c>[2021]</c> (numbers have three digits at most), a link <c>[1](...)</c> or <c>[1]: ...</c>, and whatever
/// stands between back quotes, where <c>a[1]</c> is code.
/// </remarks>
internal static class CitationMarkers
{
    /// <summary>A range of more numbers is no citation.</summary>
    private const int RangeMax = 20;

    public static IReadOnlyList<CitationMarker> Of(string text)
    {
        var markers = new List<CitationMarker>();
        var inCode = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '`')
            {
                var run = RunOf(text, i);
                // An opening run counts only if its twin follows: a stray back quote must not hide every marker after it.
                inCode = inCode == run ? 0 : inCode == 0 && HasTwin(text, i + run, run) ? run : inCode;
                i += run - 1;
            }
            else if (inCode == 0 && text[i] == '[' && Read(text, i, text.Length) is { } marker)
            {
                markers.Add(marker);
                i = marker.Span.End - 1;
            }
        }

        return markers;
    }

    /// <summary>The end of the marker that follows, white space allowed; without one, <paramref name="at"/>.</summary>
    public static int After(string text, int at, int limit)
    {
        var from = at;
        while (from < limit && char.IsWhiteSpace(text[from]))
            from++;
        return from < limit && text[from] == '[' && Read(text, from, limit) is { } marker ? marker.Span.End : at;
    }

    private static CitationMarker? Read(string text, int start, int limit)
    {
        var numbers = new List<int>();
        var (at, ranged) = (start + 1, false);
        while (true)
        {
            at = Blanks(text, at, limit);
            var digits = at;
            while (at < limit && char.IsAsciiDigit(text[at]))
                at++;
            if (at == digits || at - digits > 3)
                return null;
            var number = int.Parse(text.AsSpan(digits, at - digits), provider: null);
            if (!Add(numbers, number, ranged))
                return null;
            at = Blanks(text, at, limit);
            if (at >= limit)
                return null;
            var mark = text[at++];
            if (mark == ']')
                return at < text.Length && text[at] is '(' or ':' ? null : new CitationMarker(new TextSpan(start, at), numbers);
            ranged = mark is '-' or '\u2013';
            if (!ranged && mark is not (',' or ';'))
                return null;
        }
    }

    private static bool Add(List<int> numbers, int number, bool ranged)
    {
        var from = ranged ? numbers[^1] + 1 : number;
        if (number < from || number - from >= RangeMax)
            return false;
        for (var n = from; n <= number; n++)
            numbers.Add(n);
        return true;
    }

    private static int Blanks(string text, int at, int limit)
    {
        while (at < limit && text[at] == ' ')
            at++;
        return at;
    }

    private static int RunOf(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == '`')
            end++;
        return end - at;
    }

    private static bool HasTwin(string text, int from, int run)
    {
        for (var i = text.IndexOf('`', from); i >= 0 && i < text.Length; i = text.IndexOf('`', i))
        {
            var length = RunOf(text, i);
            if (length == run)
                return true;
            i += length;
            if (i >= text.Length)
                return false;
        }

        return false;
    }
}
