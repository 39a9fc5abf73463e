using System.Collections.Immutable;
using Colloquy.Kernel;

namespace Colloquy.Agents;

/// <summary>The shell around <see cref="CatalogueProtocol"/>.</summary>
[GrainType("catalogue")]
internal sealed class CatalogueGrain : Grain, ICatalogueGrain
{
    private readonly Committed<CatalogueState> _catalogue;
    private (CatalogueState State, ImmutableArray<AgentProfile> Agents)? _merged;

    public CatalogueGrain([PersistentState("state", "documents")] IPersistentState<CatalogueState> state, TimeProvider clock) =>
        _catalogue = new Committed<CatalogueState>(state, clock, this.DeactivateOnIdle);

    public Task<bool> List(AgentProfile profile, long revision) =>
        _catalogue.Change(state => CatalogueProtocol.List(state, profile, revision));

    public Task Delist(string agent, long revision) =>
        _catalogue.Change(state => CatalogueProtocol.Delist(state, agent, revision));

    public Task<ImmutableArray<AgentProfile>> All()
    {
        var state = _catalogue.Value;
        if (!ReferenceEquals(_merged?.State, state))
            _merged = (state, CatalogueProtocol.All(state));
        return Task.FromResult(_merged!.Value.Agents);
    }
}
