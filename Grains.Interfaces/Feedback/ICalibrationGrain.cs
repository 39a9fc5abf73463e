using System.Collections.Immutable;

namespace Colloquy.Feedback;

/// <summary>How often answers of one agent are right, against how sure they were, keyed by <c>{tenant}/{agent}</c>.</summary>
[Alias("calibration")]
public interface ICalibrationGrain : IGrainWithStringKey
{
    /// <summary>Counts a label, in place of an earlier one with the same key. Durable on return; a repeat changes nothing.</summary>
    /// <param name="key">Answer and author.</param>
    /// <param name="value">The uncalibrated value that the answer was given with, 0 to 1.</param>
    /// <param name="right">Whether it was right; null takes the label back.</param>
    /// <param name="revision">Rises with what is said under the key: an older message that comes late changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of bounds.</exception>
    [Alias("label")]
    Task Label(string key, double value, bool? right, long revision);

    /// <summary>The map from computed to observed, or null while there are fewer than
    /// <see cref="CalibrationLimits.LabelsMin"/> labels.</summary>
    [Alias("map"), AlwaysInterleave]
    Task<CalibrationMap?> Map();

    [Alias("view"), AlwaysInterleave]
    Task<CalibrationView> View();
}

/// <summary>A monotone step function: the value at x is that of the last step whose <c>From</c> is at most x.</summary>
[GenerateSerializer, Alias("calibration.map"), Immutable]
public sealed record CalibrationMap(ImmutableArray<CalibrationStep> Steps, int Labels);

[GenerateSerializer, Alias("calibration.step"), Immutable]
public sealed record CalibrationStep(double From, double Value);

/// <param name="Samples">Labels that count.</param>
/// <param name="SamplesNeeded">Labels that are missing until values are called calibrated; 0 when they are.</param>
/// <param name="Brier">Mean square of value less outcome: 0 is perfect; null without labels.</param>
/// <param name="Ece">Expected calibration error over ten bins of equal width; null without labels.</param>
/// <param name="Calibrated">The same two after the map, measured on labels that it was not fitted to (five folds); null without a
/// map.</param>
[GenerateSerializer, Alias("calibration.view"), Immutable]
public sealed record CalibrationView(
    string Agent, int Samples, int SamplesNeeded, double? Brier, double? Ece, CalibrationFigures? Calibrated,
    ImmutableArray<ReliabilityBin> Bins, CalibrationMap? Map);

[GenerateSerializer, Alias("calibration.figures"), Immutable]
public sealed record CalibrationFigures(double Brier, double Ece);

/// <param name="MeanValue">How sure its answers were on average.</param>
/// <param name="ShareRight">How often they were right.</param>
[GenerateSerializer, Alias("calibration.bin"), Immutable]
public sealed record ReliabilityBin(double From, double Until, int Samples, double MeanValue, double ShareRight);

public static class CalibrationLimits
{
    /// <summary>Labels from which on values are called calibrated.</summary>
    public const int LabelsMin = 200;

    /// <summary>Labels that are kept; older ones give way.</summary>
    public const int LabelsMax = 2_000;
}
