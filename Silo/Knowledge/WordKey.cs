namespace Colloquy.Knowledge;

/// <summary>A word as FTS5 takes it whole.</summary>
internal static class WordKey
{
    /// <summary>Longer words are cut: FTS5 would cut them elsewhere, and nobody looks for them.</summary>
    private const int CharactersMax = 128;

    public static string Of(string word) => word.Length <= CharactersMax ? word : word[..CharactersMax];
}
