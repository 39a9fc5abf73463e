namespace Colloquy.Panels.Shared;

/// <summary>Which of some labels was chosen.</summary>
internal static class Labels
{
    private static readonly char[] _around = [' ', '\t', '\n', '\r', '.', ',', ':', ';', '!', '"', '\'', '*', '`', '(', ')', '[', ']'];

    /// <summary>The label that a choice is, whatever its case and what stands around it, or null.</summary>
    /// <remarks>Nothing else is read as one: "not the proposer" names a label, and a guess would be a vote that nobody
    /// cast.</remarks>
    public static string? Read(string? choice, IEnumerable<string> labels)
    {
        var bare = choice?.Trim(_around) ?? "";
        if (bare.StartsWith("the ", StringComparison.OrdinalIgnoreCase))
            bare = bare[4..].Trim(_around);
        return labels.FirstOrDefault(label => label.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }
}
