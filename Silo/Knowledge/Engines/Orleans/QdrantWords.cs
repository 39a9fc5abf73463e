using System.Text;
using Qdrant.Client.Grpc;

namespace Colloquy.Knowledge;

/// <summary>
/// BM25 as a product of two sparse vectors: the chunk's has how much of it each word makes out, the query's how much each word
/// tells.
/// </summary>
/// <remarks>
/// <code>
/// chunk[t] = tf * (k1 + 1) / (tf + k1 * (1 - b + b * |d| / avg))     query[t] = times * ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
/// </code>
/// as in <see cref="Bm25"/>, with two liberties: avg is fixed, because a chunk's vector is written before the others are known,
/// and a word is known by 32 bits of a hash, so that about one pair of words among 100,000 is taken for one word. N and n(t) are
/// counted in the query's scope. Qdrant's own IDF modifier is not used: it counts over all tenants, so that the words of one
/// would move the scores of another.
/// </remarks>
internal static class QdrantWords
{
    /// <summary>Distinct words of a query that are looked up: a pasted page is searched by its beginning.</summary>
    public const int QueryWordsMax = 128;

    /// <summary>What a chunk of 1,200 characters holds, without stop words, with title and headings.</summary>
    public const double AverageWords = 120;

    private const double K1 = 1.2;
    private const double B = 0.75;

    /// <summary>The words of a chunk: title and headings count, as what it stands under is what it is about.</summary>
    public static SparseVector OfChunk(string title, IndexedChunk chunk)
    {
        var words = Words.Of($"{title} {chunk.Heading} {chunk.Text}");
        var length = 1 - B + (B * words.Count / AverageWords);
        var vector = new SparseVector();
        foreach (var group in words.GroupBy(Hash).OrderBy(group => group.Key)) // by hash: an index may stand there only once
        {
            var times = group.Count();
            vector.Indices.Add(group.Key);
            vector.Values.Add((float)(times * (K1 + 1) / (times + (K1 * length))));
        }

        return vector;
    }

    /// <summary>The words of a query by their hashes, with how often each stands there.</summary>
    public static IReadOnlyList<(uint Stem, int Times)> OfQuery(string text) =>
        [.. Words.Of(text).GroupBy(Hash).Take(QueryWordsMax).Select(group => (group.Key, group.Count()))];

    /// <param name="words">Each with how often it stands in the query, and how many chunks of the scope hold it.</param>
    /// <param name="chunks">Of the scope.</param>
    public static SparseVector OfQuery(IEnumerable<(uint Stem, int Times, ulong Holding)> words, ulong chunks)
    {
        var vector = new SparseVector();
        foreach (var (stem, times, holding) in words.Where(word => word.Holding > 0).OrderBy(word => word.Stem))
        {
            vector.Indices.Add(stem);
            vector.Values.Add((float)(times * Math.Log(1 + ((Math.Max(chunks, holding) - holding + 0.5) / (holding + 0.5)))));
        }

        return vector;
    }

    /// <summary>FNV-1a over UTF-8: persisted, so it stays as it is.</summary>
    public static uint Hash(string stem)
    {
        var hash = 2166136261u;
        foreach (var unit in Encoding.UTF8.GetBytes(stem))
            hash = unchecked((hash ^ unit) * 16777619u);
        return hash;
    }
}
