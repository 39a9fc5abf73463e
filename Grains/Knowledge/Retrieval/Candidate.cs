using System.Collections.Immutable;

namespace Colloquy.Knowledge.Retrieval;

/// <summary>A chunk on its way to become a passage, with everything that its score is made of.</summary>
/// <param name="Key">Collection, document and number of the chunk: one for each chunk of a search.</param>
/// <param name="Domain">Of its collection.</param>
/// <param name="WordRank">From 1, or null where no word is shared.</param>
/// <param name="Cosine">Between question and chunk, or null where vectors did not find it.</param>
internal sealed record Candidate(
    string Key, Passage Passage, string Domain, int? WordRank = null, double? WordScore = null, int? VectorRank = null,
    double? Cosine = null, double Fused = 0, double Boost = 1, double? Diversity = null)
{
    /// <summary>What passages are ordered by.</summary>
    public double Score => Fused * Boost;

    public Passage ToPassage(bool explain) => Passage with { Score = Score, Signals = explain ? Signals() : null };

    private ImmutableSortedDictionary<string, double> Signals()
    {
        var signals = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        void Add(string name, double? value)
        {
            if (value is { } known)
                signals[name] = known;
        }
        Add("words.rank", WordRank);
        Add("words.bm25", WordScore);
        Add("vectors.rank", VectorRank);
        Add(Relevance.Cosine, Cosine);
        Add("rrf", Fused);
        Add("boost", Boost);
        Add("mmr", Diversity);
        return signals.ToImmutable();
    }
}
