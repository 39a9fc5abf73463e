using System.Diagnostics;
using Colloquy.Tenants;

namespace Colloquy.Hosting;

/// <summary>Ties a request, its log lines and its trace together, and writes one line about each.</summary>
internal static partial class RequestLog
{
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Colloquy.Requests");
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        return app.Use(async (context, next) =>
        {
            var began = time.GetTimestamp();
            if (Activity.Current is { } activity)
                context.Response.Headers["traceparent"] = activity.Id;
            context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
            using var scope = logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["TraceId"] = Activity.Current?.TraceId.ToHexString(),
                ["RequestId"] = context.TraceIdentifier,
            });
            try
            {
                await next(context);
            }
            finally
            {
                Write(logger, context, time.GetElapsedTime(began));
            }
        });
    }

    /// <summary>Lets every log line of the rest of a request name the tenant and the key.</summary>
    public static IApplicationBuilder UseCallerLog(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Colloquy.Requests");
        return app.Use(async (context, next) =>
        {
            var caller = Caller.Of(context);
            using var scope = caller is null ? null : logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["Tenant"] = caller.Tenant,
                ["KeyId"] = caller.KeyId,
            });
            await next(context);
        });
    }

    // The route and not the address: what a user typed into it is no business of the log.
    private static void Write(ILogger logger, HttpContext context, TimeSpan took)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
        var caller = Caller.Of(context);
        var isProbe = route.StartsWith("/health", StringComparison.Ordinal) || route is "/metrics";
        Line(logger, isProbe ? LogLevel.Debug : LogLevel.Information, context.Request.Method, route, context.Response.StatusCode,
            Math.Round(took.TotalMilliseconds, 1), caller?.Tenant, caller?.KeyId, context.RequestAborted.IsCancellationRequested);
    }

    [LoggerMessage(
        Message = "{Method} {Route} {Status} in {Milliseconds} ms, tenant {Tenant}, key {KeyId}, left early: {IsAborted}")]
    private static partial void Line(
        ILogger logger, LogLevel level, string method, string route, int status, double milliseconds, string? tenant,
            string? keyId,
        bool isAborted);
}
