using System.Globalization;
using Colloquy.Journals;
using Colloquy.Runs;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Sweeping;

/// <summary>
/// Finds open work that nobody is doing and wakes it, keyed by <c>$system/sweeper-{n}</c>. So recovery needs no client, and no
/// reminder for every run: the reminder here only brings the sweeper itself back. Two sweepers of one number do no harm.
/// </summary>
[Alias("sweeper")]
public interface ISweeperGrain : IGrainWithStringKey
{
    /// <summary>Begins to sweep, if it has not. What it finds overdue it wakes at once.</summary>
    [Alias("wake")]
    Task Wake();
}

/// <summary>How the shards of all journals are divided among sweepers.</summary>
public static class Sweepers
{
    public const int Count = 8;

    public static string Key(int number) =>
        TenantKey.For(TenantKey.System, string.Create(CultureInfo.InvariantCulture, $"sweeper-{number}"));

    /// <summary>The shards of a sweeper, first and last.</summary>
    public static (int First, int Last) Shards(string key)
    {
        const int Each = JournalShard.Count / Count;
        return (Number(key) * Each, (Number(key) * Each) + Each - 1);
    }

    /// <summary>The sweeper that this one looks after.</summary>
    public static string Next(string key) => Key((Number(key) + 1) % Count);

    private static int Number(string key) => int.Parse(key[(key.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);
}

[GrainType("sweeper")]
internal sealed partial class SweeperGrain(IJournalStore store, TimeProvider clock, ILogger<SweeperGrain> logger)
    : Grain, ISweeperGrain, IRemindable
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int SweepsBetweenCalls = 5;

    private bool _reminded;
    private int _sweeps;
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _timer = this.RegisterGrainTimer(Sweep, new() { DueTime = TimeSpan.Zero, Period = Pause, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task Wake()
    {
        if (!_reminded)
            await this.RegisterOrUpdateReminder("sweep", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        _reminded = true;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask; // being active is sweeping

    private async Task Sweep(CancellationToken cancellation)
    {
        var (first, last) = Sweepers.Shards(this.GetPrimaryKeyString());
        if (_sweeps++ % SweepsBetweenCalls == 0)
            _ = WakeNext(); // its silo may have died, and the reminder is a minute away
        try
        {
            var overdue = await store.FindOverdue(first, last, clock.GetUtcNow(), AtOnce, cancellation);
            foreach (var journal in overdue)
                _ = Poke(journal); // side by side: one silo that does not answer must not hold up the rest
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogSweepFailed(failure, first, last); // the next sweep is a second away
        }
    }

    private async Task WakeNext()
    {
        var next = Sweepers.Next(this.GetPrimaryKeyString());
        try
        {
            await GrainFactory.GetGrain<ISweeperGrain>(next).Wake();
        }
        catch (Exception failure)
        {
            LogNotAwake(failure, next); // it is called again in a few seconds
        }
    }

    private async Task Poke(string journal)
    {
        try
        {
            await GrainFactory.Watched(journal).Poke();
        }
        catch (Exception failure)
        {
            LogPokeFailed(failure, journal); // still overdue, so the next sweep finds it again
        }
    }

    [LoggerMessage(LogLevel.Warning, "The sweep of shards {First} to {Last} failed")]
    private partial void LogSweepFailed(Exception failure, int first, int last);

    [LoggerMessage(LogLevel.Warning, "{Key} does not wake")]
    private partial void LogNotAwake(Exception failure, string key);

    [LoggerMessage(LogLevel.Warning, "Open work in {Journal} could not be woken")]
    private partial void LogPokeFailed(Exception failure, string journal);
}
