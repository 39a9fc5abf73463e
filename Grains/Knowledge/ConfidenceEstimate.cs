using System.Collections.Immutable;
using Colloquy.Feedback;
using Colloquy.Feedback.Calibration;
using Colloquy.Knowledge.Citations;

namespace Colloquy.Knowledge;

/// <summary>Computes how far an answer may be relied on from what can be counted about it.</summary>
/// <remarks>
/// <code>
/// raw       = retrieval * grounds * choice
/// retrieval = 0.70 coverage + 0.20 strength + 0.10 spread
/// grounds   = 0.15 + 0.55 support + 0.20 independence + 0.10 agreement
/// choice    = 0.85 + 0.15 min(1, margin / 0.5)
///
/// coverage, strength, spread: see Relevance
/// support       share of the citing sentences that a source supports; those supported in part count half
/// independence  distinct documents behind the citations that stand, 3 or more counting as 1
/// agreement     see Agreement; 0.5 where there is nothing to compare, 0 where nothing is cited
/// margin        by how much the agent was ahead when it was selected; named by hand it leaves no doubt: choice is 1 then, and
///               there is no such signal
/// </code>
/// The parts multiply because none replaces another: a faithful quotation beside the question is worth little, and so is an
/// answer without sources to a question that the sources cover (at most 0.15). The weights are judgement, not measurement;
/// feedback measures: where there is a map, the value is what it makes of the raw one, which stays among the signals.
/// </remarks>
internal static class ConfidenceEstimate
{
    /// <summary>Names of the signals.</summary>
    public const string Coverage = "coverage";
    public const string Strength = "strength";
    public const string Spread = "spread";
    public const string Supported = "support";
    public const string Independence = "independence";
    public const string Agreeing = "agreement";
    public const string Margin = "margin";

    /// <summary>The value before calibration: present with a calibrated one only.</summary>
    public const string Uncalibrated = "uncalibrated";

    /// <summary>Where the bands begin.</summary>
    public const double MediumFrom = 0.4;
    public const double HighFrom = 0.7;

    /// <summary>A selection that is ahead by so much leaves no doubt.</summary>
    private const double MarginClear = 0.5;

    private const int DocumentsEnough = 3;

    public static Confidence Of(ConfidenceInput input)
    {
        var (retrieval, answer) = (Relevance.Of(input.Question, input.Passages), input.Answer);
        var (support, independence) = (SupportOf(answer.Checked), IndependenceOf(answer.Citations.Select(one => one.DocumentId)));
        var agreement = Agreement.Of(answer.Citations);
        var raw = Math.Round(Raw(retrieval, support, independence, agreement, input.Margin), 3);
        var signals = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal)
            .Add(Coverage, Math.Round(retrieval.Coverage, 3)).Add(Strength, Math.Round(retrieval.Strength, 3))
            .Add(Spread, Math.Round(retrieval.Spread, 3)).Add(Supported, Math.Round(support, 3))
            .Add(Independence, Math.Round(independence, 3)).Add(Agreeing, Math.Round(agreement, 3));
        if (input.Margin is { } margin)
            signals = signals.Add(Margin, Math.Round(Math.Clamp(margin, 0, 1), 3));
        if (input.Map is null)
            return new Confidence(raw, BandOf(raw), Calibrated: false, signals);
        var value = Math.Round(CalibrationMaps.At(input.Map, raw), 3);
        return new Confidence(value, BandOf(value), Calibrated: true, signals.Add(Uncalibrated, raw));
    }

    /// <summary>The value that the best answer to the question could get from these passages: every sentence supported, every
    /// document cited, none contradicting.</summary>
    public static double Most(string question, IReadOnlyList<Passage> passages, double? margin = null, CalibrationMap? map = null)
    {
        var documents = passages.Select(passage => passage.DocumentId).Distinct(StringComparer.Ordinal).ToList();
        var agreement = documents.Count switch { 0 => 0, 1 => Agreement.Neutral, _ => 1 };
        var raw = Math.Round(Raw(
            Relevance.Of(question, passages), documents.Count == 0 ? 0 : 1, IndependenceOf(documents), agreement, margin), 3);
        return map is null ? raw : CalibrationMaps.At(map, raw); // a map is monotone: the most stays the most
    }

    public static string BandOf(double value) => value < MediumFrom ? "low" : value < HighFrom ? "medium" : "high";

    private static double Raw(Relevance retrieval, double support, double independence, double agreement, double? margin)
    {
        var found = (0.70 * retrieval.Coverage) + (0.20 * retrieval.Strength) + (0.10 * retrieval.Spread);
        var grounds = 0.15 + (0.55 * support) + (0.20 * independence) + (0.10 * agreement);
        var choice = margin is { } ahead ? 0.85 + (0.15 * Math.Clamp(ahead / MarginClear, 0, 1)) : 1;
        return found * grounds * choice;
    }

    // By sentence where one is fully supported, so that a second, weaker source takes nothing away from it.
    private static double SupportOf(CitedAnswer answer)
    {
        if (answer.Citing == 0)
            return 0;
        var partial = Math.Min(answer.Citing - answer.Supported, answer.Citations.Count(one => one.Support == Support.Partial));
        return (answer.Supported + (0.5 * partial)) / answer.Citing;
    }

    private static double IndependenceOf(IEnumerable<string> documents) =>
        Math.Min(1, (double)documents.Distinct(StringComparer.Ordinal).Count() / DocumentsEnough);
}
