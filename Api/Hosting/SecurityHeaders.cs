namespace Colloquy.Hosting;

/// <summary>What every answer tells a browser about how to treat it.</summary>
internal static class SecurityHeaders
{
    /// <summary>Answers of the API are data: nothing in them may run or be framed.</summary>
    private const string ForData = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>The console's pages load their own files and call this API, and nothing else.</summary>
    private const string ForConsole = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // At the start of the answer, since an exception handler clears the headers that were set before.
        context.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments(ConsolePages.Path, StringComparison.Ordinal)
                ? ForConsole : ForData;
            if (http.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store"; // conversations are nobody else's, also not a cache's
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
