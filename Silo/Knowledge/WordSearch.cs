using System.Buffers;
using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>
/// Okapi BM25 as <see cref="Bm25"/> has it, over the postings of one scope: how many chunks there are, how long they are and how
/// many hold a word is counted in that scope alone. Title and heading count as words that were said more than once.
/// </summary>
/// <remarks>FTS5 keeps the postings; its own bm25() counts over all tenants and takes ten times as long.</remarks>
internal static class WordSearch
{
    /// <summary>How often a word of the title or heading counts.</summary>
    public const int TitleWeight = 2;

    /// <summary>Characters of a query that are looked at: a pasted page is searched by its beginning.</summary>
    private const int QueryCharactersMax = 8_192;

    /// <summary>Different words of a query that are looked at.</summary>
    private const int QueryWordsMax = 128;

    /// <summary>Places of words that one search reads. The commonest words of a query are left out beyond it: they would say
    /// least, and take longest.</summary>
    private const int PlacesMax = 60_000;

    private const float K1 = 1.2f;
    private const float B = 0.75f;

    /// <returns>Best first; of equals the one that was indexed first.</returns>
    public static List<(int Position, double Score)> Top(
        SqliteSession session, ScopeMoment moment, ulong[] passing, string text, int limit)
    {
        var words = Choose(session, moment.Scope, text);
        if (words.Count == 0)
            return [];
        var scores = ArrayPool<float>.Shared.Rent(moment.Count);
        scores.AsSpan(0, moment.Count).Clear();
        try
        {
            foreach (var (term, chunks) in words)
                AddScores(session, moment, term, chunks, scores);
            return Best(scores, passing, limit);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    /// <summary>The words of a text, as they are indexed and searched.</summary>
    public static IEnumerable<string> WordsOf(string text) => Words.Of(text).Select(WordKey.Of);

    private static List<(string Term, long Chunks)> Choose(SqliteSession session, ScopeRow scope, string text)
    {
        var found = new List<(string Term, long Chunks, long Places)>();
        var start = text.Length <= QueryCharactersMax ? text : text[..QueryCharactersMax];
        foreach (var word in WordsOf(start).Distinct(StringComparer.Ordinal).Take(QueryWordsMax))
        {
            using var row = session.Query("SELECT doc, cnt FROM word_count WHERE term = @term", ("@term", scope.Term(word)));
            if (row.Read())
                found.Add((scope.Term(word), row.GetInt64(0), row.GetInt64(1)));
        }

        var places = 0L;
        return [.. found.OrderBy(word => word.Places)
            .TakeWhile((word, n) => (places += word.Places) <= PlacesMax || n == 0).Select(word => (word.Term, word.Chunks))];
    }

    private static void AddScores(SqliteSession session, ScopeMoment moment, string term, long chunks, float[] scores)
    {
        var scope = moment.Scope;
        var idf = (float)Math.Log(1 + ((scope.Chunks - chunks + 0.5) / (chunks + 0.5)));
        var average = (float)scope.Length / scope.Chunks;
        var (position, last, times) = (0, -1L, 0);
        session.Scan("SELECT doc & 4294967295 FROM word_place WHERE term = ?1", term, slot =>
        {
            if (slot != last)
            {
                Add();
                (last, times) = (slot, 0);
            }

            times++;
        });
        Add();

        void Add()
        {
            if (times == 0)
                return;
            position = moment.Find((uint)last, position);
            // A moment of the past may lack chunks that are gone by now.
            if (position == moment.Count || ScopeRow.SlotOf(moment.IdAt(position)) != last)
                return;
            scores[position] += idf * times * (K1 + 1) / (times + (K1 * (1 - B + (B * moment.LengthAt(position) / average))));
        }
    }

    private static List<(int Position, double Score)> Best(float[] scores, ulong[] passing, int limit)
    {
        var best = new PriorityQueue<int, (float Score, int Before)>(limit + 1);
        var least = 0f;
        for (var n = 0; n < passing.Length; n++)
        {
            var (bits, end) = (passing[n], Math.Min(scores.Length, (n + 1) * 64));
            for (var position = n * 64; bits != 0 && position < end; position++, bits >>= 1)
            {
                if ((bits & 1) == 0 || scores[position] <= least)
                    continue;
                best.Enqueue(position, (scores[position], -position));
                if (best.Count > limit)
                    best.Dequeue();
                if (best.Count == limit && best.TryPeek(out _, out var smallest))
                    least = smallest.Score;
            }
        }

        var found = new List<(int Position, double Score)>(best.Count);
        while (best.TryDequeue(out var position, out var rank))
            found.Add((position, rank.Score));
        found.Reverse();
        return found;
    }
}
