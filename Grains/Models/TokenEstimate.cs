namespace Colloquy.Models;

/// <summary>How many tokens a text will be, before any model has counted them.</summary>
public static class TokenEstimate
{
    /// <summary>Characters (UTF-16 units) that one token stands for.</summary>
    /// <remarks>
    /// OpenAI's rule of thumb for English is four characters a token. Other alphabets take more tokens than this says, so limits
    /// that must hold are checked against the usage that the provider reports; this number only plans.
    /// </remarks>
    public const int CharactersPerToken = 4;

    /// <summary>Characters divided by four, rounded up; 0 for an empty text.</summary>
    public static int Of(string text) => (int)(((long)text.Length + CharactersPerToken - 1) / CharactersPerToken);
}
