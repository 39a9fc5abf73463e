using Orleans.Runtime;

namespace Colloquy.Tenants;

/// <summary>The tenant for which the calls that follow are made. It travels with them, and with the calls they cause.</summary>
public static class CallerTenant
{
    /// <summary>The entry's name in the <see cref="RequestContext"/>.</summary>
    public const string Name = "colloquy.tenant";

    /// <summary>The tenant, or null if nobody has said.</summary>
    public static string? Current => RequestContext.Get(Name) as string;

    /// <summary>Calls from here on act for this tenant. Only who has checked a credential may say so; the silo's own services
    /// say <see cref="TenantKey.System"/>.</summary>
    public static void Set(string tenant) => RequestContext.Set(Name, tenant);

    /// <summary>Calls from here on act for nobody; a grain's act for the tenant of its key.</summary>
    public static void Clear() => RequestContext.Remove(Name);
}
