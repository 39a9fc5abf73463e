namespace Colloquy.Knowledge;

/// <summary>A piece of a document small enough to stand in a prompt.</summary>
/// <param name="Heading">Headings above it, outermost first, joined by " > "; without the document's title.</param>
internal readonly record struct Chunk(TextSpan Span, string Heading);

/// <summary>Divides a document by its own structure: sections first, then paragraphs, then sentences.</summary>
/// <remarks>
/// Where a section is cut, the next chunk begins with the last whole sentences of the one before, so that a sentence is found
/// together with what introduces it. Retrieval takes the repetition out again: no sentence stands in two passages of one answer.
/// </remarks>
internal static class Chunks
{
    /// <summary>Characters of one chunk: about 300 tokens, so that eight fit any model's prompt.</summary>
    public const int CharactersMax = 1_200;

    /// <summary>Characters that a chunk repeats of the one before at most: a sentence or two.</summary>
    public const int OverlapMax = 150;

    /// <summary>The chunks of plain text, in which a line that begins with <c>#</c> is no heading.</summary>
    public static IReadOnlyList<Chunk> OfPlain(string text)
    {
        var chunks = new List<Chunk>();
        AddSection(text, new TextSpan(0, text.Length), [], chunks);
        return chunks;
    }

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
        var told = rest.Start; // the end of what stands in a chunk already
        while (rest.Length > 0)
        {
            var cut = rest.Length <= CharactersMax ? rest.End : CutOf(text, rest, told);
            var chunk = TextBlocks.Trimmed(text, new TextSpan(rest.Start, cut));
            chunks.Add(new Chunk(chunk, heading));
            var next = TextBlocks.Trimmed(text, new TextSpan(cut, rest.End));
            (told, rest) = (cut, next.Length == 0 ? next : next with { Start = OverlapStart(text, chunk, next.Start) });
        }
    }

    /// <summary>Where the sentences begin that the next chunk repeats, or <paramref name="otherwise"/>.</summary>
    private static int OverlapStart(string text, TextSpan chunk, int otherwise)
    {
        foreach (var sentence in Sentences.Of(chunk.In(text)))
        {
            var start = chunk.Start + sentence.Span.Start;
            if (start > chunk.Start && !sentence.IsHeading && chunk.End - start <= OverlapMax)
                return start;
        }

        return otherwise;
    }

    /// <summary>The last good place to cut within the limit: a paragraph's end, else a sentence's, else a blank.</summary>
    /// <param name="told">The chunk must reach beyond this, or it would only repeat.</param>
    private static int CutOf(string text, TextSpan rest, int told)
    {
        var limit = rest.Start + CharactersMax;
        var paragraph = text.LastIndexOf("\n\n", limit - 1, CharactersMax, StringComparison.Ordinal);
        // A paragraph's end close to the beginning would leave a crumb.
        if (paragraph > Math.Max(rest.Start, told) + (CharactersMax / 3))
            return paragraph;
        var within = text[rest.Start..limit];
        // The last sentence is left out: the limit may have cut it.
        var sentence = Sentences.Of(within).Select(one => rest.Start + one.Span.End).SkipLast(1).LastOrDefault();
        if (sentence > told)
            return sentence;
        var blank = rest.Start + within.LastIndexOf(' ');
        return blank > told ? blank : char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }

    private static bool IsFence(string text, TextSpan line)
    {
        var shown = TextBlocks.Trimmed(text, line);
        return shown.Length >= 3 && (text.AsSpan(shown.Start, 3) is "```" or "~~~");
    }
}
