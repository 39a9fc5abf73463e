using Colloquy.Kernel;

namespace Colloquy.Agents;

/// <summary>One version of an agent: a document that is written once, whoever else still runs with it.</summary>
[GrainType("agent-version")]
internal sealed class AgentVersionGrain : Grain, IAgentVersionGrain
{
    private readonly Committed<AgentVersionState> _version;

    public AgentVersionGrain(
        [PersistentState("state", "documents")] IPersistentState<AgentVersionState> state, TimeProvider clock) =>
        _version = new Committed<AgentVersionState>(state, clock, this.DeactivateOnIdle);

    public Task Keep(AgentProfile profile) => _version.Change(state =>
        state.Profile is null ? (new AgentVersionState { Profile = profile }, true)
        : Profiles.Same(state.Profile, profile) ? (state, true)
        : throw new InvalidOperationException($"{this.GetPrimaryKeyString()} was published already, with another content."));

    public Task<AgentProfile?> Read() => Task.FromResult(_version.Value.Profile);
}
