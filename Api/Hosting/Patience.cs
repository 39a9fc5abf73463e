namespace Colloquy.Hosting;

/// <summary>Bounds how long a grain call is waited for: a caller of a killed silo would otherwise hang for half a
/// minute.</summary>
internal static class Patience
{
    /// <summary>The call's outcome, or a <see cref="TimeoutException"/>. The call itself goes on: its outcome is
    /// unknown.</summary>
    /// <remarks>Plain awaits only: <see cref="Task.WaitAsync(TimeSpan)"/> would leave the simulation's scheduler.</remarks>
    public static async Task<T> Within<T>(this Task<T> call, TimeSpan most, TimeProvider time)
    {
        if (call.IsCompleted)
            return await call;
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var alarm = time.CreateTimer(
            _ => outcome.TrySetException(new TimeoutException($"No answer within {most.TotalSeconds} s.")),
            null, most, Timeout.InfiniteTimeSpan);
        _ = Relay(call, outcome);
        return await outcome.Task;
    }

    private static async Task Relay<T>(Task<T> call, TaskCompletionSource<T> outcome)
    {
        try
        {
            outcome.TrySetResult(await call);
        }
        catch (Exception failure) // the waiter gets it, unless it has stopped waiting
        {
            outcome.TrySetException(failure);
        }
    }
}
