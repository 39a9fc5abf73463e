using System.Collections.Immutable;
using Colloquy.Embeddings;
using Colloquy.Kernel;
using Colloquy.Models;
using Colloquy.Tenants;

namespace Colloquy.Knowledge.Collections;

/// <summary>
/// The shell around <see cref="CollectionProtocol"/>. The collection's own document is written first and is the truth; list,
/// indexes and runs follow, and what a crash keeps from following is made up for by the next activation or command.
/// </summary>
[GrainType("collection")]
internal sealed class CollectionGrain : Grain, ICollectionGrain, ICollectionWriter
{
    private readonly Committed<CollectionState> _collection;
    private readonly KnowledgePorts _ports;
    private readonly CollectionWriting _writing;
    private readonly string _tenant;
    private readonly string _id;
    private IGrainTimer? _dropping;

    public CollectionGrain([PersistentState("state", "documents")] IPersistentState<CollectionState> state, KnowledgePorts ports)
    {
        _collection = new(state, ports.Clock, this.DeactivateOnIdle);
        (_ports, _tenant, _id) = (ports, TenantKey.TenantOf(this.GetPrimaryKeyString()),
            TenantKey.IdOf(this.GetPrimaryKeyString()));
        _writing = new(ports, _tenant, _id);
    }

    private CollectionState State => _collection.Value;

    private ICollectionListGrain List => GrainFactory.GetGrain<ICollectionListGrain>(TenantKey.For(_tenant, "collections"));

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _ports.HasIndex ? Settle() : Task.CompletedTask;

    public async Task<CollectionResult> Create(CreateCollection command)
    {
        if (Refusal() is { } refusal)
            return refusal;
        await Settle();
        if (CollectionProtocol.Repeated(State, command) is not null || State.About is not null)
            return await Answer(CollectionProtocol.Create(State, _id, command, default, default).Answer);
        var (probed, failed) = await EmbeddingProbe.Of(_ports, command.Embedding);
        if (failed is not null)
            return failed;
        var status = await _collection.Change(state => CollectionProtocol.Create(state, _id, command, probed, _ports.Now));
        return await Settle() ? await Answer(status) : new(CollectionStatus.TooMany);
    }

    public async Task<CollectionResult> Change(ChangeCollection command)
    {
        if (Refusal() is { } refusal)
            return refusal;
        await Settle();
        await AbandonEnded();
        if (!State.Exists || CollectionProtocol.Repeated(State, command) is not null)
            return await Answer(CollectionProtocol.Change(State, _tenant, _id, command, null).Answer, State.Change?.RunId);
        (string, int)? embedding = null;
        if (command.Embedding is not null)
        {
            var (probed, failed) = await EmbeddingProbe.Of(_ports, command.Embedding);
            if (failed is not null)
                return failed;
            embedding = probed;
        }
        var before = State.Change;
        var status = await _collection.Change(state => CollectionProtocol.Change(state, _tenant, _id, command, embedding));
        await Settle();
        _ports.Versions.Raise(_tenant, _id);
        return await Answer(status, ReferenceEquals(before, State.Change) ? null : State.Change?.RunId);
    }

    public async Task<bool> Delete()
    {
        if (!_ports.HasIndex || NoteCollections.Find(_id) is not null)
            return false;
        await Settle();
        var existed = await _collection.Change(CollectionProtocol.Delete);
        await Settle();
        return existed;
    }

    public async Task<CollectionView?> View()
    {
        if (NoteCollections.Find(_id) is { } shipped)
            return shipped;
        if (State is not { Exists: true, About: { } about, Index: { } index } state)
            return null;
        var (documents, chunks) = await _ports.Documents.Count(_tenant, _id, CancellationToken.None);
        return new(_id, about.Name, about.Description, about.Domain, index.Embedding, index.Dimensions, index.Generation,
            state.Building?.Embedding, documents, chunks, BuiltIn: false, about.CreatedAt);
    }

    public async Task<DocumentPage> Documents(string? cursor, int limit)
    {
        if (NoteCollections.Find(_id) is not null)
            return NoteCollections.Documents(_id, cursor, limit);
        if (!State.Exists)
            return new([], null);
        var page = await _ports.Documents.List(_tenant, _id, cursor, limit + 1, CancellationToken.None);
        return new([.. page.Take(limit).Select(stored => new DocumentEntry($"{_id}:{stored.Id}", stored.Title, stored.MediaType,
            stored.Hash,
            stored.Characters, stored.Chunks, stored.Fields, stored.IngestedAt))], page.Count > limit ? page[limit - 1].Id : null);
    }

    public async Task<bool> Remove(string document)
    {
        if (!_ports.HasIndex)
            return false;
        await Settle();
        if (!State.Exists || await _ports.Documents.Find(_tenant, _id, document, CancellationToken.None) is null)
            return false;
        await _collection.Write(State with { Removing = document });
        return await Settle();
    }

    Task<CollectionPlan?> ICollectionWriter.Plan() => Task.FromResult(
        State.Exists ? new CollectionPlan(State.About!.CreatedAt, [.. CollectionWriting.Indexes(State)]) : null);

    async Task<bool> ICollectionWriter.Write(PassageBatch batch)
    {
        await Settle();
        if (!State.Exists || !batch.Plan.SequenceEqual(CollectionWriting.Indexes(State).Select(index => index.Generation)))
            return false;
        await _writing.Write(State, batch);
        return true;
    }

    async Task<bool> ICollectionWriter.Switch(int generation)
    {
        await Settle();
        await _collection.Change(state => (CollectionProtocol.Switch(state, generation, _ports.Now + KnowledgeLimits.DropAfter),
            true));
        await Settle();
        _ports.Versions.Raise(_tenant, _id);
        return State.Exists && State.Index?.Generation == generation;
    }

    async Task ICollectionWriter.Abandon(int generation)
    {
        await Settle();
        await _collection.Change(state => (CollectionProtocol.Abandon(state, generation, _ports.Now), true));
        await Settle();
    }

    /// <summary>Does what is outstanding. False if the tenant's list had no room, and the collection was withdrawn.</summary>
    private async Task<bool> Settle()
    {
        if (State.IsDeleting)
            await Erase();
        if (State.Removing is { } document)
        {
            await _writing.Remove(State, document);
            await _collection.Write(State with { Removing = null });
        }
        if (State is { About: not null, IsListed: false })
        {
            var hasRoom = await List.List(_id);
            await _collection.Write(hasRoom ? CollectionProtocol.Listed(State) : CollectionProtocol.Withdraw(State));
            _ports.Versions.Raise(_tenant, _id);
            if (!hasRoom)
                return false;
        }
        if (State is { Building: { } building, IsBuilding: false })
        {
            await Ingest(building).Begin(new(State.Author, _id, 0, building.Generation, "reindex"));
            await _collection.Write(CollectionProtocol.Begun(State));
        }
        await DropDue();
        return true;
    }

    private async Task Erase()
    {
        if (State.Building is { } building)
            await Ingest(building).Cancel();
        await _writing.DropAll(State);
        await List.Delist(_id);
        await _collection.Write(CollectionProtocol.Gone(State));
    }

    /// <summary>A run that was cancelled or failed says so here by itself, but whoever asks again right after it must not be told
    /// that his index is being built.</summary>
    private async Task AbandonEnded()
    {
        if (State.Building is { } building && await Ingest(building).Run() is { EndedAt: not null, Status: not "completed" })
            await _collection.Change(state => (CollectionProtocol.Abandon(state, building.Generation, _ports.Now), true));
    }

    private IIngestGrain Ingest(CollectionIndex building) => GrainFactory.GetGrain<IIngestGrain>(TenantKey.For(
        _tenant, CollectionProtocol.IngestOf(_tenant, _id, State.About!.CreatedAt, building.Generation)));

    /// <summary>Drops the indexes whose time has come, and comes back for the others.</summary>
    private async Task DropDue()
    {
        foreach (var index in State.Drops.Where(index => index.At <= _ports.Now))
        {
            await _writing.Drop(index);
            await _collection.Write(CollectionProtocol.Dropped(State, index));
        }
        if (!State.Drops.IsEmpty)
            _dropping ??= this.RegisterGrainTimer(DropDue, new() { DueTime = KnowledgeLimits.DropAfter,
                Period = KnowledgeLimits.DropAfter, KeepAlive = true });
        else
            _dropping?.Dispose();
        _dropping = State.Drops.IsEmpty ? null : _dropping;
    }

    private CollectionResult? Refusal() => NoteCollections.Find(_id) is not null ? new(CollectionStatus.BuiltIn)
        : _ports.HasIndex ? null : new(CollectionStatus.IndexMissing, Name: KnowledgePorts.IndexSetting);

    private async Task<CollectionResult> Answer(CollectionStatus status, string? runId = null) =>
        status is CollectionStatus.Done ? new(status, await View(), runId) : new(status);
}
