namespace Colloquy.Mutations;

/// <summary>One small change to one file.</summary>
/// <param name="File">From the root of the repository.</param>
/// <param name="Line">From 1.</param>
/// <param name="Start">Where the text that is replaced begins in the file.</param>
internal sealed record Mutant(string File, int Line, int Start, string Original, string Replacement, string Source)
{
    /// <summary>The file with the change in it.</summary>
    public string Apply(string text) => text[..Start] + Replacement + text[(Start + Original.Length)..];

    /// <summary>The change in one line, for people and for the list of equivalent ones: it names no line number, which moves.</summary>
    public string Change => $"{Flat(Original)} => {(Replacement.Trim().Length == 0 ? "(nothing)" : Flat(Replacement))}";

    private static string Flat(string text)
    {
        var flat = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return flat.Length <= 160 ? flat : flat[..160] + "...";
    }
}
