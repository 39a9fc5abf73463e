using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Journals;
using Colloquy.Kernel;
using Colloquy.Memory;
using Colloquy.Runs;
using Colloquy.Selection;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Sessions;

/// <summary>The shell around <see cref="SessionProtocol"/>: it reads the clock, commits,
/// and has what is running written.</summary>
[GrainType("session")]
internal sealed partial class SessionGrain : Grain, ISessionGrain, ITurnReceiver
{
    private readonly IJournalStore _store;
    private readonly SessionListing _listing;
    private readonly TurnPorts _ports;
    private readonly ILogger<SessionGrain> _logger;
    private readonly Viewers _viewers;
    private Journal<SessionState, SessionEvent> _journal = null!;
    private SessionTurns _turns = null!;
    private IGrainTimer? _beat;
    private DateTimeOffset _renewAt;

    public SessionGrain(IJournalStore store, ISessionIndex index, TurnPorts ports, ILogger<SessionGrain> logger)
    {
        (_store, _listing, _ports, _logger) = (store, new(index), ports, logger);
        _viewers = new(ports.Clock, logger);
    }

    private string Key => this.GetPrimaryKeyString();

    private string Tenant => TenantKey.TenantOf(Key);

    private SessionState State => _journal.State;

    /// <summary>Whether there is a session. Who knows of none does not stay: an import may write it behind this activation.</summary>
    private bool Exists
    {
        get
        {
            if (!State.Exists)
                DeactivateOnIdle();
            return State.Exists;
        }
    }

    private DateTimeOffset Now => _ports.Clock.Milliseconds();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _journal = new(_store, Key);
        _turns = new(Key, _ports, _store, GrainFactory, this.AsReference<ITurnReceiver>(), _viewers, Yield, _logger);
        // A claim writes. Whoever asks for a session that never was must not leave a trace of it.
        if ((await _store.Read(Key, 0, 1, 0, cancellationToken)).Count > 0)
            await Open(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _turns.Stop();
        return Task.CompletedTask;
    }

    public async Task<SessionResult> Create(CreateSession command)
    {
        if (!State.Exists && command.Agent is { } agent && await Published(agent) is null)
            return new(SessionStatus.UnknownAgent);
        if (_journal.Epoch == 0)
            await Open(CancellationToken.None);
        if (State.Exists && State.Fingerprint != command.Fingerprint)
            return new(SessionStatus.KeyReused);
        await Advance(new SessionInput.Create(Now, TenantKey.IdOf(Key), command));
        await _listing.Put(Tenant, State); // for a repeat too: the first may have come no further than the journal
        return new(SessionStatus.Done, SessionViews.Of(State));
    }

    public async Task<SessionResult> Change(ChangeSession command)
    {
        if (!Exists)
            return new(SessionStatus.NotFound);
        if (command.Agent is { } agent && await Published(agent) is null)
            return new(SessionStatus.UnknownAgent);
        await Advance(new SessionInput.Change(Now, command));
        await _listing.Put(Tenant, State);
        return new(SessionStatus.Done, SessionViews.Of(State));
    }

    public async Task<bool> Delete()
    {
        if (!Exists)
            return false;
        Yield(); // also when something fails: nobody knows then what there is, and the next activation reads it
        await GrainFactory.GetGrain<IMemoryGrain>(TenantKey.For(Tenant, MemoryScopes.Session(State.Id!))).EraseAll();
        await _listing.Remove(Tenant, State.Id!);
        await _store.Erase(Key, CancellationToken.None);
        return true;
    }

    public async Task<SendResult> Send(SendMessage command)
    {
        if (!Exists)
            return new(SendStatus.NotFound);
        var (agent, nobody) = await new Addressee(Published).Of(State, command);
        if (nobody is { } unfit)
            return await Repeated(command) ?? new(unfit);
        var tokens = TurnCost.Estimate(State, command, agent);
        var step = SessionProtocol.Decide(State, new SessionInput.Send(
            Now, _journal.Epoch, command, agent, tokens, _turns.Written));
        if (step.Refusal is { } refusal)
            return await Repeated(command) ?? new(refusal, State.Running?.Id);

        var run = step.Events.OfType<MessageAccepted>().Single().RunId;
        var reservation = await Budget.Reserve(TurnCost.Operation(run, tokens), tokens);
        if (!reservation.IsGranted)
            return await Repeated(command) ?? new(SendStatus.OverBudget);
        var operation = new Operation(command.Operation, command.Fingerprint, run, Now + SessionLimits.OperationLife);
        return await Commit(step, operation) is { } earlier ? Answer(earlier, command) : Accepted(run);
    }

    public async Task<RunView?> Cancel(string runId)
    {
        await Advance(new SessionInput.Cancel(Now, _journal.Epoch, runId, _turns.Written));
        return await GrainFactory.GetGrain<ITranscriptGrain>(Key).Run(runId);
    }

    public Task Poke() => Task.CompletedTask; // being active is being resumed

    public Task<LivePosition> Attach(ISessionViewer viewer)
    {
        if (!Exists)
            return Task.FromResult(new LivePosition(false, 0, []));
        _viewers.Add(viewer);
        Follow();
        _turns.Live?.Flush(); // so that the next frame goes on exactly where this answer ends
        return Task.FromResult(new LivePosition(true, _journal.Head, _turns.Live is { } live ? [live.View()] : []));
    }

    public Task Detach(ISessionViewer viewer)
    {
        _viewers.Remove(viewer);
        return Task.CompletedTask;
    }

    public async Task<EventPage> Read(long after, int limit) => !Exists ? new(0, [])
        : new(_journal.Head, EventLines.Of(await _store.Read(Key, after, limit, EventLines.PageBytes, CancellationToken.None)));

    public Task<SessionView?> View() => Task.FromResult(Exists ? SessionViews.Of(State) : null);

    public Task<ContextView?> Context() => Exists ? ContextViews.Of(State, _ports, Published, Memory) : Task.FromResult<ContextView?>(null);

    public Task<ForkPoint?> ForkAt(string messageId) => new ForkPoints(_store, Key, State).At(messageId);

    Task<bool> ITurnReceiver.Selected(
        string runId, long attempt, AgentSelection selection, AgentProfile? agent, string? reply, SessionPanel? panel) =>
        Advance(runId, attempt, new SessionInput.Select(Now, runId, selection, agent, reply, panel));

    Task<bool> ITurnReceiver.Convened(string runId, long attempt, string panelId, string protocol) =>
        Advance(runId, attempt, new SessionInput.Convene(Now, runId, panelId, protocol));

    async Task<ImmutableArray<string>> ITurnReceiver.Called(
        string runId, long attempt, int known, ImmutableArray<RequestedCall> calls)
    {
        if (attempt != _journal.Epoch || State.Running is not { } run || run.Id != runId)
            return [];
        if (run.Calls == known)
            await Advance(new SessionInput.Call(Now, runId, calls));
        return [.. Enumerable.Range(known + 1, calls.Length).Select(number => SessionProtocol.CallId(runId, number))];
    }

    async Task ITurnReceiver.Returned(string runId, long attempt, ImmutableArray<CallResult> results)
    {
        if (attempt == _journal.Epoch)
            await Advance(new SessionInput.Return(Now, runId, results));
    }

    Task<bool> ITurnReceiver.Written(string runId, long attempt, TurnOutcome outcome) =>
        Advance(runId, attempt, new SessionInput.Write(Now, _journal.Epoch, runId, outcome));

    Task<bool> ITurnReceiver.Holds(string runId, long attempt) =>
        IsUnderWay(runId, attempt) ? _journal.Renew(Now + SessionLimits.Lease, default) : Task.FromResult(false);

    Task ITurnReceiver.Tick() => Advance(new SessionInput.Tick(Now, _journal.Epoch, _turns.Written));

    private async Task Open(CancellationToken cancellation)
    {
        await _journal.Open(cancellation);
        Follow();
    }

    private Task<Operation?> Advance(SessionInput input) => Commit(SessionProtocol.Decide(State, input), null);

    /// <summary>For the attempt under way only.</summary>
    private async Task<bool> Advance(string runId, long attempt, SessionInput input)
    {
        if (!IsUnderWay(runId, attempt))
            return false;
        await Advance(input);
        return true;
    }

    private bool IsUnderWay(string runId, long attempt) => attempt == _journal.Epoch && State.Running?.Id == runId;

    // The only way a session changes: decide, commit, and only then act.
    private async Task<Operation?> Commit(SessionStep step, Operation? operation)
    {
        if (step.Events.IsEmpty)
            return null;
        var before = State;
        // Before the end is committed: as long as work is open, somebody comes back to do it again.
        await _listing.Add(Tenant, before, step);
        var work = step.State.HasOpenWork == before.HasOpenWork ? WorkChange.Unchanged
            : step.State.HasOpenWork ? WorkChange.Open : WorkChange.Close;
        try
        {
            if (await _journal.Commit(step.Events, operation, work, Now + SessionLimits.Lease) is { } earlier)
                return earlier;
        }
        catch (JournalLostException)
        {
            Yield();
            throw;
        }
        SessionTelemetry.Count(step.Events);
        Follow();
        foreach (var dropped in before.Waiting.Where(run => State.Find(run.Id) is null))
            await Budget.Settle(TurnCost.Operation(dropped.Id, dropped.Reserved), 0);
        return null;
    }

    private void Follow()
    {
        if (_journal.IsLost)
            return; // somebody else writes the answer now
        _turns.Follow(State, _journal.Epoch, () => _journal.Head);
        _viewers.Beat(_journal.Head);
        if (_beat is null && (State.HasOpenWork || !_viewers.IsEmpty))
        {
            _renewAt = Now + SessionLimits.RenewEvery;
            _beat = this.RegisterGrainTimer(Beat, new()
            {
                DueTime = SessionLimits.Heartbeat, Period = SessionLimits.Heartbeat, Interleave = true, KeepAlive = true,
            });
        }
    }

    /// <summary>Once a second, while somebody watches or something runs: says so, and keeps the work leased.</summary>
    private async Task Beat(CancellationToken cancellation)
    {
        _viewers.Beat(_journal.Head);
        if (State.HasOpenWork && Now >= _renewAt)
        {
            _renewAt = Now + SessionLimits.RenewEvery;
            await _journal.Renew(Now + SessionLimits.Lease, cancellation);
        }
        if (_journal.IsLost)
            Yield();
        else if (State.Running is { StartedAt: { } started } && Now >= started + SessionLimits.RunTime)
            await this.AsReference<ITurnReceiver>().Tick();
        else if (!State.HasOpenWork && _viewers.IsEmpty)
        {
            _beat?.Dispose();
            _beat = null;
        }
    }

    /// <summary>Gives way to whoever holds the journal now.</summary>
    private void Yield()
    {
        _turns.Stop();
        DeactivateOnIdle();
    }

    private TurnMemory Memory => new(Tenant, State, State.Owner, State.LastSelected?.Agent ?? State.Agent, GrainFactory,
        _ports.Extractor, new(_ports.Clock, _logger), _logger);

    private IBudgetGrain Budget => GrainFactory.GetGrain<IBudgetGrain>(TenantKey.For(Tenant, "budget"));

    private Task<AgentProfile?> Published(string agent) =>
        GrainFactory.GetGrain<IAgentGrain>(TenantKey.For(Tenant, agent)).Published();

    /// <summary>What a refused command was answered when it first came, if it did.</summary>
    private async Task<SendResult?> Repeated(SendMessage command) =>
        await _store.FindOperation(Key, command.Operation, CancellationToken.None) is { } earlier ? Answer(earlier,
            command) : null;

    private static SendResult Answer(Operation earlier, SendMessage command) =>
        earlier.Fingerprint == command.Fingerprint ? Accepted(earlier.Answer) : new(SendStatus.KeyReused);

    private static SendResult Accepted(string runId) => SessionIds.TryParseRun(runId, out var session, out var seq)
        ? new(SendStatus.Accepted, runId, SessionIds.Question(session, seq), seq - 1)
        : throw new FormatException($"{runId} is not a run.");
}
