using Colloquy.Feedback;
using Colloquy.Feedback.Calibration;

namespace Colloquy.Tests.Feedback.Calibration;

public sealed class IsotonicRegressionTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void It_is_monotone_within_0_and_1_and_begins_at_0(int seed)
    {
        var map = IsotonicRegression.Fit(Drawn.Outcomes(seed, 1 + (seed * 5)));
        Assert.Equal(0, map.Steps[0].From);
        Assert.All(map.Steps.Zip(map.Steps.Skip(1)), pair =>
        {
            Assert.True(pair.First.From < pair.Second.From);
            Assert.True(pair.First.Value < pair.Second.Value);
        });
        Assert.All(map.Steps, step => Assert.InRange(step.Value, 0, 1));
        Assert.Equal(1 + (seed * 5), map.Labels);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void No_monotone_function_is_nearer(int seed)
    {
        var outcomes = Drawn.Outcomes(seed, 1 + (seed % 9));
        var map = IsotonicRegression.Fit(outcomes);
        var error = outcomes.Sum(one => Math.Pow(CalibrationMaps.At(map, one.Value) - one.Observed, 2));
        Assert.Equal(LeastByTryingAll(outcomes), error, 9);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_order_of_outcomes_does_not_matter(int seed)
    {
        var outcomes = Drawn.Outcomes(seed, 50);
        var shuffled = outcomes.ToArray();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(IsotonicRegression.Fit(outcomes).Steps.AsEnumerable(), IsotonicRegression.Fit(shuffled).Steps.AsEnumerable());
    }

    [Fact]
    public void Violators_are_pooled()
    {
        var map = IsotonicRegression.Fit([new(0.2, false), new(0.4, true), new(0.6, false), new(0.8, true), new(0.8, true)]);
        Assert.Equal([new CalibrationStep(0, 0), new CalibrationStep(0.4, 0.5), new CalibrationStep(0.8, 1)], map.Steps.AsEnumerable());
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.299, 0.1)]
    [InlineData(0.3, 0.4)]
    [InlineData(0.7, 0.4)]
    [InlineData(0.9, 0.8)]
    [InlineData(1, 0.8)]
    public void A_step_holds_from_where_it_begins(double value, double mapped) =>
        Assert.Equal(mapped, CalibrationMaps.At(new([new(0, 0.1), new(0.3, 0.4), new(0.8, 0.8)], 200), value));

    [Fact]
    public void Nothing_cannot_be_fitted_to() => Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([]));

    // The best monotone fit is constant on stretches of the sorted values, with the mean on each: every way to cut is tried, and
    // those whose means fall are no monotone functions.
    private static double LeastByTryingAll(List<Outcome> outcomes)
    {
        var points = outcomes.GroupBy(one => one.Value).OrderBy(point => point.Key).Select(point => point.ToList()).ToList();
        var least = double.MaxValue;
        for (var cuts = 0; cuts < 1 << (points.Count - 1); cuts++)
        {
            var (stretches, current) = (new List<List<Outcome>>(), new List<Outcome>());
            for (var at = 0; at < points.Count; at++)
            {
                current.AddRange(points[at]);
                if (at == points.Count - 1 || (cuts & (1 << at)) != 0)
                {
                    stretches.Add(current);
                    current = [];
                }
            }

            var means = stretches.Select(stretch => stretch.Average(one => one.Observed)).ToList();
            if (means.Zip(means.Skip(1)).All(pair => pair.First <= pair.Second))
                least = Math.Min(least, stretches.Zip(means)
                    .Sum(pair => pair.First.Sum(one => Math.Pow(pair.Second - one.Observed, 2))));
        }

        return least;
    }
}
