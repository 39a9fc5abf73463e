using System.Collections.Immutable;
using Colloquy.Journals;
using Colloquy.Knowledge.Collections;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Knowledge.Ingest;

/// <summary>The shell around <see cref="IngestProtocol"/>: it reads the clock, commits, and has the work done beside its
/// turns.</summary>
[GrainType("ingest")]
internal sealed class IngestGrain : Grain, IIngestGrain, IIngestReceiver
{
    private readonly IJournalStore _store;
    private readonly KnowledgePorts _ports;
    private readonly Viewers _viewers;
    private readonly ILogger<IngestGrain> _logger;
    private Journal<IngestState, IngestEvent> _journal = null!;
    private IngestWork _work = null!;
    private IGrainTimer? _beat;
    private DateTimeOffset _renewAt;

    public IngestGrain(IJournalStore store, KnowledgePorts ports, ILogger<IngestGrain> logger)
    {
        (_store, _ports, _logger) = (store, ports, logger);
        _viewers = new(ports.Clock, logger);
    }

    private string Key => this.GetPrimaryKeyString();

    private string Tenant => TenantKey.TenantOf(Key);

    private IngestState State => _journal.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _journal = new(_store, Key);
        _work = new(Key, _ports, GrainFactory, this.AsReference<IIngestReceiver>(), Yield, _logger);
        // A claim writes. Whoever asks for an ingest that never was must not leave a trace of it.
        if ((await _store.Read(Key, 0, 1, 0, cancellationToken)).Count > 0)
            await Open(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _work.Stop();
        return Task.CompletedTask;
    }

    public async Task<IngestStatus> Stage(string collection, int first, ImmutableArray<DocumentUpload> uploads)
    {
        if (State.RunId is not null)
            return IngestStatus.Closed;
        if (State.Collection is { } opened && opened != collection)
            return IngestStatus.KeyReused;
        if (first + uploads.Length > KnowledgeLimits.Documents)
            return IngestStatus.TooMany;
        if (await Collection(collection).View() is not { } view)
            return IngestStatus.UnknownCollection;
        if (view.BuiltIn)
            return IngestStatus.BuiltIn;
        if (_journal.Epoch == 0)
            await Open(CancellationToken.None);
        await Advance(new IngestInput.Open(_ports.Now, collection));
        await _ports.Documents.Stage(Tenant, TenantKey.IdOf(Key), first, uploads, CancellationToken.None);
        return IngestStatus.Done;
    }

    public async Task<IngestResult> Begin(BeginIngest command)
    {
        if (State.RunId is { } earlier)
            return State.Fingerprint == command.Fingerprint && State.Collection == command.Collection
                ? new(IngestStatus.Done, earlier, State.RunSeq - 1) : new(IngestStatus.KeyReused);
        DateTimeOffset? since = null;
        if (command.Reindexes is null) // the collection that has itself indexed anew waits for this call
        {
            if (await Collection(command.Collection).View() is not { } view)
                return new(IngestStatus.UnknownCollection);
            if (view.BuiltIn)
                return new(IngestStatus.BuiltIn);
            since = view.CreatedAt;
        }
        if (_journal.Epoch == 0)
            await Open(CancellationToken.None);
        await Advance(new IngestInput.Begin(_ports.Now, _journal.Epoch, RunIds.Of(TenantKey.IdOf(Key)), command, since));
        return new(IngestStatus.Done, State.RunId, State.RunSeq - 1);
    }

    public async Task<RunView?> Cancel()
    {
        await Advance(new IngestInput.Cancel(_ports.Now));
        return State.View();
    }

    public Task<RunView?> Run() => Task.FromResult(State.View());

    public async Task Poke() // being active is being resumed; what is left is what no run stands for
    {
        if (State.RunId is null && State.Collection is not null && _ports.Now >= State.OpenedAt + KnowledgeLimits.StagingLife)
        {
            Yield();
            await _ports.Documents.Unstage(Tenant, TenantKey.IdOf(Key), CancellationToken.None);
            await _store.Erase(Key, CancellationToken.None);
        }
        else if (State.EndedAt is not null)
        {
            _work.Clean(State, _journal.Epoch);
            Follow();
        }
    }

    public Task<LivePosition> Attach(ISessionViewer viewer)
    {
        if (State.RunId is null)
            return Task.FromResult(new LivePosition(false, 0, []));
        _viewers.Add(viewer);
        Follow();
        return Task.FromResult(new LivePosition(true, _journal.Head, []));
    }

    public Task Detach(ISessionViewer viewer)
    {
        _viewers.Remove(viewer);
        return Task.CompletedTask;
    }

    public async Task<EventPage> Read(long after, int limit) => State.RunId is null ? new(0, [])
        : new(_journal.Head, EventLines.Of(await _store.Read(Key, after, limit, EventLines.PageBytes, CancellationToken.None)));

    async Task<bool> IIngestReceiver.Advanced(long attempt, IngestPart part)
    {
        if (attempt == _journal.Epoch)
            await Advance(new IngestInput.Advance(_ports.Now, attempt, part));
        return attempt == _journal.Epoch && State.IsRunning;
    }

    async Task IIngestReceiver.Failed(long attempt, RunError error)
    {
        if (attempt == _journal.Epoch)
            await Advance(new IngestInput.Fail(_ports.Now, error));
    }

    async Task IIngestReceiver.Cleaned(long attempt)
    {
        if (attempt != _journal.Epoch || State.EndedAt is null)
            return;
        _work.Stop(); // nothing is leased any more
        await Commit([], WorkChange.Close);
    }

    private async Task Open(CancellationToken cancellation)
    {
        await _journal.Open(cancellation);
        Follow();
    }

    private Task Advance(IngestInput input) => IngestProtocol.Decide(State, input) switch
    {
        { IsEmpty: true } => Task.CompletedTask,
        // Work stays open when the run ends: staged documents are still there, and somebody must come back to remove them.
        var events => Commit(events, State.RunId is null ? WorkChange.Open : WorkChange.Unchanged),
    };

    private async Task Commit(ImmutableArray<IngestEvent> events, WorkChange work)
    {
        var lease = events is [IngestOpened] ? KnowledgeLimits.StagingLife : SessionLimits.Lease;
        try
        {
            await _journal.Commit(events, null, work, _ports.Now + lease);
        }
        catch (JournalLostException)
        {
            Yield();
            throw;
        }
        Follow();
    }

    private void Follow()
    {
        if (_journal.IsLost)
            return; // somebody else does the work now
        _work.Follow(State, _journal.Epoch);
        _viewers.Beat(_journal.Head);
        if (_beat is not null || (!_work.IsBusy && _viewers.IsEmpty))
            return;
        _renewAt = _ports.Now + SessionLimits.RenewEvery;
        _beat = this.RegisterGrainTimer(Beat, new()
        {
            DueTime = SessionLimits.Heartbeat, Period = SessionLimits.Heartbeat, Interleave = true, KeepAlive = true,
        });
    }

    /// <summary>Once a second, while somebody watches or something runs: says so, and keeps the work leased.</summary>
    private async Task Beat(CancellationToken cancellation)
    {
        _viewers.Beat(_journal.Head);
        if (_work.IsBusy && _ports.Now >= _renewAt)
        {
            _renewAt = _ports.Now + SessionLimits.RenewEvery;
            await _journal.Renew(_ports.Now + SessionLimits.Lease, cancellation);
        }
        if (_journal.IsLost)
            Yield();
        else if (!_work.IsBusy && _viewers.IsEmpty)
        {
            _beat?.Dispose();
            _beat = null;
        }
    }

    /// <summary>Gives way to whoever holds the journal now.</summary>
    private void Yield()
    {
        _work.Stop();
        DeactivateOnIdle();
    }

    private ICollectionGrain Collection(string id) => GrainFactory.GetGrain<ICollectionGrain>(TenantKey.For(Tenant, id));
}
