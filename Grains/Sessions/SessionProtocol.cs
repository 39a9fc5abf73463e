using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Colloquy.Agents;
using Colloquy.Runs;

namespace Colloquy.Sessions;

/// <summary>
/// The life of a conversation as a pure function: one run at a time, the others in line; every question gets one answer and every
/// run one end, whatever happens in between.
/// </summary>
/// <remarks>No clock, no randomness, no I/O. What remains to be done in the world is <see cref="SessionState.Running"/>.</remarks>
internal static class SessionProtocol
{
    public static SessionStep Decide(SessionState state, SessionInput input)
    {
        var step = SessionStep.From(state);
        return input switch
        {
            SessionInput.Create create when !state.Exists => step.Then(Created(create)),
            SessionInput.Create => step, // a repeat: the grain compares fingerprints
            _ when !state.Exists => step.Refuse(SendStatus.NotFound),
            SessionInput.Change change => step.Then(
                new SessionChanged(change.At, change.Command.Title, change.Command.Agent, change.Command.Metadata)),
            SessionInput.Send send => Send(step, send),
            SessionInput.Cancel cancel => Cancel(step, cancel),
            SessionInput.Tick tick => Expire(step, tick),
            SessionInput.Select select when state.Running is { Agent: AgentIds.Auto, Reply: null } run && run.Id == select.RunId =>
                step.Then(new AgentSelected(select.At, run.Id, select.Selection,
                    select.Panel is null ? select.Agent?.Id : AgentIds.Panel, select.Agent?.Version ?? 0, select.Reply, select.Panel)),
            SessionInput.Convene convene when state.Running is { PanelId: null } run && run.Id == convene.RunId =>
                step.Then(new PanelOpened(convene.At, run.Id, convene.PanelId, RunIds.Of(convene.PanelId), convene.Protocol)),
            SessionInput.Call call when state.Running?.Id == call.RunId => Call(step, call),
            SessionInput.Return back when state.Running?.Id == back.RunId => Return(step, back),
            SessionInput.Write write when state.Running?.Id == write.RunId => Write(step, write),
            // Written for a run that has ended meanwhile: late is normal, and changes nothing.
            SessionInput.Select or SessionInput.Convene or SessionInput.Call or SessionInput.Return or SessionInput.Write => step,
            _ => throw new UnreachableException($"{input.GetType().Name} is not an input that a session knows."),
        };
    }

    private static SessionCreated Created(SessionInput.Create create)
    {
        var (command, fork) = (create.Command, create.Command.Fork);
        return new(
            create.At, create.Id, command.Owner, command.Title ?? fork?.Title ?? "", command.Agent ?? fork?.Agent,
            command.Mode is SessionMode.None ? fork?.Mode ?? SessionMode.Manual : command.Mode,
            command.Tier ?? fork?.Tier, command.Metadata, command.Instructions ?? fork?.Instructions, fork?.Window ?? command.History,
            fork?.Summary ?? "", fork?.Origin, command.IsListed, command.Fingerprint,
            command.Forgets);
    }

    private static SessionStep Send(SessionStep step, SessionInput.Send send)
    {
        var state = step.State;
        switch (send.Command.OnBusy)
        {
            case OnBusy.Reject when state.HasOpenWork:
                return step.Refuse(SendStatus.Busy);
            case OnBusy.Enqueue when state.Waiting.Length >= SessionLimits.Waiting:
                return step.Refuse(SendStatus.QueueFull);
            case OnBusy.Interrupt:
                step = Clear(step, send, Finish.Cancelled, "interrupted");
                break;
            case OnBusy.Rollback:
                step = Clear(step, send, Finish.RolledBack, "rolled_back");
                break;
            default:
                break;
        }
        return StartNext(Accept(step, send), send.At, send.Epoch);
    }

    private static SessionStep Accept(SessionStep step, SessionInput.Send send)
    {
        var (id, seq) = (step.State.Id!, step.State.Seq + 1);
        var (run, question, answer) = (SessionIds.Run(id, seq), SessionIds.Question(id, seq), SessionIds.Answer(id, seq));
        var waits = step.State.HasOpenWork;
        var overrides = step.State.LastSelected is { } last && send.Command.Agent is { } taken && taken != last.Agent
            ? new SelectionOverridden(send.At, run, last.RunId, last.Agent, taken) : null;
        step = step
            .Then(new MessageAccepted(send.At, run, question, step.State.Tail, send.Command.Author, send.Command.Content))
            .Then(new RunAccepted(send.At, run, question, answer, Addressed(send), send.Agent?.Version ?? 0, waits,
                send.Reserved, send.Command.Panel));
        return overrides is null ? step : step.Then(overrides);
    }

    private static string Addressed(SessionInput.Send send) =>
        send.Command.Panel is null ? send.Agent?.Id ?? AgentIds.Auto : AgentIds.Panel;

    /// <summary>Ends what runs and drops what waits, so that the next message follows what there is now.</summary>
    private static SessionStep Clear(SessionStep step, SessionInput.Send send, string finish, string reason)
    {
        foreach (var waiting in step.State.Waiting)
            step = End(step, waiting, Finish.RolledBack, "", new RunCancelled(send.At, waiting.Id, "superseded"));
        return step.State.Running is { } running
            ? End(step, running, finish, send.Written, new RunCancelled(send.At, running.Id, reason))
            : step;
    }

    private static SessionStep Cancel(SessionStep step, SessionInput.Cancel cancel)
    {
        if (step.State.Find(cancel.RunId) is not { } run)
            return step;
        var written = step.State.Running?.Id == run.Id ? cancel.Written : "";
        step = End(step, run, Finish.Cancelled, written, new RunCancelled(cancel.At, run.Id, "requested"));
        return StartNext(step, cancel.At, cancel.Epoch);
    }

    private static SessionStep Expire(SessionStep step, SessionInput.Tick tick)
    {
        if (step.State.Running is not { StartedAt: { } started } run || tick.At < started + SessionLimits.RunTime)
            return step;
        step = End(step, run, Finish.Expired, tick.Written, new RunExpired(tick.At, run.Id));
        return StartNext(step, tick.At, tick.Epoch);
    }

    /// <summary>Spells the id of a run's n-th tool call.</summary>
    public static string CallId(string runId, int number) => string.Create(CultureInfo.InvariantCulture, $"{runId}.t{number}");

    private static SessionStep Call(SessionStep step, SessionInput.Call call)
    {
        foreach (var wanted in call.Calls)
            step = step.Then(new ToolCalled(call.At, call.RunId, CallId(call.RunId, step.State.Running!.Calls + 1), wanted.Tool,
                wanted.Arguments, wanted.ModelCallId));
        return step;
    }

    private static SessionStep Return(SessionStep step, SessionInput.Return back)
    {
        // Results come in the order of their calls, so any other than the next one is a repeat.
        foreach (var result in back.Results.Where(result => result.CallId == CallId(back.RunId, step.State.Running!.Returns + 1)))
            step = step.Then(result.Error is { } error
                ? new ToolFailed(back.At, back.RunId, result.CallId, error)
                : new ToolCompleted(back.At, back.RunId, result.CallId, result.Result ?? ""));
        return step;
    }

    private static SessionStep Write(SessionStep step, SessionInput.Write write)
    {
        var (run, outcome, at) = (step.State.Running!, write.Outcome, write.At);
        if (outcome.Summary is { } summary)
            step = step.Then(new ContextSummarised(at, run.Id, summary.Through, summary.Text));
        if (!outcome.Passages.IsEmpty)
            step = step.Then(new RetrievalCompleted(at, run.Id, [.. outcome.Passages.Select(Source)]));
        if (!outcome.Recalled.IsEmpty)
            step = step.Then(new MemoryRecalled(at, run.Id, outcome.Recalled));
        SessionEvent end = outcome.Finish switch
        {
            Finish.Completed => new RunCompleted(at, run.Id, outcome.Usage),
            Finish.BudgetExhausted => new RunBudgetExhausted(at, run.Id),
            _ => new RunFailed(at, run.Id, outcome.Error!, outcome.Usage),
        };
        step = step.Then(new MessageCompleted(at, run.Id, run.AnswerId, run.QuestionId, run.Agent, outcome.Content,
            outcome.Citations, outcome.Confidence, outcome.Finish, outcome.Model) 
        {
            CitationCounts = outcome.CitationCounts, PanelId = outcome.PanelId,
        });
        if (!outcome.Proposed.IsEmpty)
            step = step.Then(new MemoryProposed(at, run.Id, outcome.Proposed));
        return StartNext(step.Then(end), at, write.Epoch);
    }

    private static Source Source(Knowledge.Passage passage) => new(
        passage.DocumentId, passage.Title, passage.Heading, passage.Start, passage.Start + passage.Text.Length, passage.Score);

    /// <summary>Every question gets its answer, be it empty, so that the tree of messages has no hole.</summary>
    private static SessionStep End(SessionStep step, RunState run, string finish, string written, SessionEvent end) => step
        .Then(new MessageCompleted(end.At, run.Id, run.AnswerId, run.QuestionId, run.Agent, written, [], null, finish, null))
        .Then(end);

    private static SessionStep StartNext(SessionStep step, DateTimeOffset at, long epoch) =>
        step.State.Running is null && !step.State.Waiting.IsEmpty && step.State.Waiting[0] is var next
            ? step.Then(new RunStarted(at, next.Id, next.QuestionId, next.AnswerId, next.Agent, next.AgentVersion, epoch))
            : step;
}
