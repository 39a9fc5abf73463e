namespace Colloquy.Kernel;

/// <summary>Cuts texts between characters: half a surrogate pair does not survive a journal, so no state may hold one.</summary>
internal static class Texts
{
    /// <summary>The beginning of a text, at most so many UTF-16 units.</summary>
    public static string First(string text, int most) =>
        text.Length <= most ? text : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>The end of a text, at most so many UTF-16 units.</summary>
    public static string Last(string text, int most)
    {
        var from = text.Length - most;
        return from <= 0 ? text : text[(from < text.Length && char.IsLowSurrogate(text[from]) ? from + 1 : from)..];
    }
}
