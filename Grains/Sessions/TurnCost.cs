using System.Globalization;
using Colloquy.Agents;
using Colloquy.Models;

namespace Colloquy.Sessions;

/// <summary>What an answer may cost at most, before anything is known of it.</summary>
internal static class TurnCost
{
    /// <summary>By what the budget knows a run's first attempt. The amount is part of it: a run whose acceptance was lost leaves its
    /// number to another message, which must not be content with what that one had set aside.</summary>
    public static string Operation(string runId, long reserved) => string.Create(CultureInfo.InvariantCulture, $"{runId}~{reserved}");

    /// <summary>Tokens that are set aside for a message when it is accepted. A panel sets aside for itself what its seats need, when
    /// they need it.</summary>
    /// <param name="agent">Who answers, or null where that is not known yet.</param>
    public static long Estimate(SessionState state, SendMessage command, AgentProfile? agent) =>
        command.Panel is not null ? 0
            : agent is null ? Estimate(state, command.Content) : Estimate(state, command.Content, agent);

    /// <summary>Tokens that are set aside while nobody knows who will answer: a persona of ordinary length, and a long answer. Once
    /// the agent is selected, its own estimate is.</summary>
    public static long Estimate(SessionState state, string question) =>
        UnknownPersona + TokenEstimate.Of(state.Summary) + TokenEstimate.Of(question) + state.Window.Sum(PromptAssembly.Tokens)
        + UnknownAnswer;

    private const int UnknownPersona = 1_024;
    private const int UnknownAnswer = 4_096;

    /// <summary>Tokens of everything that a prompt can contain, and of the longest answer.</summary>
    public static long Estimate(SessionState state, string question, AgentProfile agent) =>
        TokenEstimate.Of(agent.Persona) + TokenEstimate.Of(state.Summary) + TokenEstimate.Of(question)
        + state.Window.Sum(PromptAssembly.Tokens) + agent.MaxOutputTokens;
}
