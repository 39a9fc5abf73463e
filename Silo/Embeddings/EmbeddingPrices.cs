using System.Collections.Frozen;

namespace Colloquy.Embeddings;

/// <summary>What embedding a text costs, where that is published and the same for everybody.</summary>
internal static class EmbeddingPrices
{
    // OpenAI's list prices in micro-USD for a million tokens, as of 2025: 0.02, 0.13 and 0.10 USD.
    private static readonly FrozenDictionary<string, long> _microUsdPerMillion = new Dictionary<string, long>
    {
        ["openai/text-embedding-3-small"] = 20_000,
        ["openai/text-embedding-3-large"] = 130_000,
        ["openai/text-embedding-ada-002"] = 100_000,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Micro-USD, or null where no price is known.</summary>
    public static double? Of(string embedder, long tokens) =>
        _microUsdPerMillion.TryGetValue(embedder, out var price) ? tokens * price / 1e6 : null;
}
