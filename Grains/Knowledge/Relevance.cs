using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>How well passages fit a question, in figures that mean the same whichever search found them.</summary>
/// <remarks>
/// A passage's score compares within one result only: fused ranks (RRF) differ by hundredths where BM25 differs by half. So a
/// passage's relevance is taken from itself: the share of the question's distinct words of meaning that it holds, headings
/// included, or its cosine to the question where the search tells one (<see cref="Cosine"/> among
/// <see cref="Passage.Signals"/>) and that is higher.
/// </remarks>
/// <param name="Coverage">Share of the question's words in the best passages together.</param>
/// <param name="Strength">Relevance of the best passage.</param>
/// <param name="Spread">1 less the lowest relevance over the highest: 0 when all fit alike, or there is but one.</param>
internal sealed record Relevance(double Coverage, double Strength, double Spread)
{
    /// <summary>The signal in which a vector search tells a passage's cosine to the question.</summary>
    public const string Cosine = "vectors.cosine";

    private const int BestPassages = 3;

    private static readonly Relevance _none = new(0, 0, 0);

    public static Relevance Of(string question, IReadOnlyList<Passage> passages)
    {
        var asked = Asked(question);
        if (asked.IsEmpty || passages.Count == 0)
            return _none;
        var held = passages.Select(passage => asked.Intersect(WordsOf(passage))).ToList();
        var fits = held.Select((words, at) => Math.Max((double)words.Count / asked.Count, CosineOf(passages[at]))).ToList();
        var covered = held.Take(BestPassages).SelectMany(words => words).Distinct(StringComparer.Ordinal).Count();
        var strength = fits.Take(BestPassages).Max();
        var highest = fits.Max();
        return new Relevance(
            (double)covered / asked.Count, strength, passages.Count < 2 || highest <= 0 ? 0 : 1 - (fits.Min() / highest));
    }

    /// <summary>The question's words, as it spells them, that none of the passages holds.</summary>
    public static ImmutableArray<string> Missing(string question, IReadOnlyList<Passage> passages)
    {
        var known = passages.SelectMany(WordsOf).ToImmutableHashSet(StringComparer.Ordinal);
        return
        [
            .. Words.WithSurface(question).Where(word => !known.Contains(word.Stem))
                .DistinctBy(word => word.Stem, StringComparer.Ordinal).Select(word => word.Surface),
        ];
    }

    public static ImmutableSortedSet<string> Asked(string question) =>
        Words.Of(question).ToImmutableSortedSet(StringComparer.Ordinal);

    private static IReadOnlyList<string> WordsOf(Passage passage) =>
        Words.Of($"{passage.Title} {passage.Heading} {passage.Text}");

    private static double CosineOf(Passage passage) =>
        passage.Signals is { } signals && signals.TryGetValue(Cosine, out var cosine) && !double.IsNaN(cosine)
            ? Math.Clamp(cosine, 0, 1) : 0;
}
