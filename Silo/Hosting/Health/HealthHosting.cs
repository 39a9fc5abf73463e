using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Colloquy.Hosting;

/// <summary>What an orchestrator asks a process.</summary>
public static class HealthHosting
{
    /// <summary>The tag of checks that decide whether a process gets traffic.</summary>
    public const string Ready = "ready";

    /// <summary>
    /// <c>/health/live</c> answers while the process does; <c>/health/ready</c> while what it depends on works, with a line for
    /// each check and 503 when one fails.
    /// </summary>
    public static void MapColloquyHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResponseWriter = Write,
        });
    }

    // The reason is for the log, which has it already: an open endpoint names only what is broken.
    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = Word(report.Status),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status)),
    });

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}
