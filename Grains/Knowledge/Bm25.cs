namespace Colloquy.Knowledge;

/// <summary>Okapi BM25 over a fixed set of texts, each given as its words.</summary>
/// <remarks>
/// <code>
/// score(q, d) = sum over t in q of  w(t) * idf(t) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * |d| / avg|d|))
/// idf(t)      = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
/// </code>
/// tf counts t in d, n(t) the texts that hold t, N all texts, w(t) is the caller's weight. From S. Robertson and H. Zaragoza,
/// "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; the 1 inside the logarithm is Lucene's, and keeps a word that
/// most texts hold from counting against them.
/// </remarks>
internal sealed class Bm25
{
    /// <summary>The most that a word can give to a score, as a multiple of its weight and idf: where it repeats without
    /// end.</summary>
    public const double SaturationMost = K1 + 1;

    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly Dictionary<string, List<(int Text, int Times)>> _postings = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];
    private readonly double _average;

    public Bm25(IEnumerable<IReadOnlyList<string>> texts)
    {
        foreach (var words in texts)
        {
            var text = _lengths.Count;
            _lengths.Add(words.Count);
            foreach (var group in words.GroupBy(word => word, StringComparer.Ordinal))
            {
                if (!_postings.TryGetValue(group.Key, out var list))
                    _postings[group.Key] = list = [];
                list.Add((text, group.Count()));
            }
        }

        _average = _lengths.Count == 0 ? 0 : _lengths.Average();
    }

    /// <summary>The score of every text, by its place in what the index was made from; 0 where no word is shared.</summary>
    /// <param name="query">Words with weights; a word given twice counts twice.</param>
    public double[] Scores(IEnumerable<(string Word, double Weight)> query)
    {
        var scores = new double[_lengths.Count];
        foreach (var (word, weight) in query)
        {
            if (!_postings.TryGetValue(word, out var list))
                continue;
            var idf = Idf(word);
            foreach (var (text, times) in list)
                scores[text] += weight * idf * times * (K1 + 1) / (times + (K1 * (1 - B + (B * _lengths[text] / _average))));
        }

        return scores;
    }

    /// <summary>How much a word tells: near 0 when every text holds it, largest when none does.</summary>
    public double Idf(string word)
    {
        var holding = _postings.TryGetValue(word, out var list) ? list.Count : 0;
        return Math.Log(1 + ((_lengths.Count - holding + 0.5) / (holding + 0.5)));
    }
}
