namespace Colloquy.FakeModel.Tests;

/// <summary>A clock that stands still until a test moves it, and tells the test who waits for it.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), dueTime == Timeout.InfiniteTimeSpan ? null : _now + dueTime);
        Change(() => _timers.Add(timer));
        return timer;
    }

    /// <summary>Completes when somebody waits for exactly this long from now.</summary>
    public Task Awaited(TimeSpan wait) => Patience.For(
        async left =>
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (_timers.Exists(timer => timer.Due == _now + wait))
                    {
                        return;
                    }

                    changed = _changed.Task;
                }

                await changed.WaitAsync(left);
            }
        },
        $"somebody to wait {wait}",
        () => $"{_timers.Count} timers, due {string.Join(", ", _timers.Select(timer => timer.Due))}");

    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(timer => timer.Due <= _now);
        }

        Array.ForEach(due, timer => timer.Ring());
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    private sealed class Timer(ManualClock clock, Action ring, DateTimeOffset? due) : ITimer
    {
        public DateTimeOffset? Due { get; } = due;

        public Action Ring { get; } = ring;

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => clock.Change(() => clock._timers.Remove(this));

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
