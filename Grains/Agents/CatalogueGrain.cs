using System.Collections.Immutable;
using Colloquy.Kernel;

namespace Colloquy.Agents;

/// <summary>The shell around <see cref="CatalogueProtocol"/>.</summary>
[GrainType("catalogue")]
internal sealed class CatalogueGrain : Grain, ICatalogueGrain
{
    private readonly Committed<CatalogueState> _catalogue;
    private (CatalogueState State, CatalogueView View)? _merged;

    public CatalogueGrain([PersistentState("state", "documents")] IPersistentState<CatalogueState> state, TimeProvider clock) =>
        _catalogue = new Committed<CatalogueState>(state, clock, this.DeactivateOnIdle);

    public Task<bool> List(AgentProfile profile, long revision) =>
        _catalogue.Change(state => CatalogueProtocol.List(state, profile, revision));

    public Task Delist(string agent, long revision) =>
        _catalogue.Change(state => CatalogueProtocol.Delist(state, agent, revision));

    public Task<ImmutableArray<AgentProfile>> All() => Task.FromResult(View().Agents);

    public Task<CatalogueView?> Changed(string? stamp) => Task.FromResult(View() is var view && view.Stamp == stamp ? null : view);

    private CatalogueView View()
    {
        var state = _catalogue.Value;
        if (!ReferenceEquals(_merged?.State, state))
            _merged = (state, CatalogueProtocol.View(state));
        return _merged!.Value.View;
    }
}
