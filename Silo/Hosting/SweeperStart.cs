using Colloquy.Sweeping;
using Colloquy.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Colloquy.Hosting;

/// <summary>
/// Wakes every sweeper once the silo runs, so that what a dead process left unfinished goes on without waiting for a client or
/// a reminder. Each is tried until it answers: waking one twice changes nothing.
/// </summary>
internal sealed partial class SweeperStart(
    IGrainFactory grains, IHostApplicationLifetime life, TimeProvider clock, ILogger<SweeperStart> logger) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await life.Started(stoppingToken))
            return;
        await Task.WhenAll(Enumerable.Range(0, Sweepers.Count).Select(number => Wake(Sweepers.Key(number), stoppingToken)));
        LogAwake(Sweepers.Count);
    }

    private async Task Wake(string key, CancellationToken cancellation)
    {
        for (var wait = FirstWait; !await IsAwake(key); wait = wait * 2 < WaitMax ? wait * 2 : WaitMax)
            await Task.Delay(wait, clock, cancellation);
    }

    private async Task<bool> IsAwake(string key)
    {
        CallerTenant.Set(TenantKey.System);
        try
        {
            await grains.GetGrain<ISweeperGrain>(key).Wake();
            return true;
        }
        catch (Exception failure) // whatever the cluster or its store throws: it is tried again
        {
            LogNotAwake(key, failure);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} sweepers look for unfinished work")]
    private partial void LogAwake(int count);

    [LoggerMessage(LogLevel.Warning, "{Key} does not wake yet")]
    private partial void LogNotAwake(string key, Exception failure);
}
