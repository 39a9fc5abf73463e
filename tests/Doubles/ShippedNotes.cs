using System.Collections.Immutable;
using Colloquy.Embeddings;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Retrieval;

namespace Colloquy.Doubles;

/// <summary>The product's own retrieval, over the shipped notes alone: no tenant has a collection.</summary>
public sealed class ShippedNotes : IKnowledge
{
    // Without an index nobody asks for a collection, hence the missing factory.
    private readonly HybridKnowledge _knowledge = new(null!, new KnowledgePorts(null, null, new HashedOnly(), [], TimeProvider.System));

    public Task<IReadOnlyList<Passage>> Search(string tenant, KnowledgeQuery query, CancellationToken cancellation) =>
        _knowledge.Search(tenant, query, cancellation);

    public Task<DocumentView?> Find(string tenant, string documentId, CancellationToken cancellation) =>
        _knowledge.Find(tenant, documentId, cancellation);
}

/// <summary>The embedder that every deployment has, and no other.</summary>
public sealed class HashedOnly : IEmbedders
{
    public Embedder Default { get; } = new(HashedEmbedder.Name, new HashedEmbedder());

    public Embedder Resolve(string? name) => Default;

    public ImmutableArray<string> Names => [HashedEmbedder.Name];
}
