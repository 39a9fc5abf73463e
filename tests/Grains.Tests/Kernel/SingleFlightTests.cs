using Colloquy.Doubles;
using Colloquy.Tests;

namespace Colloquy.Kernel;

public sealed class SingleFlightTests
{
    private readonly ShiftedTime _time = new();
    private readonly List<string> _made = [];
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Who_asks_at_the_same_time_shares_one_flight()
    {
        var flight = Kept();
        var first = flight.Get("a", Gated, default);
        var second = flight.Get("a", Gated, default);
        _gate.SetResult();
        Assert.Equal(84, await first + await second);
        Assert.Equal(new CacheCounts(1, 8, 0, 1, 1, 0), flight.Counts);
        Assert.Equal(42, await flight.Get("a", _ => throw new InvalidOperationException("It is kept."), default));
        Assert.Equal(1, flight.Counts.Hits);
    }

    [Fact]
    public async Task A_batch_asks_for_what_is_neither_kept_nor_under_way()
    {
        var flight = Kept();
        await flight.Get(["a"], Lengths, default);
        var slow = flight.Get("bb", Gated, default);
        var batch = flight.Get(["bb", "a", "cccc", "a", "cccc"], Lengths, default);
        _gate.SetResult();
        Assert.Equal("42 1 4 1 4", string.Join(' ', await batch));
        Assert.Equal(42, await slow);
        Assert.Equal(["a", "cccc"], _made);
    }

    [Fact]
    public async Task What_failed_is_told_to_all_and_not_kept()
    {
        var flight = Kept();
        var first = flight.Get("a", Failing, default);
        var second = flight.Get("a", Failing, default);
        _gate.SetResult();
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        Assert.Equal(1, (await flight.Get(["a"], Lengths, default))[0]);
    }

    [Fact]
    public async Task A_batch_that_fails_fails_nobody_who_only_joined_it()
    {
        var flight = Kept();
        var poisoned = flight.Get(["good", "poison"], async (_, _) =>
        {
            await _gate.Task;
            throw new TimeoutException();
        }, default);
        var innocent = flight.Get(["good"], Lengths, default);
        _gate.SetResult();
        await Assert.ThrowsAsync<TimeoutException>(() => poisoned);
        Assert.Equal(4, Assert.Single(await innocent));
        Assert.Equal(["good"], _made);
    }

    [Fact]
    public async Task Who_leaves_disturbs_nobody()
    {
        var flight = Kept();
        using var leaving = new CancellationTokenSource();
        var first = flight.Get("a", Gated, leaving.Token);
        var second = flight.Get("a", Gated, default);
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _gate.SetResult();
        Assert.Equal(42, await second);
    }

    [Fact]
    public async Task When_all_have_left_the_making_is_cancelled_and_who_comes_then_flies_anew()
    {
        var flight = Kept();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leaving = new CancellationTokenSource();
        var first = flight.Get("a", async making =>
        {
            await using var told = making.Register(() => cancelled.TrySetResult());
            await _gate.Task;
            return 1;
        }, leaving.Token);
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await cancelled.Task.Within("the making cancelled");
        Assert.Equal(2, await flight.Get("a", _ => Task.FromResult(2), default));
        _gate.SetResult();
    }

    [Fact]
    public async Task The_least_recently_used_goes_first()
    {
        var flight = new SingleFlight<string, int>(new(Entries: 2, Bytes: 100), static (_, _) => 8, _time);
        await flight.Get(["a", "bb"], Lengths, default);
        await flight.Get(["a"], Lengths, default);
        await flight.Get(["ccc"], Lengths, default);
        await flight.Get(["a", "bb"], Lengths, default);
        Assert.Equal(["a", "bb", "ccc", "bb"], _made);
        Assert.Equal(new CacheCounts(2, 16, 2, 0, 4, 2), flight.Counts);
    }

    [Fact]
    public async Task Neither_entries_nor_bytes_exceed_their_limit()
    {
        var flight = new SingleFlight<string, int>(new(Entries: 100, Bytes: 10), static (key, _) => key.Length, _time);
        await flight.Get(["four", "five5", "sixsix", "much too long to keep"], Lengths, default);
        Assert.Equal((1, 6), (flight.Counts.Entries, flight.Counts.Bytes));
    }

    [Fact]
    public async Task What_is_older_than_its_age_is_made_again()
    {
        var flight = new SingleFlight<string, int>(new(10, 100, TimeSpan.FromMinutes(1)), static (_, _) => 8, _time);
        await flight.Get(["a"], Lengths, default);
        _time.Advance(TimeSpan.FromSeconds(61));
        await flight.Get(["a"], Lengths, default);
        Assert.Equal(["a", "a"], _made);
        Assert.Equal(8, flight.Counts.Bytes);
    }

    [Fact]
    public async Task A_maker_that_returns_too_few_values_is_refused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Kept().Get(["a", "b"], (_, _) => Task.FromResult<IReadOnlyList<int>>([1]), default));

    private SingleFlight<string, int> Kept() => new(new(10, 1000), static (_, _) => 8, _time);

    private async Task<int> Gated(CancellationToken cancellation)
    {
        await _gate.Task;
        return 42;
    }

    private async Task<int> Failing(CancellationToken cancellation)
    {
        await _gate.Task;
        throw new TimeoutException();
    }

    private Task<IReadOnlyList<int>> Lengths(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        _made.AddRange(keys);
        return Task.FromResult<IReadOnlyList<int>>([.. keys.Select(key => key.Length)]);
    }
}
