using Colloquy.Agents;

namespace Colloquy.Sessions;

/// <summary>For whom a message is.</summary>
/// <param name="published">Finds the published version of an agent.</param>
internal sealed class Addressee(Func<string, Task<AgentProfile?>> published)
{
    /// <summary>The agent that was named here or in the session. No agent and no refusal: one will be selected, or a panel
    /// convened.</summary>
    public async Task<(AgentProfile? Agent, SendStatus? Refusal)> Of(SessionState state, SendMessage command)
    {
        if (command.Panel is { } panel)
            return (null, await AreKnown(panel) ? null : SendStatus.UnknownAgent);
        var mode = command.Mode is SessionMode.None ? state.Mode : command.Mode;
        if (command.Agent is null && mode is SessionMode.Auto)
            return (null, null);
        if ((command.Agent ?? state.Agent) is not { } name)
            return (null, SendStatus.NoAgent);
        return await published(name) is { } agent ? (agent, null) : (null, SendStatus.UnknownAgent);
    }

    private async Task<bool> AreKnown(SessionPanel panel) => !(await Task.WhenAll(panel.Agents.Select(published))).Contains(null);
}
