using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Kernel;
using Colloquy.Memory;
using Colloquy.Tenants;

namespace Colloquy.Agents;

/// <summary>
/// The shell around <see cref="AgentProtocol"/>. The agent's own document is written first and is the truth; the version's
/// document and the catalogue follow, and what a crash keeps from following is made up for by the next activation or command.
/// </summary>
[GrainType("agent")]
internal sealed class AgentGrain : Grain, IAgentGrain
{
    private readonly Committed<AgentState> _agent;
    private readonly TimeProvider _clock;
    private readonly string _tenant;
    private readonly string _id;
    private readonly AgentProfile? _shipped;

    public AgentGrain([PersistentState("state", "documents")] IPersistentState<AgentState> state, TimeProvider clock)
    {
        _agent = new Committed<AgentState>(state, clock, this.DeactivateOnIdle);
        _clock = clock;
        _tenant = TenantKey.TenantOf(this.GetPrimaryKeyString());
        _id = TenantKey.IdOf(this.GetPrimaryKeyString());
        _shipped = BuiltInAgents.Find(_id);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Settle();

    public Task<AgentResult> Create(AgentProfile profile, string by, string? operation) => Advance(state =>
        AgentProtocol.Create(state, _shipped, Profiles.As(_id, profile), by, operation, _clock.GetUtcNow()));

    public Task<AgentResult> Change(AgentChange change) =>
        Advance(state => AgentProtocol.Change(state, _shipped, change, _clock.GetUtcNow()));

    public async Task<AgentResult> Publish(int? version, string by)
    {
        if (version is not { } earlier)
            return await Advance(state => AgentProtocol.Publish(state, _shipped, by, _clock.GetUtcNow()));
        await Settle();
        if (AgentProtocol.CanReturnTo(_agent.Value, _shipped, earlier) is not AgentStatus.Done and var refusal)
            return new AgentResult(refusal, View(_agent.Value));
        var profile = AgentProtocol.Has(_agent.Value, earlier)
            ? await Version(earlier).Read()
                ?? throw new InvalidOperationException($"{_id}@{earlier} was published and is not kept.")
            : null;
        return await Advance(state => (AgentProtocol.ReturnTo(state, profile, _clock.GetUtcNow()), AgentStatus.Done));
    }

    public async Task<AgentResult> Delete()
    {
        var result = await Advance(state => AgentProtocol.Delete(state, _shipped, _clock.GetUtcNow()));
        // Also for one that is gone already: the delete before may have come no further. A built-in one is never gone.
        if (result.Status is AgentStatus.NotFound || (result.Status is AgentStatus.Done && _shipped is null))
            await GrainFactory.GetGrain<IMemoryGrain>(TenantKey.For(_tenant, MemoryScopes.Agent(_id))).EraseAll();
        return result;
    }

    public Task<AgentProfile?> Published() => Task.FromResult(AgentProtocol.Current(_agent.Value, _shipped));

    public Task<AgentProfile?> At(int version)
    {
        var state = _agent.Value;
        return state.Visible?.Version == version ? Task.FromResult<AgentProfile?>(state.Visible)
            : AgentProtocol.Has(state, version) ? Version(version).Read()
            : Task.FromResult(_shipped?.Version == version ? _shipped : null);
    }

    public Task<AgentView?> View() => Task.FromResult(View(_agent.Value));

    public Task<ImmutableArray<AgentVersionView>> Versions() =>
        Task.FromResult(AgentProtocol.Versions(_agent.Value, _shipped));

    // The only way an agent changes: settle what was, decide, commit, settle.
    private async Task<AgentResult> Advance(Func<AgentState, (AgentState, AgentStatus)> decide)
    {
        await Settle();
        var status = await _agent.Change(decide);
        return await Settle() ? new AgentResult(status, View(_agent.Value)) : new AgentResult(AgentStatus.TooManyAgents);
    }

    /// <summary>Does what is outstanding. False if the catalogue had no room, and the agent was withdrawn.</summary>
    private async Task<bool> Settle()
    {
        if (!_agent.Value.IsOutstanding)
            return true;
        var (own, revision) = (_agent.Value.Own, _agent.Value.Revision);
        var catalogue = GrainFactory.GetGrain<ICatalogueGrain>(TenantKey.For(_tenant, "agents"));
        var isListed = true;
        if (own is null)
        {
            await catalogue.Delist(_id, revision);
        }
        else if (isListed = await catalogue.List(own, revision))
        {
            await Version(own.Version).Keep(own); // after the catalogue, for a number that it refuses is given again
        }

        await _agent.Write(isListed ? AgentProtocol.Settle(_agent.Value) : AgentProtocol.Withdraw(_agent.Value, _shipped));
        return isListed;
    }

    private AgentView? View(AgentState state) => AgentProtocol.View(state, _shipped);

    private IAgentVersionGrain Version(int version) => GrainFactory.GetGrain<IAgentVersionGrain>(
        TenantKey.For(_tenant, $"{_id}@{version.ToString(CultureInfo.InvariantCulture)}"));
}
