using System.Collections.Immutable;

namespace Colloquy.Feedback.Calibration;

/// <summary>How well values foretell outcomes.</summary>
internal static class Reliability
{
    /// <summary>Bins of equal width; the last one holds 1 too.</summary>
    public const int Bins = 10;

    /// <summary>Parts of a cross-validation.</summary>
    public const int Folds = 5;

    /// <summary>Mean square of value less outcome (G. W. Brier: Verification of forecasts expressed in terms of probability,
    /// Monthly Weather Review 78, 1950); null without outcomes.</summary>
    public static double? Brier(IReadOnlyCollection<Outcome> outcomes) =>
        outcomes.Count == 0 ? null : outcomes.Average(one => (one.Value - one.Observed) * (one.Value - one.Observed));

    /// <summary>Expected calibration error: over the bins, how far the mean value is from the share that was right, weighted by
    /// outcomes (M. P. Naeini, G. F. Cooper, M. Hauskrecht: Obtaining well calibrated probabilities using Bayesian binning,
    /// AAAI 2015); null without outcomes.</summary>
    public static double? Ece(IReadOnlyCollection<Outcome> outcomes) => outcomes.Count == 0
        ? null
        : Binned(outcomes).Sum(bin => bin.Samples * Math.Abs(bin.MeanValue - bin.ShareRight)) / outcomes.Count;

    /// <summary>All ten bins, lowest first; an empty one has zeros.</summary>
    public static ImmutableArray<ReliabilityBin> Binned(IReadOnlyCollection<Outcome> outcomes)
    {
        var byBin = outcomes.ToLookup(one => Math.Clamp((int)(one.Value * Bins), 0, Bins - 1));
        return
        [
            .. Enumerable.Range(0, Bins).Select(bin => new ReliabilityBin(
                (double)bin / Bins, (bin + 1.0) / Bins, byBin[bin].Count(),
                byBin[bin].Select(one => one.Value).DefaultIfEmpty().Average(),
                byBin[bin].Select(one => one.Observed).DefaultIfEmpty().Average())),
        ];
    }

    /// <summary>The figures of values that were mapped by what the other four fifths taught. The n-th outcome is in fold n mod 5:
    /// the same outcomes give the same figures.</summary>
    public static CalibrationFigures CrossValidated(IReadOnlyList<Outcome> outcomes)
    {
        var mapped = new List<Outcome>(outcomes.Count);
        for (var fold = 0; fold < Folds; fold++)
        {
            var map = IsotonicRegression.Fit([.. outcomes.Where((_, at) => at % Folds != fold)]);
            mapped.AddRange(outcomes.Where((_, at) => at % Folds == fold)
                .Select(one => one with { Value = CalibrationMaps.At(map, one.Value) }));
        }

        return new CalibrationFigures(Brier(mapped)!.Value, Ece(mapped)!.Value);
    }
}
