using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Colloquy.Hosting;

/// <summary>The numbers of a process for Prometheus.</summary>
public static class MetricsHosting
{
    /// <summary>Collects the measurements of Colloquy, Orleans, ASP.NET Core and the runtime from now on.</summary>
    public static IServiceCollection AddColloquyMetrics(this IServiceCollection services)
    {
        services.TryAddSingleton<MetricsCollector>();
        return services;
    }

    /// <summary><c>GET /metrics</c> in Prometheus' text format.</summary>
    public static IEndpointConventionBuilder MapColloquyMetrics(this IEndpointRouteBuilder routes)
    {
        var collector = routes.ServiceProvider.GetRequiredService<MetricsCollector>(); // now, so that it misses nothing
        return routes.MapGet("/metrics", async (HttpContext http) =>
        {
            http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await http.Response.WriteAsync(PrometheusText.Of(collector.Read()), http.RequestAborted);
        }).ExcludeFromDescription();
    }
}
