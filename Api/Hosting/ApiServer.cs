using System.Net;
using Colloquy.Problems;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Colloquy.Hosting;

/// <summary>The web server's limits and the parts of ASP.NET Core that every request passes.</summary>
internal static class ApiServer
{
    /// <summary>The timeout policy of requests that move much data.</summary>
    public const string LongRequest = "long";

    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongRequestTime = TimeSpan.FromMinutes(5);
    private static readonly string[] ExposedHeaders = ["Location", "X-Run-Id", "Retry-After", "traceparent"];

    public static void AddApiServer(this WebApplicationBuilder builder, ColloquySettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel, settings));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.AddExceptionHandler<FaultHandler>();
        builder.Services.AddResponseCompression(compression => // event streams are no listed type: they are never gathered
        {
            compression.EnableForHttps = true; // no answer mixes a secret with what a stranger chose
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, ProblemWriter.ContentType,
                Sessions.ExportEndpoints.ContentType];
        });
        builder.Services.AddRequestTimeouts(timeouts =>
        {
            timeouts.DefaultPolicy = Policy(RequestTime);
            timeouts.AddPolicy(LongRequest, Policy(LongRequestTime));
        });
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => Allow(policy, settings)));
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Believe(forwarded, settings));
    }

    /// <summary>The path of a request before it comes to an endpoint, outermost first.</summary>
    public static void UseApiServer(this WebApplication app, ColloquySettings settings)
    {
        if (settings.Proxies.Count > 0)
            app.UseForwardedHeaders();
        app.UseRequestLog();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = _ => true, // FaultHandler logs what deserves it, once
            ExceptionHandler = context => ProblemWriter.Write(context, new(ProblemCodes.Internal)),
        });
        app.UseStatusCodePages(pages =>
            ProblemWriter.Write(pages.HttpContext, new(ProblemCodes.Of(pages.HttpContext.Response.StatusCode))));
        app.UseResponseCompression();
        app.UseRouting();
        if (settings.CorsOrigins.Count > 0)
            app.UseCors();
        app.UseRequestTimeouts();
    }

    private static void Limit(KestrelServerOptions kestrel, ColloquySettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = settings.BodyMax;
        kestrel.Limits.MaxConcurrentConnections = settings.ConnectionsMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        // A stream's reader may rest: its words wait in the journal, not in memory. What the server has sent must still be read.
        kestrel.Limits.MinResponseDataRate = new(bytesPerSecond: 64, gracePeriod: TimeSpan.FromSeconds(60));
        kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
    }

    private static RequestTimeoutPolicy Policy(TimeSpan most) => new()
    {
        Timeout = most,
        TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        WriteTimeoutResponse = context => ProblemWriter.Write(context, new(ProblemCodes.Timeout)),
    };

    private static void Allow(CorsPolicyBuilder policy, ColloquySettings settings) => policy
        .WithOrigins([.. settings.CorsOrigins])
        .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
        .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "traceparent")
        .WithExposedHeaders(ExposedHeaders)
        .SetPreflightMaxAge(TimeSpan.FromMinutes(10));

    private static void Believe(ForwardedHeadersOptions forwarded, ColloquySettings settings)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in settings.Proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                forwarded.KnownProxies.Add(address);
            else
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }
    }
}
