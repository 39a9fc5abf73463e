using Microsoft.Extensions.FileProviders;

namespace Colloquy.Hosting;

/// <summary>The console's files, where the build made them. They are open: what they show comes from the API, with a
/// key.</summary>
internal static class ConsolePages
{
    public const string Path = "/console";
    private const string Page = "console/index.html";

    /// <summary>Finds the files beside the program, from whatever directory it was started: published with it, or where a build
    /// left them.</summary>
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        var published = System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (Directory.Exists(published))
            builder.Environment.WebRootFileProvider = new PhysicalFileProvider(published);
        else
            builder.WebHost.UseStaticWebAssets();
    }

    public static void UseConsole(this WebApplication app)
    {
        if (!app.HasConsole())
            return;
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Path.StartsWithSegments($"{Path}/assets", StringComparison.Ordinal)
                    ? "public, max-age=31536000, immutable" // the names carry a hash of the content
                    : "no-cache",
        });
    }

    public static void MapConsole(this WebApplication app)
    {
        var start = app.HasConsole() ? $"{Path}/" : "/openapi/v1.json";
        app.MapGet("/", () => Results.Redirect(start)).AllowAnonymous().ExcludeFromDescription();
        if (!app.HasConsole())
            return;
        // A page's own address (a conversation, say) is answered with the page; a missing file stays missing.
        app.MapFallbackToFile($"{Path}/{{**page:nonfile}}", Page, new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        }).AllowAnonymous();
    }

    private static bool HasConsole(this WebApplication app) => app.Environment.WebRootFileProvider.GetFileInfo(Page).Exists;
}
