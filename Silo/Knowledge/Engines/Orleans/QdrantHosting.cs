using Colloquy.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Colloquy.Knowledge;

/// <summary>Puts Qdrant in the place of whatever index there is.</summary>
internal static class QdrantHosting
{
    public const string Check = "qdrant";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddQdrant(this IServiceCollection services, QdrantOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<QdrantConnection>();
        services.Replace(ServiceDescriptor.Singleton<IPassageIndex, QdrantPassageIndex>());
        // Degraded, not unhealthy: conversations do without, and a Qdrant that fails takes no process out of service.
        services.AddHealthChecks().AddCheck<QdrantHealth>(Check, HealthStatus.Degraded, [HealthHosting.Ready], Patience);
    }
}

/// <summary>Healthy while Qdrant answers and takes the key.</summary>
internal sealed class QdrantHealth(QdrantConnection qdrant) : IHealthCheck
{
    // What it throws is reported with the status that the registration names.
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await qdrant.Check(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
