using System.Globalization;

namespace Colloquy.FakeModel;

/// <summary>The model's language. A token is a word: that is the whole rule behind its usage counts.</summary>
internal static class Words
{
    public static int Count(string text) => text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>An answer to a message: its own words, again and again.</summary>
    public static string Answer(string message, int count)
    {
        var words = message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        var answer = words.Length == 0 ? Enumerable.Range(0, count).Select(n => $"tok{n}")
            : Enumerable.Range(0, count).Select(n => n switch { 0 => "You", 1 => "said:", _ => words[(n - 2) % words.Length] });
        return string.Join(' ', answer);
    }

    /// <summary>The text of a load stub: every chunk is known by its number.</summary>
    public static string Numbered(int count) => string.Concat(Enumerable.Range(0, count).Select(n => $"tok{n} "));

    /// <summary>The first words of a text.</summary>
    public static string Take(string text, int count) => string.Concat(Split(text).Take(count));

    /// <summary>Cuts a text into its words, each with the blanks that follow it: together they are the text.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var pieces = new List<string>();
        var from = 0;
        for (var at = 1; at < text.Length; at++)
        {
            if (char.IsWhiteSpace(text[at - 1]) && !char.IsWhiteSpace(text[at]) && !string.IsNullOrWhiteSpace(text[from..at]))
            {
                pieces.Add(text[from..at]);
                from = at;
            }
        }

        return text.Length == 0 ? [] : [.. pieces, text[from..]];
    }

    /// <summary>Cuts a text into a number of pieces, between words if there are enough, else between characters.</summary>
    public static IReadOnlyList<string> Split(string text, int pieces)
    {
        var atoms = Split(text);
        if (atoms.Count < pieces)
        {
            var starts = StringInfo.ParseCombiningCharacters(text);
            atoms = [.. starts.Select((start, n) => text[start..(n + 1 < starts.Length ? starts[n + 1] : text.Length)])];
        }

        var count = Math.Min(pieces, atoms.Count);
        return [.. Enumerable.Range(0, count).Select(n => string.Concat(
            atoms.Take((n + 1) * atoms.Count / count).Skip(n * atoms.Count / count)))];
    }
}
