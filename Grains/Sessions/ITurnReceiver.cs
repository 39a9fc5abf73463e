using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Selection;

namespace Colloquy.Sessions;

/// <summary>How the writer of an answer speaks to its own session: as commands, so that they wait their turn like all others.
/// Each may arrive twice, or after the run has ended.</summary>
[Alias("session.turn")]
internal interface ITurnReceiver : IGrainWithStringKey
{
    /// <summary>Commits who was selected to answer, or what the service answers itself. False if the run has ended.</summary>
    [Alias("selected")]
    Task<bool> Selected(
        string runId, long attempt, AgentSelection selection, AgentProfile? agent, string? reply, SessionPanel? panel);

    /// <summary>Commits that the question was put to a panel. False if the run has ended.</summary>
    [Alias("convened")]
    Task<bool> Convened(string runId, long attempt, string panelId, string protocol);

    /// <summary>Journals tool calls and answers their ids, from 1 on in this run; empty if the run has ended. A repeat, told by
    /// the number of calls that were known, answers the same.</summary>
    [Alias("called")]
    Task<ImmutableArray<string>> Called(string runId, long attempt, int known, ImmutableArray<RequestedCall> calls);

    [Alias("returned")]
    Task Returned(string runId, long attempt, ImmutableArray<CallResult> results);

    /// <summary>Commits the answer. False if the run has ended or another attempt is under way.</summary>
    [Alias("written")]
    Task<bool> Written(string runId, long attempt, TurnOutcome outcome);

    /// <summary>Whether this attempt is the one under way, by the journal: what an attempt does outside of it, it asks for
    /// before.</summary>
    [Alias("holds")]
    Task<bool> Holds(string runId, long attempt);

    /// <summary>Ends what has taken too long.</summary>
    [Alias("tick")]
    Task Tick();
}
