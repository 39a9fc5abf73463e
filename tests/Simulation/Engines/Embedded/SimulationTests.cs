using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Embedded;
using Xunit.Abstractions;

namespace Colloquy.Simulated;

public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_promise_holds_in_every_world()
    {
        var played = Seeds.Play(Seeds.Chosen, seed => ConversationWorld.Play(seed));
        var (sent, answered) = (played.Sum(one => one.Sent), played.Sum(one => one.Answered));
        var (accepted, completed) = (played.Sum(one => one.Accepted), played.Sum(one => one.Completed));
        output.WriteLine($"{played.Count} seeds, {played.Average(one => one.Steps):f0} turns each: {sent} messages sent, "
            + $"{answered} answered, {accepted} accepted, {completed} completed, "
            + $"{played.Sum(one => one.Faulted)} failed by a fault of ours.");
        var (chosen, overridden) = (played.Sum(one => one.Chosen), played.Sum(one => one.Overridden));
        var remembered = played.Sum(one => one.Remembered);
        output.WriteLine($"{chosen} agents chosen, {overridden} set aside, {remembered} turns with something to remember.");
        Assert.True(chosen >= played.Count && overridden >= played.Count / 8, "Hardly anybody was chosen.");
        Assert.True(remembered >= played.Count / 2, "Hardly anything was told.");
        Assert.True(answered >= 0.9 * sent, "Hardly any work was done.");
        Assert.True(completed >= 0.4 * accepted, "Hardly any answer was completed.");
    }

    [Fact]
    public void The_same_seed_is_the_same_run_and_another_is_another()
    {
        var first = Enumerable.Range(1, 12).Select(seed => ConversationWorld.Play(seed).TraceHash).ToList();
        Assert.Equal(first, Enumerable.Range(1, 12).Select(seed => ConversationWorld.Play(seed).TraceHash));
        Assert.Equal(12, first.Distinct().Count());
    }
}

/// <summary>Plays seeds side by side: each world has a thread to itself.</summary>
internal static class Seeds
{
    private const int Default = 2_000;

    /// <summary>COLLOQUY_SEED names one, COLLOQUY_SEEDS how many.</summary>
    public static IReadOnlyList<int> Chosen =>
        Number("COLLOQUY_SEED") is { } one ? [one] : [.. Enumerable.Range(1, Number("COLLOQUY_SEEDS") ?? Default)];

    /// <summary>Plays them all, and throws what the smallest failing seed threw.</summary>
    public static IReadOnlyCollection<T> Play<T>(IReadOnlyList<int> seeds, Func<int, T> play)
    {
        var (played, failed) = PlayEach(seeds, play, stopAtFirst: false);
        if (failed.IsEmpty)
            return played;
        var first = failed.Keys.Min();
        var each = failed.OrderBy(one => one.Key).Take(20).Select(one => $"seed {one.Key}: {one.Value.Split('\n')[0]}");
        throw new BrokenPromiseException(
            $"{failed.Count} of {seeds.Count} seeds fail.\n{string.Join('\n', each)}\nThe first of them:\n{failed[first]}");
    }

    /// <summary>The smallest seed that fails, and why; null if none does.</summary>
    public static (int Seed, string Why)? FirstFailing<T>(int seeds, Func<int, T> play)
    {
        var (_, failed) = PlayEach([.. Enumerable.Range(1, seeds)], play, stopAtFirst: true);
        return failed.IsEmpty ? null : (failed.Keys.Min(), failed[failed.Keys.Min()]);
    }

    private static (ConcurrentBag<T>, ConcurrentDictionary<int, string>) PlayEach<T>(
        IReadOnlyList<int> seeds, Func<int, T> play, bool stopAtFirst)
    {
        var (played, failed, next) = (new ConcurrentBag<T>(), new ConcurrentDictionary<int, string>(), -1);
        var threads = Enumerable.Range(0, Math.Min(seeds.Count, Environment.ProcessorCount)).Select(_ => new Thread(() =>
        {
            for (var at = Interlocked.Increment(ref next); at < seeds.Count && !(stopAtFirst && !failed.IsEmpty);
                at = Interlocked.Increment(ref next))
                try
                {
                    played.Add(play(seeds[at]));
                }
                catch (Exception failure) when (failure is BrokenPromiseException or SimulationEscapeException)
                {
                    failed[seeds[at]] = failure.Message;
                }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return (played, failed);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
