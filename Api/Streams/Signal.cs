namespace Colloquy.Streams;

/// <summary>Wakes one waiter. A signal that nobody waits for is kept for the next wait; several are one.</summary>
/// <remarks>Plain awaits only, so that it runs in the simulation: no thread pool, no wall clock.</remarks>
internal sealed class Signal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            (waiter, _waiter) = (_waiter, null);
            _isSet = waiter is null;
        }
        waiter?.TrySetResult();
    }

    /// <summary>Returns at the next signal, and after this time at the latest.</summary>
    public async Task Wait(TimeSpan most)
    {
        if (most <= TimeSpan.Zero)
            return;
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (_isSet)
            {
                _isSet = false;
                return;
            }
            _waiter = waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        using var alarm = time.CreateTimer(_ => waiter.TrySetResult(), null, most, Timeout.InfiniteTimeSpan);
        await waiter.Task;
        lock (_lock)
        {
            if (_waiter == waiter)
                _waiter = null;
        }
    }
}
