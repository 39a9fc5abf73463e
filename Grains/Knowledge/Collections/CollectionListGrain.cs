using System.Collections.Immutable;
using Colloquy.Kernel;
using Colloquy.Tenants;

namespace Colloquy.Knowledge.Collections;

/// <summary>Ids of a tenant's collections, in ordinal order; at most <see cref="KnowledgeLimits.Collections"/>.</summary>
[GenerateSerializer, Alias("collections.state"), Immutable]
internal sealed record CollectionListState
{
    [Id(0)] public ImmutableArray<string> Collections { get; init; } = [];
}

/// <summary>What may happen to the list. An unchanged state is the same object.</summary>
internal static class CollectionListProtocol
{
    public static (CollectionListState Next, bool Answer) List(CollectionListState state, string collection) =>
        state.Collections.Contains(collection) ? (state, true)
        : state.Collections.Length >= KnowledgeLimits.Collections ? (state, false)
        : (new() { Collections = [.. state.Collections.Add(collection).Order(StringComparer.Ordinal)] }, true);

    public static (CollectionListState Next, bool Answer) Delist(CollectionListState state, string collection) =>
        state.Collections.Contains(collection) ? (new() { Collections = state.Collections.Remove(collection) }, true) : (state,
            false);
}

/// <summary>The shell around <see cref="CollectionListProtocol"/>. What a collection is, it tells itself.</summary>
[GrainType("collections")]
internal sealed class CollectionListGrain : Grain, ICollectionListGrain
{
    private readonly Committed<CollectionListState> _list;

    public CollectionListGrain([PersistentState("state", "documents")] IPersistentState<CollectionListState> state,
        TimeProvider clock) =>
        _list = new(state, clock, this.DeactivateOnIdle);

    public Task<bool> List(string collection) => _list.Change(state => CollectionListProtocol.List(state, collection));

    public Task Delist(string collection) => _list.Change(state => CollectionListProtocol.Delist(state, collection));

    public async Task<ImmutableArray<CollectionView>> All()
    {
        var tenant = TenantKey.TenantOf(this.GetPrimaryKeyString());
        var own = await Task.WhenAll(_list.Value.Collections.Select(id =>
            GrainFactory.GetGrain<ICollectionGrain>(TenantKey.For(tenant, id)).View()));
        return [.. own.OfType<CollectionView>().Concat(NoteCollections.All).OrderBy(view => view.Id, StringComparer.Ordinal)];
    }
}
