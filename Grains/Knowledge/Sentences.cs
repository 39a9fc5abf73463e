using System.Collections.Frozen;

namespace Colloquy.Knowledge;

/// <summary>A sentence of a text, without the Markdown that introduces it.</summary>
/// <param name="IsHeading">A heading, a line of a table or of code: it names or shows something and states nothing.</param>
internal readonly record struct Sentence(TextSpan Span, bool IsHeading);

/// <summary>Cuts plain text or Markdown into sentences with their places.</summary>
internal static class Sentences
{
    private static readonly FrozenSet<string> _abbreviations = FrozenSet.ToFrozenSet(
        ["e.g", "i.e", "cf", "vs", "approx", "dr", "mr", "mrs", "ms", "prof", "jr", "sr", "u.s", "u.k"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that are abbreviations before a number only: "No. 536", but "The answer is no."</summary>
    private static readonly FrozenSet<string> _beforeNumbers = FrozenSet.ToFrozenSet(
        ["no", "nos", "art", "arts", "fig", "figs", "sec", "ch", "vol", "p", "pp", "par", "ca", "st"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Sentences in order. Together they hold every letter of the text outside Markdown's own marks.</summary>
    public static IReadOnlyList<Sentence> Of(string text)
    {
        var found = new List<Sentence>();
        foreach (var (block, isProse) in TextBlocks.Of(text))
        {
            if (isProse)
                AddProse(text, block, found);
            else
                found.Add(new Sentence(block, IsHeading: true));
        }

        return found;
    }

    private static void AddProse(string text, TextSpan block, List<Sentence> found)
    {
        var start = block.Start;
        for (var i = block.Start; i < block.End; i++)
        {
            var end = EndAfter(text, i, block.End);
            if (end < 0 || !Ends(text, start, i, end, block.End))
                continue;
            found.Add(new Sentence(new TextSpan(start, end), IsHeading: false));
            start = end;
            while (start < block.End && char.IsWhiteSpace(text[start]))
                start++;
            i = start - 1;
        }

        if (start < block.End)
            found.Add(new Sentence(new TextSpan(start, block.End), IsHeading: false));
    }

    /// <summary>Where a sentence ends that stops at <paramref name="at"/>, or -1: citations belong to it.</summary>
    private static int EndAfter(string text, int at, int limit)
    {
        if (text[at] is not ('.' or '!' or '?' or '\u2026' or '\u3002' or '\uff01' or '\uff1f'))
            return -1;
        var end = at + 1;
        while (end < limit && text[end] is '.' or '!' or '?')
            end++;
        while (end < limit && text[end] is '"' or '\'' or '\u201d' or '\u2019' or ')' or '*' or '_' or '`')
            end++;
        for (var mark = CitationMarkers.After(text, end, limit); mark > end; mark = CitationMarkers.After(text, end, limit))
            end = mark;
        return end;
    }

    private static bool Ends(string text, int start, int stop, int end, int limit)
    {
        if (text[stop] is '\u3002' or '\uff01' or '\uff1f' || end >= limit)
            return true;
        if (!char.IsWhiteSpace(text[end]))
            return false;
        var next = end;
        while (next < limit && char.IsWhiteSpace(text[next]))
            next++;
        if (next < limit && char.IsLower(text[next]))
            return false;
        // Nobody cites in the middle of a name.
        return text[stop] != '.' || text[end - 1] == ']' || !IsAbbreviation(text, start, stop, next);
    }

    // A single capital is an initial ("J. Smith") and goes on, unless a frequent word follows: "factors IX and X. The effect".
    private static bool IsAbbreviation(string text, int start, int stop, int next)
    {
        var from = stop;
        while (from > start && (char.IsLetter(text[from - 1]) || text[from - 1] == '.'))
            from--;
        var word = text[from..stop];
        if (word.Length != 1 || !char.IsUpper(word[0]))
            return _abbreviations.Contains(word) || (_beforeNumbers.Contains(word) && char.IsDigit(text[next]));
        var end = next;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return !Words.IsFrequent(text[next..end]);
    }
}
