using System.Collections.Immutable;

namespace Colloquy.Feedback.Calibration;

/// <summary>The labels of an agent's answers.</summary>
[GenerateSerializer, Alias("calibration.state"), Immutable]
internal sealed record CalibrationState
{
    public static readonly CalibrationState Empty = new();

    /// <summary>The latest is the last; at most <see cref="CalibrationLimits.LabelsMax"/>, those that were taken back
    /// included.</summary>
    [Id(0)] public ImmutableArray<CalibrationLabel> Labels { get; init; } = [];

    /// <summary>What can be counted, in an order that does not depend on when it was said.</summary>
    internal ImmutableArray<Outcome> Outcomes =>
    [
        .. Labels.Where(label => label.Right is not null).OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => new Outcome(label.Value, label.Right!.Value)),
    ];
}

/// <param name="Right">Null: it was taken back. The line stays, to know an older message by.</param>
/// <param name="Revision">Counts what was said under this key, to tell what is newer by.</param>
[GenerateSerializer, Alias("calibration.label"), Immutable]
internal sealed record CalibrationLabel(string Key, double Value, bool? Right, long Revision);
