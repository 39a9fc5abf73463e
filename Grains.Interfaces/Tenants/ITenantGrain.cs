namespace Colloquy.Tenants;

/// <summary>One organisation, keyed by <c>{tenant}/tenant</c>.</summary>
[Alias("tenant")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Creates the tenant. A repeat with the same command answers the same; another command on a tenant that exists
    /// answers <see cref="TenantStatus.Exists"/>. Durable on return.</summary>
    [Alias("create")]
    Task<TenantResult> Create(CreateTenant command);

    /// <summary>The tenant, or null.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<TenantView?> View();
}

/// <summary>What an operator says to create a tenant.</summary>
/// <param name="Plan"><c>free</c>, <c>premium</c> or <c>enterprise</c>.</param>
[GenerateSerializer, Alias("tenant.create"), Immutable]
public sealed record CreateTenant(string Id, string Name, string Plan);

[GenerateSerializer, Alias("tenant.view"), Immutable]
public sealed record TenantView(string Id, string Name, string Plan, DateTimeOffset CreatedAt);

[GenerateSerializer, Alias("tenant.status")]
public enum TenantStatus { Created, Exists }

[GenerateSerializer, Alias("tenant.result"), Immutable]
public sealed record TenantResult(TenantStatus Status, TenantView Tenant);
