using System.Collections.Immutable;

namespace Colloquy.Feedback.Calibration;

/// <summary>
/// The monotone step function nearest to the outcomes by least squares, found by pooling adjacent violators in O(n log n).
/// </summary>
/// <remarks>
/// M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid, E. Silverman: An empirical distribution function for sampling with incomplete
/// information, Ann. Math. Statist. 26 (1955). For calibration: B. Zadrozny, C. Elkan: Transforming classifier scores into
/// accurate multiclass probability estimates, KDD 2002.
/// </remarks>
internal static class IsotonicRegression
{
    /// <summary>The map. Its first step begins at 0; between two blocks of outcomes the lower one's value holds.</summary>
    /// <exception cref="ArgumentException">There are no outcomes.</exception>
    public static CalibrationMap Fit(IReadOnlyCollection<Outcome> outcomes)
    {
        if (outcomes.Count == 0)
            throw new ArgumentException("There is nothing to fit to.", nameof(outcomes));
        var blocks = new Stack<Block>();
        // Equal values are one point: a function has one value there.
        foreach (var tied in outcomes.GroupBy(outcome => outcome.Value).OrderBy(tied => tied.Key))
        {
            var block = new Block(tied.Key, tied.Sum(outcome => outcome.Observed), tied.Count());
            while (blocks.TryPeek(out var before) && before.Mean >= block.Mean)
                block = blocks.Pop().With(block);
            blocks.Push(block);
        }

        var steps = blocks.Reverse().Select(block => new CalibrationStep(block.From, block.Mean)).ToImmutableArray();
        return new CalibrationMap(steps.SetItem(0, steps[0] with { From = 0 }), outcomes.Count);
    }

    private readonly record struct Block(double From, double Sum, int Count)
    {
        public double Mean => Sum / Count;

        public Block With(Block next) => new(From, Sum + next.Sum, Count + next.Count);
    }
}
