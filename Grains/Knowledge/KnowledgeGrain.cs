using Colloquy.Tenants;

namespace Colloquy.Knowledge;

/// <summary>Opens a tenant's knowledge to callers. It holds nothing.</summary>
[GrainType("knowledge")]
internal sealed class KnowledgeGrain(IKnowledge knowledge) : Grain, IKnowledgeGrain
{
    public Task<DocumentView?> Document(string id) =>
        knowledge.Find(TenantKey.TenantOf(this.GetPrimaryKeyString()), id, CancellationToken.None);

    public async Task<SearchResult> Search(KnowledgeQuery query) => new(
        SearchStatus.Done, [.. await knowledge.Search(TenantKey.TenantOf(this.GetPrimaryKeyString()), query, CancellationToken.None)]);
}
