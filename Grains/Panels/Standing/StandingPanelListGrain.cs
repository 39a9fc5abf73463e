using System.Collections.Immutable;
using Colloquy.Kernel;
using Colloquy.Tenants;

namespace Colloquy.Panels.Standing;

/// <summary>Ids of a tenant's standing panels, in ordinal order; at most <see cref="StandingLimits.Panels"/>.</summary>
[GenerateSerializer, Alias("standings.state"), Immutable]
internal sealed record StandingListState
{
    [Id(0)] public ImmutableArray<string> Panels { get; init; } = [];
}

/// <summary>What may happen to the list. An unchanged state is the same object.</summary>
internal static class StandingListProtocol
{
    public static (StandingListState Next, bool Answer) Put(StandingListState state, string id) =>
        state.Panels.Contains(id) ? (state, true)
        : state.Panels.Length >= StandingLimits.Panels ? (state, false)
        : (new() { Panels = [.. state.Panels.Add(id).Order(StringComparer.Ordinal)] }, true);

    public static (StandingListState Next, bool Answer) Remove(StandingListState state, string id) =>
        state.Panels.Contains(id) ? (new() { Panels = state.Panels.Remove(id) }, true) : (state, false);
}

/// <summary>The shell around <see cref="StandingListProtocol"/>. What a panel is, it tells itself.</summary>
[GrainType("standing-panels")]
internal sealed class StandingPanelListGrain : Grain, IStandingPanelListGrain
{
    private readonly Committed<StandingListState> _list;

    public StandingPanelListGrain(
        [PersistentState("state", "documents")] IPersistentState<StandingListState> state, TimeProvider clock) =>
        _list = new(state, clock, this.DeactivateOnIdle);

    public Task<bool> Put(StandingView view) => _list.Change(state => StandingListProtocol.Put(state, view.Id));

    public Task Remove(string id) => _list.Change(state => StandingListProtocol.Remove(state, id));

    public async Task<ImmutableArray<StandingView>> All()
    {
        var tenant = TenantKey.TenantOf(this.GetPrimaryKeyString());
        var views = await Task.WhenAll(_list.Value.Panels.Select(id =>
            GrainFactory.GetGrain<IStandingPanelGrain>(TenantKey.For(tenant, id)).View()));
        return [.. views.OfType<StandingView>()];
    }
}
