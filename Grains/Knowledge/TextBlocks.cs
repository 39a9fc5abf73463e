namespace Colloquy.Knowledge;

/// <summary>
/// The blocks of plain text or Markdown: paragraphs, list items, headings, lines of tables and code. A block leaves out the
/// marks that introduce it (<c>#</c>, <c>-</c>, <c>1.</c>, <c>></c>) and white space around it.
/// </summary>
internal static class TextBlocks
{
    /// <summary>Blocks in order; prose is what consists of sentences.</summary>
    public static IReadOnlyList<(TextSpan Block, bool IsProse)> Of(string text)
    {
        var blocks = new List<(TextSpan, bool)>();
        var (start, end) = (-1, -1);
        var fenced = false;
        foreach (var line in Lines(text))
        {
            var shown = Trimmed(text, line);
            var isFence = Starts(text, shown, "```") || Starts(text, shown, "~~~");
            var alone = fenced || isFence || IsHeading(text, shown) || Starts(text, shown, "|");
            var content = alone ? AfterHash(text, shown) : AfterMark(text, shown);
            if (start >= 0 && (alone || shown.Length == 0 || content.Start > shown.Start))
            {
                blocks.Add((new TextSpan(start, end), true));
                start = -1;
            }

            if (isFence)
                fenced = !fenced;
            else if (alone && content.Length > 0)
                blocks.Add((content, false));
            else if (content.Length > 0)
                (start, end) = (start < 0 ? content.Start : start, content.End);
        }

        if (start >= 0)
            blocks.Add((new TextSpan(start, end), true));
        return blocks;
    }

    /// <summary>Lines without their ends; a line may be empty.</summary>
    public static IEnumerable<TextSpan> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            yield return new TextSpan(start, end);
            start = end + 1;
        }
    }

    /// <summary>The level of a Markdown heading, 1 to 6, or 0.</summary>
    public static int HeadingLevel(string text, TextSpan line)
    {
        var level = 0;
        while (level < line.Length && level < 7 && text[line.Start + level] == '#')
            level++;
        return level is > 0 and < 7 && line.Length > level && text[line.Start + level] == ' ' ? level : 0;
    }

    public static TextSpan Trimmed(string text, TextSpan span)
    {
        var (start, end) = span;
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return new TextSpan(start, end);
    }

    private static bool IsHeading(string text, TextSpan line) => HeadingLevel(text, line) > 0;

    private static TextSpan AfterHash(string text, TextSpan line) =>
        Trimmed(text, new TextSpan(line.Start + HeadingLevel(text, line), line.End));

    private static TextSpan AfterMark(string text, TextSpan line)
    {
        var at = line.Start;
        if (at < line.End && text[at] is '-' or '*' or '+' or '>' or '\u2022')
            at++;
        else
            at = AfterNumber(text, line);
        return at > line.Start && at < line.End && text[at] == ' ' ? Trimmed(text, new TextSpan(at, line.End)) : line;
    }

    // Three digits at most: a line that begins with a year and a full stop is prose.
    private static int AfterNumber(string text, TextSpan line)
    {
        var at = line.Start;
        while (at < line.End && at - line.Start < 3 && char.IsAsciiDigit(text[at]))
            at++;
        return at > line.Start && at < line.End && text[at] is '.' or ')' ? at + 1 : line.Start;
    }

    private static bool Starts(string text, TextSpan line, string with) =>
        line.Length >= with.Length && string.CompareOrdinal(text, line.Start, with, 0, with.Length) == 0;
}
