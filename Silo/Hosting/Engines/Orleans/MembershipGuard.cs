using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Colloquy.Hosting;

/// <summary>
/// Ends a silo whose own row is gone from the membership table. Orleans never writes it again, so the silo would live on beside
/// the cluster that the others form, and grains would be active in both.
/// </summary>
internal sealed partial class MembershipGuard(
    IMembershipTable table, ILocalSiloDetails silo, IFatalErrorHandler fatal, TimeProvider clock, ILogger<MembershipGuard> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watch = new MembershipWatch();
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await IsPresent() is not { } present || !watch.IsLost(present))
                continue;
            LogLost(silo.SiloAddress.ToString());
            fatal.OnFatalException(this, "The silo's own row is gone from the membership table.");
            return;
        }
    }

    // Null: the table cannot be read. Then nobody can join either, and the cluster stays as it is.
    private async Task<bool?> IsPresent()
    {
        try
        {
            return (await table.ReadRow(silo.SiloAddress)).TryGet(silo.SiloAddress) is not null;
        }
        catch (Exception failure) // of whatever kind the table's driver throws
        {
            LogUnreadable(failure);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Critical, "Silo {Silo} lost its place in the cluster: the membership table was emptied. It ends now")]
    private partial void LogLost(string silo);

    [LoggerMessage(LogLevel.Warning, "The membership table cannot be read")]
    private partial void LogUnreadable(Exception failure);
}
