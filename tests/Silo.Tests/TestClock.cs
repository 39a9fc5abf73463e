namespace Colloquy.Tests;

/// <summary>
/// A clock that stands still until a test moves it, and tells the test who waits for it. An impatient one lets short waits be
/// over at once, and remembers them.
/// </summary>
internal sealed class TestClock(TimeSpan? impatientUpTo = null) : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private readonly List<TimeSpan> _skipped = [];
    private TaskCompletionSource _changed = NewSignal();
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The waits that impatience cut short, in their order.</summary>
    public IReadOnlyList<TimeSpan> Skipped
    {
        get
        {
            lock (_lock)
                return [.. _skipped];
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when somebody waits for exactly this long from now.</summary>
    public async Task Awaited(TimeSpan wait)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_timers.Exists(timer => timer.Due == _now + wait))
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (_lock)
        {
            _now += by;
            due = _timers.FindAll(timer => timer.Due <= _now);
            _timers.RemoveAll(timer => due.Contains(timer) && timer.Period <= TimeSpan.Zero);
            due.ForEach(timer => timer.Due = _now + timer.Period);
        }

        due.ForEach(timer => timer.Ring());
    }

    private void Set(Timer timer, TimeSpan wait)
    {
        TaskCompletionSource changed;
        var isSkipped = wait >= TimeSpan.Zero && wait <= impatientUpTo;
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Due = wait < TimeSpan.Zero ? null : _now + wait;
            if (timer.Due is not null)
                _timers.Add(timer);
            if (isSkipped)
                _skipped.Add(wait);
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
        if (isSkipped)
            ThreadPool.QueueUserWorkItem(_ => Advance(wait));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Timer(TestClock clock, Action ring) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public Action Ring { get; } = ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
