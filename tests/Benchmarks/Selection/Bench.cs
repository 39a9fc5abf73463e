using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Doubles;
using Colloquy.Knowledge;
using Colloquy.Selection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Colloquy.Benchmarks.Selection;

/// <summary>The selector over the built-in agents, the shipped notes and the embedder that every deployment has.</summary>
internal static class Bench
{
    public static Selector Selector(ImmutableArray<AgentProfile> agents = default)
    {
        var view = new CatalogueView("bench", agents.IsDefault ? BuiltInAgents.All : agents);
        var shelf = new VectorShelf(new HashedOnly(), TimeProvider.System, NullLogger.Instance);
        return new Selector(
            new AgentDirectory(stamp => Task.FromResult(stamp == view.Stamp ? null : view), shelf), shelf,
            new KnowledgeCoverage(new ShippedNotes(), "bench", TimeProvider.System, NullLogger.Instance));
    }
}
