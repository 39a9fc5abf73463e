namespace Colloquy.Agents;

/// <summary>One version of an agent, keyed by <c>{tenant}/{agent}@{version}</c>. Only the agent writes it.</summary>
[Alias("agent.version.grain")]
internal interface IAgentVersionGrain : IGrainWithStringKey
{
    /// <summary>Keeps the version for ever. Durable on return; a repeat changes nothing.</summary>
    [Alias("keep")]
    Task Keep(AgentProfile profile);

    /// <summary>The version, or null if it was never published.</summary>
    [Alias("read"), AlwaysInterleave]
    Task<AgentProfile?> Read();
}
