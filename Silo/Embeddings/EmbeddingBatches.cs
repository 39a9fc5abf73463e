using Colloquy.Models;

namespace Colloquy.Embeddings;

/// <summary>Cuts a list of texts into requests that a service takes.</summary>
internal static class EmbeddingBatches
{
    /// <summary>In order; a text that is longer than a batch may be stands alone, and the service decides.</summary>
    public static IReadOnlyList<List<string>> Of(IEnumerable<string> texts, int textsMax, int tokensMax)
    {
        List<List<string>> batches = [];
        var tokens = 0;
        foreach (var text in texts)
        {
            var more = TokenEstimate.Of(text);
            if (batches.Count == 0 || batches[^1].Count >= textsMax || tokens + more > tokensMax)
            {
                batches.Add([]);
                tokens = 0;
            }

            batches[^1].Add(text);
            tokens += more;
        }

        return batches;
    }

    /// <summary>Whether there is anything to embed. Services refuse empty texts, and blank ones lie nowhere.</summary>
    public static bool HasWord(string text) => text.Any(sign => char.IsLetterOrDigit(sign) || char.IsSurrogate(sign));
}
