using System.Collections.Immutable;
using Colloquy.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Colloquy.Hosting;

/// <summary>Whether a dependency answers, as everybody may know it.</summary>
internal sealed record HealthCheck(string Name, string Status);

/// <summary>Whether this process can do its work, and what of that it depends on.</summary>
internal sealed record HealthReport(string Status, ImmutableArray<HealthCheck> Checks);

/// <summary>For orchestrators: is the process alive, and may it be given requests.</summary>
internal static partial class HealthEndpoints
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new HealthReport("ok", []))).AllowAnonymous()
            .ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(
        IClusterClient cluster, TimeProvider time, IHostApplicationLifetime host, ILoggerFactory loggers)
    {
        if (host.ApplicationStopping.IsCancellationRequested)
            return Answer("stopping", []);
        var logger = loggers.CreateLogger("Colloquy.Health");
        try
        {
            CallerTenant.Set(TenantKey.System);
            var entries = await cluster.GetGrain<IHealthGrain>(TenantKey.For(TenantKey.System, "health")).Check()
                .Within(Most, time);
            foreach (var entry in entries.Where(entry => !entry.IsHealthy))
                NotHealthy(logger, entry.Name, entry.Error);
            return Answer(
                entries.All(entry => entry.IsHealthy) ? "ok" : "failing",
                [.. entries.Select(entry => new HealthCheck(entry.Name, entry.IsHealthy ? "ok" : "failing"))]);
        }
        catch (Exception failure) // whatever it is: the cluster does not serve
        {
            NoCluster(logger, failure);
            return Answer("failing", [new("cluster", "failing")]);
        }
    }

    private static JsonHttpResult<HealthReport> Answer(string status, ImmutableArray<HealthCheck> checks) => TypedResults.Json(
        new HealthReport(status, checks),
        statusCode: status is "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Name} is not healthy: {Reason}")]
    private static partial void NotHealthy(ILogger logger, string name, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster does not answer")]
    private static partial void NoCluster(ILogger logger, Exception failure);
}
