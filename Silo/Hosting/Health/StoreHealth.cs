using Colloquy.Journals;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Colloquy.Hosting;

/// <summary>Healthy while the store takes a write and still holds the data of the start.</summary>
internal sealed class StoreHealth(IJournalStore store) : IHealthCheck
{
    /// <summary>A store that is slower than this serves nobody.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // A store that throws is reported by its exception, with the status that the registration names.
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.Check(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
