using Colloquy.Runs;

namespace Colloquy.Sessions;

/// <summary>A run as its events tell it.</summary>
internal static class RunViews
{
    public static RunView? Fold(RunView? view, string runId, string session, long seq, SessionEvent @event) => @event switch
    {
        MessageAccepted e when e.RunId == runId => new(
            runId, "chat", "queued", session, e.MessageId, "", null, 0, Usage.None, null, null, seq, e.At, null),
        _ when view is null => null,
        RunAccepted e when e.RunId == runId => view with
        {
            AnswerId = e.AnswerId, Agent = e.Agent, AgentVersion = e.AgentVersion,
        },
        AgentSelected { Agent: { } chosen } e when e.RunId == runId => view with { Agent = chosen, AgentVersion = e.AgentVersion },
        RunStarted e when e.RunId == runId => view with { Status = "running" },
        RunCompleted e when e.RunId == runId => view with { Status = "completed", Usage = e.Usage, EndedAt = e.At },
        RunFailed e when e.RunId == runId => view with { Status = "failed", Usage = e.Usage, Error = e.Error, EndedAt = e.At },
        RunCancelled e when e.RunId == runId => view with { Status = "cancelled", Reason = e.Reason, EndedAt = e.At },
        RunExpired e when e.RunId == runId => view with { Status = "expired", EndedAt = e.At },
        RunBudgetExhausted e when e.RunId == runId => view with { Status = "budget_exhausted", EndedAt = e.At },
        _ => view,
    };
}
