using Colloquy.Memory.Extraction;
using Colloquy.Selection;
using Colloquy.Embeddings;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Retrieval;
using Colloquy.Panels.Seats;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Colloquy.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;

namespace Colloquy;

/// <summary>What the grains of Colloquy need of a silo, apart from the stores, models and knowledge that the host chooses.</summary>
public static class GrainRegistration
{
    /// <summary>Adds the wall between tenants, the tools that need no vendor, and the machine's clock unless the host has
    /// another.</summary>
    public static ISiloBuilder AddColloquyGrains(this ISiloBuilder silo)
    {
        silo.AddIncomingGrainCallFilter<TenantBoundary>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<ITool, KnowledgeSearchTool>();
        silo.Services.TryAddSingleton<TurnPorts>();
        silo.Services.TryAddSingleton<MemoryExtractor>();
        silo.Services.TryAddSingleton<SeatPorts>();
        silo.Services.TryAddSingleton<SelectionPorts>();
        silo.Services.TryAddSingleton(services => new KnowledgePorts(
            services.GetService<IPassageIndex>(), services.GetService<IDocumentStore>(), services.GetService<IEmbedders>(),
            services.GetServices<IDocumentReader>(), services.GetRequiredService<TimeProvider>()));
        silo.Services.TryAddSingleton<IKnowledge, HybridKnowledge>();
        return silo;
    }
}
