using System.Net;
using Colloquy.Problems;
using Colloquy.Tenants;
using Microsoft.AspNetCore.Authentication;

namespace Colloquy.Hosting;

/// <summary>What Prometheus scrapes: open to this machine, and elsewhere to operators.</summary>
internal static class MetricEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapColloquyMetrics().AllowAnonymous().AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            if (IsLocal(context))
                return await next(call);
            if (!(await context.AuthenticateAsync()).Succeeded)
                return Results.Challenge();
            return context.User.IsInRole(Roles.Operator)
                ? await next(call) : new Problem(ProblemCodes.Forbidden, "The role operator is needed.");
        });

    // A proxy on this machine forwards strangers: what it brings does not count as local.
    private static bool IsLocal(HttpContext context) => context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address) && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");
}
