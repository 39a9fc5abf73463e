using Colloquy.Tenants;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;

namespace Colloquy;

/// <summary>What the grains of Colloquy need of a silo, apart from the stores and models that the host chooses.</summary>
public static class Hosting
{
    /// <summary>Adds the wall between tenants, and the machine's clock unless the host has another.</summary>
    public static ISiloBuilder AddColloquyGrains(this ISiloBuilder silo)
    {
        silo.AddIncomingGrainCallFilter<TenantBoundary>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        return silo;
    }
}
