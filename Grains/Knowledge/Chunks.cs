namespace Colloquy.Knowledge;

/// <summary>A piece of a document small enough to stand in a prompt.</summary>
/// <param name="Heading">Headings above it, outermost first, joined by " > "; without the document's title.</param>
internal readonly record struct Chunk(TextSpan Span, string Heading);

/// <summary>Divides a document by its own structure: sections first, then paragraphs, then sentences.</summary>
/// <remarks>
/// Chunks do not overlap: each carries its headings, and a sentence that stood in two chunks would be cited from both.
/// </remarks>
internal static class Chunks
{
    /// <summary>Characters of one chunk: about 300 tokens, so that eight fit any model's prompt.</summary>
    public const int CharactersMax = 1_200;

    public static IReadOnlyList<Chunk> Of(string text)
    {
        var chunks = new List<Chunk>();
        var path = new List<(int Level, string Text)>();
        var (start, fenced) = (0, false);
        foreach (var line in TextBlocks.Lines(text))
        {
            fenced ^= IsFence(text, line);
            var level = fenced ? 0 : TextBlocks.HeadingLevel(text, line);
            if (level == 0)
                continue;
            AddSection(text, new TextSpan(start, line.Start), path, chunks);
            start = line.End;
            path.RemoveAll(heading => heading.Level >= level);
            // The first line's heading is the title, which a passage carries by itself.
            if (line.Start > 0)
                path.Add((level, text[(line.Start + level)..line.End].Trim()));
        }

        AddSection(text, new TextSpan(start, text.Length), path, chunks);
        return chunks;
    }

    private static void AddSection(string text, TextSpan section, List<(int Level, string Text)> path, List<Chunk> chunks)
    {
        var rest = TextBlocks.Trimmed(text, section);
        var heading = string.Join(" > ", path.Select(one => one.Text));
        while (rest.Length > 0)
        {
            var cut = rest.Length <= CharactersMax ? rest.End : CutOf(text, rest);
            chunks.Add(new Chunk(TextBlocks.Trimmed(text, new TextSpan(rest.Start, cut)), heading));
            rest = TextBlocks.Trimmed(text, new TextSpan(cut, rest.End));
        }
    }

    /// <summary>The last good place to cut within the limit: a paragraph's end, else a sentence's, else a blank.</summary>
    private static int CutOf(string text, TextSpan rest)
    {
        var limit = rest.Start + CharactersMax;
        var paragraph = text.LastIndexOf("\n\n", limit - 1, CharactersMax, StringComparison.Ordinal);
        // A paragraph's end close to the beginning would leave a crumb.
        if (paragraph > rest.Start + (CharactersMax / 3))
            return paragraph;
        var within = text[rest.Start..limit];
        // The last sentence is left out: the limit may have cut it.
        var sentence = Sentences.Of(within).Select(one => one.Span.End).SkipLast(1).LastOrDefault();
        if (sentence > 0)
            return rest.Start + sentence;
        var blank = within.LastIndexOf(' ');
        return blank > 0 ? rest.Start + blank : char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }

    private static bool IsFence(string text, TextSpan line)
    {
        var shown = TextBlocks.Trimmed(text, line);
        return shown.Length >= 3 && (text.AsSpan(shown.Start, 3) is "```" or "~~~");
    }
}
