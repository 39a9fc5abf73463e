using Colloquy.Agents;
using Colloquy.Knowledge;
using Colloquy.Models;

namespace Colloquy.Sessions;

/// <summary>The session as callers see it.</summary>
internal static class SessionViews
{
    public static SessionView Of(SessionState state) => new(
        state.Id!, state.Title, state.Agent, state.Mode, state.Tier, state.Owner, state.Metadata, state.Head, state.Running?.Id,
        [.. state.Waiting.Select(run => run.Id)], state.ForkedFrom, state.Seq, state.CreatedAt, state.UpdatedAt);
}

/// <summary>What the next prompt would be made of.</summary>
internal static class ContextViews
{
    public static async Task<ContextView?> Of(SessionState state, TurnPorts ports, Func<string, Task<AgentProfile?>> find)
    {
        var agent = state.Agent is { } name ? await find(name) : null;
        var model = ports.Models.Resolve(agent?.Model);
        var prompt = PromptAssembly.Assemble(new(agent ?? None, state.Instructions, state.Summary, state.Window,
            Array.Empty<Passage>(), "", model.ContextTokens));
        return new(model.ContextTokens, prompt.Used, state.Summary, state.Window);
    }

    private static AgentProfile None => new("", "", "", "", [], [], [], [], [], null, 0, 1_024, 0);
}
