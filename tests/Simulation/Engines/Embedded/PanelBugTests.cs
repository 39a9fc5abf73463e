using Xunit.Abstractions;

namespace Colloquy.Simulated;

/// <summary>The world of panels can fail: each of these bugs is one wrong part in an otherwise right world.</summary>
public sealed class PanelBugTests(ITestOutputHelper output)
{
    [Fact]
    public void Seats_that_forget_their_answers_are_found_within_200_seeds() => IsFound(() => new ForgetsAnswers(), 200, "P4");

    [Fact]
    public void Seats_without_a_fence_of_attempts_are_found_within_200_seeds() => IsFound(() => new BeginsAnewWhenAsked(), 200, "P4");

    [Fact]
    public void Late_answers_that_count_are_found_within_200_seeds() => IsFound(() => new CountsLateAnswers(), 200, "P3");

    [Fact]
    public void A_clock_that_a_restart_stops_is_found_within_200_seeds() => IsFound(() => new ForgetsTheClock(), 200, "P5");

    [Fact]
    public void An_end_that_is_told_once_is_found_within_400_seeds() => IsFound(() => new FinishesOnce(), 400, "P9");

    [Fact]
    public void Seats_that_are_asked_once_are_found_within_200_seeds() => IsFound(() => new AsksOnce(), 200, "P5");

    [Fact]
    public void Words_without_offsets_are_found_within_200_seeds() => IsFound(() => new HasNoOffsets(), 200, "P6");

    [Fact]
    public void Budgets_that_a_cancelled_panel_does_not_settle_are_found_within_200_seeds() =>
        IsFound(() => new SettlesNothingOnCancel(), 200, "P8");

    // A bug may remember something, so each world has its own.
    private void IsFound(Func<Parts> bug, int within, params string[] promises) =>
        Found.Within(output, bug(), within, seed => PanelWorld.Play(seed, bug()), promises);
}
