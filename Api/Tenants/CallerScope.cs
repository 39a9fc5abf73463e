namespace Colloquy.Tenants;

/// <summary>Lets every grain call of a request act for the caller's tenant, and for no other.</summary>
internal static class CallerScope
{
    public static IApplicationBuilder UseCallerScope(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (Caller.Of(context) is { } caller)
            CallerTenant.Set(caller.Tenant);
        await next(context);
    });
}
