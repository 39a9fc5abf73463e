using Colloquy.Budgets;
using Colloquy.Tenants;

namespace Colloquy.Tests.Tenants;

/// <summary>A grain of some tenant that calls into another.</summary>
[Alias("test.probe")]
public interface IProbe : IGrainWithStringKey
{
    /// <summary>Looks at a tenant's budget, in the name of the caller or in its own.</summary>
    [Alias("look")]
    Task<long> Look(string tenant, bool inOwnName);
}

[GrainType("test-probe")]
public sealed class ProbeGrain : Grain, IProbe
{
    public async Task<long> Look(string tenant, bool inOwnName)
    {
        if (inOwnName)
            CallerTenant.Clear();
        return (await GrainFactory.GetGrain<IBudgetGrain>(TenantKey.For(tenant, "budget")).View()).Spent;
    }
}
