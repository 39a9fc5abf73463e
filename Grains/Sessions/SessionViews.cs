using Colloquy.Agents;
using Colloquy.Knowledge;
using Colloquy.Memory;
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
    public static async Task<ContextView?> Of(
        SessionState state, TurnPorts ports, Func<string, Task<AgentProfile?>> find, TurnMemory memory)
    {
        var agent = (state.LastSelected?.Agent ?? state.Agent) is { } name ? await find(name) : null;
        var facts = state.Window is [.., var last] ? await memory.Recall(last.Question) : [];
        var model = ports.Models.Resolve(agent?.Model);
        var prompt = PromptAssembly.Assemble(new(agent ?? None, state.Instructions, state.Summary, state.Window,
            Array.Empty<Passage>(), "", model.ContextTokens, MemoryLines.Of(facts)));
        return new(model.ContextTokens, prompt.Used, state.Summary, state.Window)
        {
            Memory = [.. facts.Select(hit => new MemoryNote(hit.Fact.Scope, hit.Fact.Id, hit.Fact.Text))],
        };
    }

    private static AgentProfile None => new("", "", "", "", [], [], [], [], [], null, 0, 1_024, 0);
}
