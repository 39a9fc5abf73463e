using Colloquy.Feedback;
using Colloquy.Feedback.Calibration;

namespace Colloquy.Tests.Feedback.Calibration;

public sealed class ReliabilityTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Brier_and_ece_are_what_their_definitions_say(int seed)
    {
        var outcomes = Drawn.Outcomes(seed, 1 + (seed * 7));
        Assert.Equal(outcomes.Sum(one => Math.Pow(one.Value - (one.Right ? 1 : 0), 2)) / outcomes.Count,
            Reliability.Brier(outcomes)!.Value, 12);
        Assert.Equal(EceByDefinition(outcomes), Reliability.Ece(outcomes)!.Value, 12);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Bins_hold_every_outcome_once(int seed)
    {
        var bins = Reliability.Binned(Drawn.Outcomes(seed, 100));
        Assert.Equal((10, 100), (bins.Length, bins.Sum(bin => bin.Samples)));
        Assert.All(bins.Where(bin => bin.Samples > 0), bin => Assert.InRange(bin.MeanValue, bin.From - 1e-9, bin.Until + 1e-9));
        Assert.All(bins.Where(bin => bin.Samples == 0), bin => Assert.Equal((0.0, 0.0), (bin.MeanValue, bin.ShareRight)));
    }

    [Fact]
    public void The_ends_belong_to_the_first_and_the_last_bin()
    {
        var bins = Reliability.Binned([new(0, true), new(0.1, false), new(1, true), new(0.95, true)]);
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 0, 0, 2], bins.Select(bin => bin.Samples));
    }

    [Fact]
    public void Nothing_has_no_figures() =>
        Assert.Equal((null, null), (Reliability.Brier([]), Reliability.Ece([])));

    [Fact]
    public void Perfect_foresight_has_no_error_and_its_opposite_has_all()
    {
        Outcome[] perfect = [new(1, true), new(0, false)];
        Assert.Equal((0.0, 0.0), (Reliability.Brier(perfect), Reliability.Ece(perfect)));
        Outcome[] wrong = [new(1, false), new(0, true)];
        Assert.Equal((1.0, 1.0), (Reliability.Brier(wrong), Reliability.Ece(wrong)));
    }

    [Fact]
    public void A_map_helps_on_outcomes_that_it_was_not_fitted_to()
    {
        var overconfident = Drawn.Overconfident(seed: 3, count: 400);
        var mapped = Reliability.CrossValidated(overconfident);
        Assert.True(mapped.Brier < Reliability.Brier(overconfident) - 0.05, $"{mapped.Brier}");
        Assert.True(mapped.Ece < Reliability.Ece(overconfident) / 2, $"{mapped.Ece}");
        Assert.Equal(mapped, Reliability.CrossValidated(overconfident));
    }

    [Fact]
    public void Each_fold_is_mapped_by_what_the_others_teach()
    {
        // One value, so every map is the mean of the other folds: fold 0 of 10 outcomes is the only one that is right.
        Outcome[] outcomes = [.. Enumerable.Range(0, 10).Select(n => new Outcome(0.5, n % 5 == 0))];
        // Fold 0 is told 0 of 8 are right and is right; the others are told 2 of 8.
        Assert.Equal(((2 * 1.0) + (8 * 0.0625)) / 10, Reliability.CrossValidated(outcomes).Brier, 12);
    }

    private static double EceByDefinition(List<Outcome> outcomes)
    {
        var error = 0.0;
        for (var bin = 0; bin < 10; bin++)
        {
            var inside = outcomes.Where(one => (int)(one.Value * 10) == bin || (bin == 9 && one.Value >= 1)).ToList();
            if (inside.Count > 0)
                error += (double)inside.Count / outcomes.Count
                    * Math.Abs(inside.Average(one => one.Value) - ((double)inside.Count(one => one.Right) / inside.Count));
        }

        return error;
    }
}

/// <summary>Outcomes by seed.</summary>
internal static class Drawn
{
    public static List<Outcome> Outcomes(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Outcome(Math.Round(random.NextDouble(), seed % 2 == 0 ? 1 : 3),
            random.NextDouble() < 0.5))];
    }

    /// <summary>Right half as often as they claim.</summary>
    public static List<Outcome> Overconfident(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Round(random.NextDouble(), 3))
            .Select(value => new Outcome(value, random.NextDouble() < value / 2))];
    }
}
