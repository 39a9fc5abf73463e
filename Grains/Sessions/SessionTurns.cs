using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Feedback;
using Colloquy.Journals;
using Colloquy.Models;
using Colloquy.Runs;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Sessions;

/// <summary>
/// Writes answers beside the session's own turns: the activation starts an attempt and goes on serving, and what comes of it
/// arrives as a command. Dies with the activation; the journal and a later epoch then begin the next attempt.
/// </summary>
internal sealed partial class SessionTurns(
    string key, TurnPorts ports, IJournalStore store, IGrainFactory grains, ITurnReceiver session, Viewers viewers, Action giveUp,
    ILogger logger)
{
    private readonly Delivery _delivery = new(ports.Clock, logger);
    private CancellationTokenSource? _cancel;
    private TurnPanel? _panel; // at work on the answer being written

    /// <summary>The answer being written, or null.</summary>
    public LiveAnswer? Live { get; private set; }

    /// <summary>What the answer says so far.</summary>
    public string Written => Live?.Text ?? "";

    /// <summary>Makes what is being written agree with what the journal says is running.</summary>
    /// <param name="head">Reads where the journal ends.</param>
    public void Follow(SessionState state, long epoch, Func<long> head)
    {
        if (Live is { } live && live.Run.Id == state.Running?.Id)
            return;
        if (_panel is { } panel)
            _ = Abandon(panel);
        Stop();
        if (state.Running is not { } run)
            return;
        _cancel = new CancellationTokenSource();
        Live = new LiveAnswer(run, epoch, ports.Clock, (answer, offset, words) =>
            viewers.Show(new(head(), run.Id, answer.Run.AnswerId, answer.Attempt, offset, words)));
        _ = Write(state, Live, _cancel.Token);
    }

    // Nobody waits for this: a panel that is not told goes on to its own end.
    private async Task Abandon(TurnPanel panel)
    {
        try
        {
            await panel.Abandon();
        }
        catch (Exception failure)
        {
            LogNotAbandoned(failure, key);
        }
    }

    public void Stop()
    {
        Live?.Close();
        (Live, _panel) = (null, null);
        _cancel?.Cancel();
        _cancel = null;
    }

    // Nobody waits for this: whatever goes wrong must end in a command or a log line.
    private async Task Write(SessionState state, LiveAnswer live, CancellationToken cancellation)
    {
        var run = live.Run;
        TurnOutcome outcome;
        try
        {
            outcome = await Attempt(state, live, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return; // the run has ended already: that is why the writing was stopped
        }
        catch (Exception failure)
        {
            LogAttemptFailed(failure, run.Id, live.Attempt);
            outcome = new TurnOutcome(Finish.Failed, live.Text, [], [], null, Runs.Usage.None, null,
                new("internal", "The answer could not be written, through a fault of the service."), null);
        }
        try
        {
            await _delivery.Ask(run.Id, () => session.Written(run.Id, live.Attempt, outcome));
        }
        catch (Exception failure)
        {
            LogUndeliverable(failure, run.Id, live.Attempt);
            if (Live == live)
                giveUp(); // a run that is held and not written would rest until it expires; the sweeper has it tried again
        }
    }

    private async Task<TurnOutcome> Attempt(SessionState state, LiveAnswer live, CancellationToken cancellation)
    {
        var (tenant, run) = (TenantKey.TenantOf(key), live.Run);
        if (live.Attempt - run.StartEpoch >= SessionLimits.Attempts)
            return new(Finish.Failed, "", [], [], null, Runs.Usage.None, null,
                new("attempts_exhausted", $"{SessionLimits.Attempts} attempts ended without an answer."), null);
        var budget = grains.GetGrain<Budgets.IBudgetGrain>(TenantKey.For(tenant, "budget"));
        var (question, earlier) = await _delivery.Ask(run.Id, () => Recall(run, cancellation));
        // The first attempt has what was reserved when the message was accepted.
        var operation = live.Attempt == run.StartEpoch ? TurnCost.Operation(run.Id, run.Reserved) : null;
        var choice = new TurnChoice(tenant, store, key, grains, _delivery);
        await choice.Teach(run, question, cancellation);
        var isSelectedNow = run.Agent == AgentIds.Auto && run.Reply is null;
        if (isSelectedNow)
        {
            var (selection, chosen, reply, several) = await choice.Select(state, run, question);
            if (!await _delivery.Ask(run.Id, () => session.Selected(run.Id, live.Attempt, selection, chosen, reply, several)))
                throw new OperationCanceledException("The run has ended.");
            run = run with
            {
                Agent = chosen?.Id ?? run.Agent, AgentVersion = chosen?.Version ?? 0, Margin = selection.Margin, Reply = reply,
                Panel = several,
            };
        }
        if (run.Panel is not null)
        {
            await _delivery.Ask(run.Id, () => budget.Settle(TurnCost.Operation(run.Id, run.Reserved), 0)); // its seats pay
            _panel = new(tenant, state, run, grains, _delivery);
            return await _panel.Write(question, live, panel => _delivery.Ask(run.Id, () =>
                session.Convened(run.Id, live.Attempt, panel.Id, panel.Protocol)), cancellation);
        }
        if (run.Reply is { } said)
        {
            await _delivery.Ask(run.Id, () => budget.Settle(TurnCost.Operation(run.Id, run.Reserved), 0));
            live.Append(said);
            live.Flush();
            return new(Finish.Completed, said, [], [], null, Runs.Usage.None, null, null, null);
        }

        var agent = await choice.Pinned(run.Id, run.Agent, run.AgentVersion);
        var estimate = TurnCost.Estimate(state, question, agent);
        // What was set aside before anybody knew who would answer may be too little.
        if (operation is null || (isSelectedNow && estimate > run.Reserved))
        {
            var anew = string.Create(CultureInfo.InvariantCulture, $"{run.Id}/{live.Attempt}");
            if (operation is not null)
                await _delivery.Ask(run.Id, () => budget.Settle(operation, 0));
            if (!(await _delivery.Ask(run.Id, () => budget.Reserve(anew, estimate))).IsGranted)
                return new(Finish.BudgetExhausted, "", [], [], null, Runs.Usage.None, null, null, null);
            operation = anew;
        }

        var calibration = await _delivery.Ask(run.Id, () =>
            grains.GetGrain<ICalibrationGrain>(TenantKey.For(tenant, agent.Id)).Map());
        var brief = new TurnBrief(tenant, state, run, agent, question, earlier, calibration);
        var memory = new TurnMemory(tenant, state, run.Author, run.Agent, grains, ports.Extractor, _delivery, logger);
        var journal = new TurnJournal(this, run.Id, live.Attempt, run.Calls);
        try
        {
            var outcome = await new TurnWriter(ports, brief, live, journal, memory).Write(cancellation);
            // Before the end is committed: afterwards nobody would come back to settle.
            await Settle(outcome.Usage.TotalTokens);
            return outcome;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The model was paid for what it read and wrote, but nobody counted it.
            await Settle(estimate - agent.MaxOutputTokens + TokenEstimate.Of(live.Text));
            throw;
        }

        Task Settle(long tokens) => _delivery.Ask(run.Id, () => budget.Settle(operation, tokens));
    }

    /// <summary>Reads back what the state does not keep: the whole question, and the tool calls of earlier attempts.</summary>
    private async Task<(string, ImmutableArray<JournaledCall>)> Recall(RunState run, CancellationToken cancellation)
    {
        var whole = run.Question.Length < SessionLimits.ExchangeCharacters;
        if (whole && run.Calls == 0)
            return (run.Question, []);
        var (question, calls, after) = (run.Question, new List<JournaledCall>(), run.QuestionSeq - 1);
        while (await store.Read(key, after, 128, 4 * 1024 * 1024, cancellation) is { Count: > 0 } lines)
        {
            foreach (var @event in lines.Select(line => JsonSerializer.Deserialize<SessionEvent>(line.Utf8.Span,
                JournalJson.Options)))
                _ = @event switch
                {
                    MessageAccepted e when e.RunId == run.Id => question = e.Content,
                    ToolCalled e when e.RunId == run.Id => Add(calls, e),
                    ToolCompleted e when e.RunId == run.Id => Close(calls, new(e.CallId, e.Result, null)),
                    ToolFailed e when e.RunId == run.Id => Close(calls, new(e.CallId, null, e.Error)),
                    _ => null,
                };
            after = lines[^1].Seq;
        }
        return (question, [.. calls]);
    }

    private static string? Add(List<JournaledCall> calls, ToolCalled call)
    {
        calls.Add(new(call, null));
        return null;
    }

    private static string? Close(List<JournaledCall> calls, CallResult result)
    {
        var at = calls.FindIndex(call => call.Call.CallId == result.CallId);
        if (at >= 0)
            calls[at] = calls[at] with { Result = result };
        return null;
    }

    private sealed class TurnJournal(SessionTurns turns, string runId, long attempt, int known) : ITurnJournal
    {
        private int _known = known;

        public async Task<ImmutableArray<ToolCalled>> Called(ImmutableArray<RequestedCall> calls)
        {
            var ids = await turns._delivery.Ask(runId, () => turns.Session.Called(runId, attempt, _known, calls));
            if (ids.IsEmpty)
                throw new OperationCanceledException("The run has ended.");
            _known += calls.Length;
            return [.. calls.Zip(ids, (call, id) => new ToolCalled(default, runId, id, call.Tool, call.Arguments,
                call.ModelCallId))];
        }

        public Task Returned(ImmutableArray<CallResult> results) =>
            turns._delivery.Ask(runId, () => turns.Session.Returned(runId, attempt, results));

        public Task<bool> Holds() => turns._delivery.Ask(runId, () => turns.Session.Holds(runId, attempt));
    }

    private ITurnReceiver Session => session;

    [LoggerMessage(LogLevel.Warning, "A panel of {Key} could not be told that its run has ended")]
    private partial void LogNotAbandoned(Exception failure, string key);

    [LoggerMessage(LogLevel.Error, "Attempt {Attempt} at {RunId} failed")]
    private partial void LogAttemptFailed(Exception failure, string runId, long attempt);

    [LoggerMessage(LogLevel.Warning, "What came of attempt {Attempt} at {RunId} could not be delivered; it is tried again elsewhere")]
    private partial void LogUndeliverable(Exception failure, string runId, long attempt);
}
