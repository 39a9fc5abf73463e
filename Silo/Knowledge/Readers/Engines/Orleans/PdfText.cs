using System.Globalization;
using System.Text;

namespace Colloquy.Knowledge;

/// <summary>Makes text of the pieces that a PDF has of it.</summary>
internal static class PdfText
{
    /// <summary>Paragraphs divided by blank lines; with page numbers as headings, if there is more than one page.</summary>
    public static string Of(IEnumerable<IReadOnlyList<string>> pages, bool hasHeadings)
    {
        var text = new StringBuilder();
        var number = 0;
        foreach (var page in pages)
        {
            number++;
            var paragraphs = page.Where(paragraph => paragraph.Length > 0).ToList();
            if (paragraphs.Count == 0)
                continue;
            if (hasHeadings)
                text.Append(CultureInfo.InvariantCulture, $"## Page {number}\n\n");
            foreach (var paragraph in paragraphs)
            {
                if (hasHeadings && paragraph[0] == '#')
                    text.Append('\\'); // a number sign of the page is no heading
                text.Append(paragraph).Append("\n\n");
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Lines of a paragraph as one line. A word that was divided at a line's end becomes whole again.</summary>
    public static string Joined(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Select(Line).OfType<string>())
        {
            var isDivided = text.Length > 1 && text[^1] is '-' or '\u00AD' && char.IsLower(text[^2]) && char.IsLower(line[0]);
            if (isDivided)
                text.Length--;
            else if (text.Length > 0)
                text.Append(' ');
            text.Append(line);
        }

        return text.ToString();
    }

    /// <summary>Without control characters and half surrogate pairs, single blanks between words; null if nothing is
    /// left.</summary>
    public static string? Line(string? raw)
    {
        var text = new StringBuilder();
        foreach (var rune in (raw ?? "").EnumerateRunes()) // half a pair becomes U+FFFD
        {
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
                text.Append(rune);
            else if (text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
        }

        return text.ToString().TrimEnd() is { Length: > 0 } line ? line : null;
    }
}
