using System.Collections.Immutable;
using Colloquy.Hosting;

namespace Colloquy.Tenants;

/// <summary>Makes sure that there is a key to begin with: the one that the environment names, or at the very first start a random
/// one, which is printed once.</summary>
internal sealed partial class BootstrapKey(
    GrainCalls calls, ColloquySettings settings, TextWriter console, ILogger<BootstrapKey> logger) : BackgroundService
{
    private const string FirstId = "first";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private bool _isDone;

    /// <summary>On one machine the key works before the first request is taken. Where the cluster is elsewhere and not up yet,
    /// it is
    /// waited for without keeping the process from saying so.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Try(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_isDone)
        {
            await Task.Delay(Pause, stoppingToken);
            await Try(stoppingToken);
        }
    }

    private async Task Try(CancellationToken cancellation)
    {
        try
        {
            await Install(cancellation);
            _isDone = true;
        }
        catch (UnavailableException failure)
        {
            LogWaiting(failure);
        }
    }

    private async Task Install(CancellationToken cancellation)
    {
        CallerTenant.Set(TenantKey.Operator);
        var tenant = new CreateTenant(TenantKey.Operator, "Operator", "enterprise");
        await calls.Tenant(TenantKey.Operator).Ask(grain => grain.Create(tenant), cancellation);
        var keys = calls.Keys(TenantKey.Operator);
        if (settings.BootstrapKey is { Length: > 0 } chosen)
        {
            var key = ApiKey.Parse(chosen);
            if (key.Tenant != TenantKey.Operator)
                throw new SettingsException(["COLLOQUY_BOOTSTRAP_KEY is the key of another tenant; it must be the operator's."]);
            var add = new AddKey(key.KeyId, key.SecretHash, "bootstrap key of the environment", Roles.All, ExpiresAt: null,
                Replaces: true);
            if (await keys.Ask(ring => ring.Add(add), cancellation) is not AddKeyStatus.Added)
                LogRevoked();
            return;
        }
        ImmutableArray<KeyView> known = await keys.Ask(ring => ring.List(), cancellation);
        if (known.Length > 0)
            return;
        var first = ApiKey.Make(TenantKey.Operator, FirstId);
        var addFirst = new AddKey(first.KeyId, first.SecretHash, "first key", Roles.All, ExpiresAt: null);
        if (await keys.Ask(ring => ring.Add(addFirst), cancellation) is AddKeyStatus.Added)
            await console.WriteLineAsync($"This is the first start. The operator's key, shown this once, is: {first.Reveal()}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster does not answer yet; the bootstrap key waits for it")]
    private partial void LogWaiting(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "COLLOQUY_BOOTSTRAP_KEY names a key that was revoked: it does not work")]
    private partial void LogRevoked();
}
