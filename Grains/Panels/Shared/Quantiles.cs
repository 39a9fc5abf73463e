using System.Collections.Immutable;

namespace Colloquy.Panels.Shared;

/// <summary>Where numbers lie.</summary>
/// <remarks>
/// Linear interpolation between the order statistics, h = (n - 1) p: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical
/// Packages", The American Statistician 50 (1996). Fences at 1.5 interquartile ranges: Tukey, "Exploratory Data Analysis" (1977).
/// </remarks>
internal sealed record Quantiles(int Count, double Median, double Lower, double Upper)
{
    private const double Fence = 1.5;

    /// <summary>The interquartile range.</summary>
    public double Range => Upper - Lower;

    /// <summary>Null without a number.</summary>
    public static Quantiles? Of(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToImmutableArray();
        return sorted.IsEmpty ? null : new(sorted.Length, At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75));
    }

    /// <summary>Whether a number is no outlier.</summary>
    public bool IsWithin(double number) => number >= Lower - (Fence * Range) && number <= Upper + (Fence * Range);

    private static double At(ImmutableArray<double> sorted, double share)
    {
        var place = (sorted.Length - 1) * share;
        var below = (int)Math.Floor(place);
        var above = (int)Math.Ceiling(place);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
