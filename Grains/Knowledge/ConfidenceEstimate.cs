using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>Computes how far an answer may be relied on from what can be counted about it.</summary>
/// <remarks>
/// <code>
/// value     = retrieval * grounds
/// retrieval = 0.90 coverage + 0.10 spread
/// grounds   = 0.15 + 0.60 support + 0.25 independence
///
/// coverage      share of the question's distinct words that occur in its three best passages, headings included
/// spread        1 - score of the last passage / score of the first: 0 when retrieval could not tell them apart
/// support       share of the citing sentences that a passage supports; those supported in part count half
/// independence  distinct documents behind supported or partial citations, 3 or more counting as 1
/// </code>
/// The two multiply because neither replaces the other: a faithful quotation beside the question is worth little, and so is an
/// answer without sources to a question that the sources cover (at most 0.15). The weights are judgement, not measurement,
/// hence <see cref="Confidence.Calibrated"/> is false.
/// </remarks>
internal static class ConfidenceEstimate
{
    /// <summary>Names of the signals.</summary>
    public const string Coverage = "coverage";
    public const string Spread = "spread";
    public const string Supported = "support";
    public const string Independence = "independence";

    /// <summary>Where the bands begin.</summary>
    public const double MediumFrom = 0.4;
    public const double HighFrom = 0.7;

    private const int BestPassages = 3;
    private const int DocumentsEnough = 3;

    /// <param name="question">The words that retrieval was asked with.</param>
    /// <param name="passages">What retrieval found, best first.</param>
    /// <param name="answer">The answer, checked against them.</param>
    public static Confidence Of(string question, IReadOnlyList<Passage> passages, CitedAnswer answer)
    {
        var (coverage, spread) = (CoverageOf(question, passages), SpreadOf(passages));
        var (support, independence) = (SupportOf(answer), IndependenceOf(answer));
        var value = Math.Round(((0.90 * coverage) + (0.10 * spread)) * (0.15 + (0.60 * support) + (0.25 * independence)), 3);
        var signals = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal)
            .Add(Coverage, Math.Round(coverage, 3)).Add(Spread, Math.Round(spread, 3))
            .Add(Supported, Math.Round(support, 3)).Add(Independence, Math.Round(independence, 3));
        return new Confidence(value, BandOf(value), Calibrated: false, signals);
    }

    public static string BandOf(double value) => value < MediumFrom ? "low" : value < HighFrom ? "medium" : "high";

    private static double CoverageOf(string question, IReadOnlyList<Passage> passages)
    {
        var asked = Words.Of(question).ToImmutableSortedSet(StringComparer.Ordinal);
        if (asked.IsEmpty)
            return 0;
        var found = passages.Take(BestPassages)
            .SelectMany(passage => Words.Of($"{passage.Title} {passage.Heading} {passage.Text}"))
            .ToImmutableSortedSet(StringComparer.Ordinal);
        return (double)asked.Count(found.Contains) / asked.Count;
    }

    private static double SpreadOf(IReadOnlyList<Passage> passages) =>
        passages.Count < 2 || passages[0].Score <= 0
            ? 0
            : Math.Clamp(1 - (passages[^1].Score / passages[0].Score), 0, 1);

    // By sentence where one is fully supported, so that a second, weaker source takes nothing away from it.
    private static double SupportOf(CitedAnswer answer)
    {
        if (answer.Citing == 0)
            return 0;
        var partial = Math.Min(answer.Citing - answer.Supported, answer.Citations.Count(one => one.Support == Support.Partial));
        return (answer.Supported + (0.5 * partial)) / answer.Citing;
    }

    private static double IndependenceOf(CitedAnswer answer)
    {
        var documents = answer.Citations.Where(one => one.Support != Support.Unsupported)
            .Select(one => one.DocumentId).ToImmutableSortedSet(StringComparer.Ordinal).Count;
        return Math.Min(1, (double)documents / DocumentsEnough);
    }
}
