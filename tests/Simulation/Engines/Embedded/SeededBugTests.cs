using Xunit.Abstractions;

namespace Colloquy.Simulated;

/// <summary>The simulator can fail: each of these bugs is one wrong part in an otherwise right world.</summary>
public sealed class SeededBugTests(ITestOutputHelper output)
{
    // What was acknowledged and never written is missing in the journal (I1), and its run never ends (I2): whichever is seen first.
    [Fact]
    public void Acknowledging_before_appending_is_found_within_20_seeds() =>
        IsFound(new AcknowledgesBeforeAppending(), 20, "I1", "I2");

    [Fact]
    public void Forgetting_operations_is_found_within_20_seeds() => IsFound(new ForgetsOperations(), 20, "I1");

    [Fact]
    public void A_missing_fence_is_found_within_60_seeds() => IsFound(new HasNoFence(), 60);

    [Fact]
    public void Made_up_tool_keys_are_found_within_60_seeds() => IsFound(new MakesUpToolKeys(), 60, "I5");

    [Fact]
    public void A_missing_index_of_open_work_is_found_within_400_seeds() => IsFound(new KeepsNoOpenWork(), 400, "I2");

    [Fact]
    public void A_budget_that_is_checked_and_then_charged_is_found_within_400_seeds() => IsFound(new IgnoresEtags(), 400, "I6");

    [Fact]
    public void Overlooked_gaps_are_found_within_20_seeds() => IsFound(new SeesNoGaps(), 20, "I4");

    [Fact]
    public void Labels_keyed_without_the_run_are_found_within_60_seeds() => IsFound(new KeysLabelsWithoutTheRun(), 60, "I14");

    [Fact]
    public void A_journal_that_syncs_once_a_second_is_found_within_60_seeds() => IsFound(new SyncsOnceASecond(), 60);

    private void IsFound(Parts bug, int within, params string[] promises) =>
        Found.Within(output, bug, within, seed => ConversationWorld.Play(seed, bug), promises);
}

/// <summary>Says whether a bug is found, and by which promise.</summary>
internal static class Found
{
    public static void Within<T>(ITestOutputHelper output, Parts bug, int within, Func<int, T> play, params string[] promises)
    {
        var found = Seeds.FirstFailing(within, play);
        Assert.True(found is not null, $"{within} seeds did not find it.");
        output.WriteLine($"{bug.GetType().Name}: seed {found.Value.Seed}: {found.Value.Why.Split('\n')[0]}");
        Assert.True(promises.Length == 0 || promises.Any(promise => found.Value.Why.Contains(promise, StringComparison.Ordinal)),
            $"Found by another promise than {string.Join(" or ", promises)}: {found.Value.Why}");
    }
}
