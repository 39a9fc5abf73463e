using Microsoft.Extensions.Hosting;

namespace Colloquy.Hosting;

internal static class HostLife
{
    /// <summary>Completes when every hosted service has started; false if the host stops before.</summary>
    public static async Task<bool> Started(this IHostApplicationLifetime life, CancellationToken stopping)
    {
        var happened = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = life.ApplicationStarted.Register(() => happened.TrySetResult(true));
        await using var stopped = stopping.Register(() => happened.TrySetResult(false));
        return await happened.Task;
    }
}
