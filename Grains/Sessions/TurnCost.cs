using Colloquy.Agents;
using Colloquy.Models;

namespace Colloquy.Sessions;

/// <summary>What an answer may cost at most, before anything is known of it.</summary>
internal static class TurnCost
{
    /// <summary>Tokens of everything that a prompt can contain, and of the longest answer.</summary>
    public static long Estimate(SessionState state, string question, AgentProfile agent) =>
        TokenEstimate.Of(agent.Persona) + TokenEstimate.Of(state.Summary) + TokenEstimate.Of(question)
        + state.Window.Sum(PromptAssembly.Tokens) + agent.MaxOutputTokens;
}
