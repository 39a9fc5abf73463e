namespace Colloquy.Hosting;

/// <summary>The console's files, where the build made them. They are open: what they show comes from the API, with a key.</summary>
internal static class ConsolePages
{
    public const string Path = "/console";
    private const string Page = "console/index.html";

    public static void MapConsole(this WebApplication app)
    {
        var hasConsole = app.Environment.WebRootFileProvider.GetFileInfo(Page).Exists;
        app.MapGet("/", () => Results.Redirect(hasConsole ? $"{Path}/" : "/openapi/v1.json")).AllowAnonymous().ExcludeFromDescription();
        if (!hasConsole)
            return;
        // A page's own address (a conversation, say) is answered with the page; a missing file stays missing.
        app.MapFallbackToFile($"{Path}/{{**page:nonfile}}", Page, new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        }).AllowAnonymous();
    }

    public static void UseConsole(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
            file.Context.Request.Path.StartsWithSegments($"{Path}/assets", StringComparison.Ordinal)
                ? "public, max-age=31536000, immutable" // the names carry a hash of the content
                : "no-cache",
    });
}
