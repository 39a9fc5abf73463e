using Colloquy.Journals;
using Colloquy.Kernel;
using Colloquy.Panels.Seats;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Panels;

/// <summary>The shell around <see cref="PanelMachine"/>: it reads the clock, commits, and asks the seats.</summary>
[GrainType("panel")]
internal sealed class PanelGrain : Grain, IPanelGrain, IPanelReceiver
{
    private readonly IJournalStore _store;
    private readonly Convocation _convocation;
    private readonly TimeProvider _clock;
    private readonly ILogger<PanelGrain> _logger;
    private readonly Viewers _viewers;
    private readonly LiveSeats _live;
    private readonly TaskCompletionSource _ended = new(); // who waits only reads, and stays on the activation's own scheduler
    private Journal<PanelState, PanelEvent> _journal = null!;
    private PanelWork _work = null!;
    private IGrainTimer? _beat;
    private DateTimeOffset _renewAt;
    private DateTimeOffset _askAt;
    private int _asked; // the round whose seats were asked by this activation

    public PanelGrain(IJournalStore store, TimeProvider clock, ILogger<PanelGrain> logger)
    {
        (_store, _clock, _logger) = (store, clock, logger);
        _viewers = new(clock, logger);
        _live = new(_viewers.Show);
        _convocation = new(TenantKey.TenantOf(this.GetPrimaryKeyString()), GrainFactory);
    }

    private string Key => this.GetPrimaryKeyString();

    private string Tenant => TenantKey.TenantOf(Key);

    private PanelState State => _journal.State;

    private DateTimeOffset Now => _clock.Milliseconds();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _journal = new(_store, Key);
        _work = new(Key, GrainFactory, _clock, this.AsReference<IPanelReceiver>(), DeactivateOnIdle, _logger);
        await Look(cancellationToken);
    }

    // A claim writes. Whoever asks for a panel that never was must not leave a trace of it.
    private async Task Look(CancellationToken cancellation)
    {
        if (_journal.Epoch == 0 && (await _store.Read(Key, 0, 1, 0, cancellation)).Count > 0)
            await Open(cancellation);
    }

    public async Task<PanelResult> Convene(ConvenePanel command)
    {
        if (!State.Exists)
        {
            var (charter, refusal) = await _convocation.Charter(TenantKey.IdOf(Key), command, Now);
            if (charter is null)
                return refusal!;
            if (_journal.Epoch == 0)
                await Open(CancellationToken.None);
            await Advance(new PanelInput.Convene(Now, _journal.Epoch, RunIds.Of(charter.PanelId), charter));
        }
        if (State.Charter!.Fingerprint != command.Fingerprint)
            return new(PanelStatus.KeyReused);
        await GrainFactory.GetGrain<IPanelListGrain>(TenantKey.For(Tenant, "panels")).Put(PanelViews.Summary(State));
        return Accepted();
    }

    public async Task<PanelResult> Answer(PersonAnswer answer)
    {
        if (!State.Exists)
            return new(PanelStatus.NotFound);
        if (!State.Charter!.Seats.Any(seat => seat.Id == answer.Seat && seat.IsPerson))
            return new(PanelStatus.NotInvited, Detail: answer.Seat);
        var before = _journal.Head;
        await Advance(answer.Declines
            ? new PanelInput.Fail(Now, answer.Round, answer.Seat, AbsenceReasons.Declined, null, Usage.None)
            : new PanelInput.Say(Now, answer.Round, answer.Seat, answer.Contribution, Usage.None, null));
        return _journal.Head > before || WasSaidBefore(answer) ? Accepted()
            : new(State.IsRunning ? PanelStatus.NotAwaited : PanelStatus.Ended, Detail: answer.Seat);
    }

    public async Task<PanelResult> Steer(string author, string text, string operation)
    {
        if (!State.Exists)
            return new(PanelStatus.NotFound);
        if (await _store.FindOperation(Key, operation, CancellationToken.None) is { } earlier)
            return earlier.Fingerprint == text ? Accepted() : new(PanelStatus.KeyReused);
        if (!State.IsRunning)
            return new(PanelStatus.Ended);
        var step = PanelMachine.Decide(State, new PanelInput.Steer(Now, author, text));
        if (step.Events.IsEmpty)
            return new(PanelStatus.TooMuchSteering);
        await Commit(step, new(operation, text, State.RunId, Now + SessionLimits.OperationLife));
        return Accepted();
    }

    public async Task<RunView?> Cancel()
    {
        await Advance(new PanelInput.Cancel(Now, "requested"));
        return await Run();
    }

    public Task<PanelView?> View() => Task.FromResult(State.Exists ? PanelViews.Of(State) : null);

    public Task<RunView?> Run() => Task.FromResult(State.Exists ? PanelViews.Run(State) : null);

    public async Task<PanelView?> Await()
    {
        if (State.IsRunning)
            await Task.WhenAny(_ended.Task, Task.Delay(PanelLimits.AwaitMost, _clock));
        return await View();
    }

    public async Task<bool> Delete()
    {
        await Look(CancellationToken.None);
        if (!State.Exists)
            return false;
        await Advance(new PanelInput.Cancel(Now, "requested"));
        DeactivateOnIdle(); // also when something fails: nobody knows then what there is, and the next activation reads it
        await _work.Erase(State);
        await GrainFactory.GetGrain<IPanelListGrain>(TenantKey.For(Tenant, "panels")).Remove(TenantKey.IdOf(Key));
        await _store.Erase(Key, CancellationToken.None);
        return true;
    }

    public async Task Poke() // being active is being resumed; what is left are the clock, and what follows from the end
    {
        await Look(CancellationToken.None);
        if (State.EndedAt is not null)
            Finish();
        else
            await Advance(new PanelInput.Tick(Now));
    }

    public Task<LivePosition> Attach(ISessionViewer viewer)
    {
        if (!State.Exists)
            return Task.FromResult(new LivePosition(false, 0, []));
        _viewers.Add(viewer);
        Follow();
        return Task.FromResult(new LivePosition(true, _journal.Head, _live.View(State)));
    }

    public Task Detach(ISessionViewer viewer)
    {
        _viewers.Remove(viewer);
        return Task.CompletedTask;
    }

    public async Task<EventPage> Read(long after, int limit) => !State.Exists ? new(0, [])
        : new(_journal.Head, EventLines.Of(await _store.Read(Key, after, limit, EventLines.PageBytes, CancellationToken.None)));

    Task IPanelReceiver.Said(int round, string seat, Contribution said, Usage usage, string? model) =>
        Advance(new PanelInput.Say(Now, round, seat, said, usage, model));

    Task IPanelReceiver.Absent(int round, string seat, string reason, RunError? error, Usage usage) =>
        Advance(new PanelInput.Fail(Now, round, seat, reason, error, usage));

    // Who has lost the journal does not know whether somebody waits: a failed call is made again, and meets who does.
    Task<int> IPanelReceiver.Saying(SeatWords words) => _journal.IsLost ? throw new JournalLostException($"Another holds {Key}.")
        : Task.FromResult(State.Round?.Number == words.Round && State.Outstanding.Contains(words.Seat)
            ? _live.Take(State, _journal.Head, words) : -1);

    Task IPanelReceiver.Tick() => Advance(new PanelInput.Tick(Now));

    async Task IPanelReceiver.Finished(long epoch)
    {
        if (epoch == _journal.Epoch && State.EndedAt is not null)
            await Commit(PanelStep.From(State), null, WorkChange.Close);
    }

    private async Task Open(CancellationToken cancellation)
    {
        await _journal.Open(cancellation);
        Follow();
    }

    private async Task Advance(PanelInput input)
    {
        await Look(CancellationToken.None); // who found nothing here may be told of what was convened elsewhere since
        if (PanelMachine.Decide(State, input) is { Events.IsEmpty: false } step)
            await Commit(step, null);
    }

    // The only way a panel changes: decide, commit, and only then act.
    private async Task Commit(PanelStep step, Operation? operation, WorkChange? work = null)
    {
        var hadEnded = State.EndedAt is not null;
        // It stays open beyond the end, since others are to be told; and its lease is set anew, since one for a person is too long
        // for the agents that come after.
        work ??= WorkChange.Open;
        try
        {
            await _journal.Commit(step.Events, operation, work.Value, Lease(step.State));
        }
        catch (JournalLostException)
        {
            DeactivateOnIdle();
            throw;
        }
        PanelTelemetry.Count(step.Events);
        if (State.EndedAt is not null && !hadEnded)
            Finish();
        Follow();
    }

    private void Finish() => _work.Finish(State, _journal.Epoch);

    /// <summary>Until when nobody else needs to look after the panel. While only people are awaited it may sleep.</summary>
    private DateTimeOffset Lease(PanelState state) =>
        state.AwaitsPeopleOnly && state.NextDeadline is { } next ? next : Now + SessionLimits.Lease;

    private void Follow()
    {
        if (_journal.IsLost)
            return; // somebody else holds the panel now
        _live.Follow(State);
        _viewers.Beat(_journal.Head);
        if (State.EndedAt is not null)
            _ended.TrySetResult();
        if (State.Round is { } round && round.Number != _asked)
            Ask(round.Number);
        if (_beat is not null || IsAtRest)
            return;
        _renewAt = Now + SessionLimits.RenewEvery;
        _beat = this.RegisterGrainTimer(Beat, new()
        {
            DueTime = SessionLimits.Heartbeat, Period = SessionLimits.Heartbeat, Interleave = true, KeepAlive = true,
        });
    }

    /// <summary>Whether nothing is to be done here until somebody calls: the sweeper comes when a person's time is up.</summary>
    private bool IsAtRest => _viewers.IsEmpty && !_work.IsFinishing && (!State.IsRunning || State.AwaitsPeopleOnly);

    private void Ask(int round)
    {
        (_asked, _askAt) = (round, Now + PanelLimits.AskAgainEvery);
        _work.Ask(State);
    }

    /// <summary>Once a second, while somebody watches or is awaited: says so, keeps the work leased, and looks at the clock.</summary>
    private async Task Beat(CancellationToken cancellation)
    {
        _viewers.Beat(_journal.Head);
        if ((State.IsRunning || _work.IsFinishing) && Now >= _renewAt)
        {
            _renewAt = Now + SessionLimits.RenewEvery;
            await _journal.Renew(Lease(State), cancellation);
        }
        if (_journal.IsLost)
            DeactivateOnIdle();
        else if (State.NextDeadline <= Now)
            await this.AsReference<IPanelReceiver>().Tick();
        else if (State.Round is { } round && Now >= _askAt)
            Ask(round.Number); // they know a repeat, and whoever asked them last may have died with the question
        else if (IsAtRest)
        {
            _beat?.Dispose();
            _beat = null;
        }
    }

    private bool WasSaidBefore(PersonAnswer answer) => answer.Declines
        ? State.Absent.Contains(new(answer.Seat, answer.Round, AbsenceReasons.Declined))
        : State.Entries.Any(entry => entry.Round == answer.Round && entry.Seat == answer.Seat);

    private PanelResult Accepted() => new(PanelStatus.Accepted, State.Charter!.PanelId, State.RunId);
}
