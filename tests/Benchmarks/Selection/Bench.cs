using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Embeddings;
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
            new KnowledgeCoverage(new ShippedKnowledge(), "bench", TimeProvider.System, NullLogger.Instance));
    }
}

/// <summary>The embedder that every deployment has, and no other.</summary>
internal sealed class HashedOnly : IEmbedders
{
    public Embedder Default { get; } = new(HashedEmbedder.Name, new HashedEmbedder());

    public Embedder Resolve(string? name) => Default;

    public ImmutableArray<string> Names => [HashedEmbedder.Name];
}
