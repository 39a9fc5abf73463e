using Colloquy.Embeddings;
using Colloquy.Models;
using Colloquy.Tenants;

namespace Colloquy.Knowledge;

/// <summary>Opens a tenant's knowledge to callers. It holds nothing.</summary>
[GrainType("knowledge")]
internal sealed class KnowledgeGrain(IKnowledge knowledge, TimeProvider clock) : Grain, IKnowledgeGrain
{
    private string Tenant => TenantKey.TenantOf(this.GetPrimaryKeyString());

    public Task<DocumentView?> Document(string id) => knowledge.Find(Tenant, id, CancellationToken.None);

    public async Task<SearchResult> Search(KnowledgeQuery query)
    {
        foreach (var name in query.Collections)
            if (!NoteLibrary.Shipped.Collections.Contains(name)
                && (!TenantKey.IsName(name) || await GrainFactory.GetGrain<ICollectionGrain>(TenantKey.For(Tenant,
                    name)).View() is null))
                return new(SearchStatus.UnknownCollection, [], name);
        using var limit = new CancellationTokenSource(KnowledgeLimits.ProbeTime, clock);
        try
        {
            return new(SearchStatus.Done, [.. await knowledge.Search(Tenant, query, limit.Token)]);
        }
        catch (EmbedderMissingException missing)
        {
            return new(SearchStatus.EmbedderMissing, [], missing.Setting ?? missing.Name);
        }
        catch (ModelException failure)
        {
            return new(SearchStatus.EmbedderFailed, [], failure.Code);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new(SearchStatus.EmbedderFailed, [], ModelErrors.Stalled);
        }
    }
}
