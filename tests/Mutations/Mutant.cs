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
    public string Change
    {
        get
        {
            var (one, other) = (Flat(Original), Flat(Replacement));
            var same = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
            return one.Length <= 80 ? $"{one} => {Named(other)}" : $"...{Clipped(one[same..])} => ...{Clipped(other[same..])}";
        }
    }

    private static string Named(string text) => text.Length == 0 ? "(nothing)" : Clipped(text);

    private static string Clipped(string text) => text.Length <= 100 ? text : text[..100] + "...";

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
