using Colloquy.Knowledge;

namespace Colloquy.Simulated;

/// <summary>Knows nothing, at once.</summary>
internal sealed class NoKnowledge : IKnowledge
{
    public Task<IReadOnlyList<Passage>> Search(
        string tenant, KnowledgeQuery query, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Passage>>([]);

    public Task<DocumentView?> Find(string tenant, string documentId, CancellationToken cancellation) =>
        Task.FromResult<DocumentView?>(null);
}
