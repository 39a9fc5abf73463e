using System.Collections.Immutable;
using System.Text;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Models;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Colloquy.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Colloquy.Tests.Knowledge;

/// <summary>Collections and ingests on a host that the tests of a class share, over stores in memory that can be made to
/// fail.</summary>
public sealed class KnowledgeHost : IAsyncLifetime
{
    private readonly EngineHost _engine;
    private readonly JsonDocuments _states = new();
    private readonly MemorySessionIndex _sessions = new();

    public KnowledgeHost() => _engine = new EngineHost(Configure);

    internal MemoryJournalStore Journals { get; } = new();
    internal MemoryPassageIndex Index { get; } = new();
    internal MemoryDocumentStore Documents { get; } = new();
    internal SeveralEmbedders Embedders { get; } = new();
    internal ShiftedTime Time { get; } = new();
    public FaultPlan Faults { get; } = new();

    internal IKnowledge Knowledge { get; private set; } = null!;

    public Task InitializeAsync() => _engine.Start();

    public Task DisposeAsync() => _engine.Stop();

    internal TGrain Grain<TGrain>(string tenant, string id)
        where TGrain : IGrainWithStringKey => _engine.Client.GetGrain<TGrain>(TenantKey.For(tenant, id));

    internal TenantLibrary Library() => new(this, _engine.Client, GrainHost.NewTenant());

    /// <summary>Runs for each silo: what a store keeps is the cluster's, or a grain that moves to another silo finds
    /// nothing.</summary>
    private void Configure(ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService();
        silo.Services.AddSingleton<TimeProvider>(Time);
        silo.AddColloquyGrains();
        silo.AddIncomingGrainCallFilter<GrainHost.LastCall>();
        silo.Services.AddSingleton(FaultyPort.Over<IJournalStore>(Journals, Faults));
        silo.Services.AddSingleton(FaultyPort.Over<IPassageIndex>(Index, Faults));
        silo.Services.AddSingleton(FaultyPort.Over<IDocumentStore>(Documents, Faults));
        silo.Services.AddSingleton<ISessionIndex>(_sessions);
        silo.Services.AddSingleton<IEmbedders>(Embedders);
        silo.Services.AddSingleton<IModelCatalogue>(new TalkativeModel());
        silo.Services.AddSingleton<IDocumentReader, LooseReader>();
        var documents = FaultyPort.Over<IGrainStorage>(_states, Faults);
        silo.Services.AddKeyedSingleton("documents", (_, _) => documents);
    }

    /// <summary>Reads text and Markdown, and finds every text broken that says so.</summary>
    private sealed class LooseReader : IDocumentReader
    {
        public IReadOnlyList<string> MediaTypes => ["text/plain", "text/markdown"];

        public ReadDocument Read(byte[] content) => Encoding.UTF8.GetString(content) is var text && text.StartsWith("BROKEN",
            StringComparison.Ordinal)
            ? throw new DocumentUnreadableException(DocumentCodes.Malformed, "It says that it is broken.") : new(null, text, true);
    }
}

/// <summary>A tenant with one collection, as the API uses it: what fails is asked again.</summary>
internal sealed class TenantLibrary(KnowledgeHost host, IClusterClient client, string tenant)
{
    private const int Insistence = 10;
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(5);

    public const string Name = "lib";

    public string Tenant => tenant;

    public ICollectionGrain Collection => host.Grain<ICollectionGrain>(tenant, Name);

    public Task<CollectionResult> Create(string? embedding = null, string domain = "medicine", string operation = "create") =>
        Insist(() => Collection.Create(new("Library", null, domain, embedding, operation)));

    public Task<CollectionResult> Embed(string embedding, string operation = "change") =>
        Insist(() => Collection.Change(new(null, null, null, embedding, "key", operation)));

    public static DocumentUpload Text(string id, string text, DocumentFields? fields = null) =>
        new(id, null, "text/markdown", Encoding.UTF8.GetBytes(text), fields ?? DocumentFields.None);

    /// <summary>Hands documents over and begins their run.</summary>
    public async Task<string> Upload(string operation, params ImmutableArray<DocumentUpload> uploads)
    {
        var ingest = Ingest(RunIds.Ingest(tenant, operation));
        Assert.True(await Insist(() => ingest.Stage(Name, 0, uploads)) is IngestStatus.Done or IngestStatus.Closed);
        var begun = await Insist(() => ingest.Begin(new("key", Name, uploads.Length, null, operation)));
        Assert.Equal(IngestStatus.Done, begun.Status);
        return begun.RunId!;
    }

    public IIngestGrain Ingest(string id) => host.Grain<IIngestGrain>(tenant, id);

    public IIngestGrain Of(string runId) => RunIds.TryParse(runId, out var ingest, out _) ? Ingest(ingest)
        : throw new FormatException(runId);

    /// <summary>The run once it has ended: looked at whenever its grain says that something happened. When the fault of the test
    /// happens, the activation dies, and whoever looks finds another.</summary>
    public Task<RunView> End(string runId)
    {
        var (grain, isStruck) = (Of(runId), false);
        return Watcher.Until<RunView>(client, $"the end of {runId} and of what it leaves", async reference =>
        {
            if (!isStruck && host.Faults.Happened.Task.IsCompleted)
            {
                isStruck = true;
                await Insist(async () =>
                {
                    await GrainHost.EndAfter(grain, one => one.Run());
                    await grain.Poke(); // as the sweeper does
                    return true;
                });
            }
            await Insist(() => grain.Attach(reference));
            return await Insist(grain.Run) is { EndedAt: not null } ended && host.Documents.Waiting(tenant) == 0
                && await IsClosed(grain) ? ended : null;
        }, () => isStruck ? null : host.Faults.Happened.Task);
    }

    /// <summary>Whether nothing is left of a run, so that none of its calls is counted among those of the next.</summary>
    private async Task<bool> IsClosed(IIngestGrain grain) => !(await host.Journals.FindOverdue(
        0, JournalShard.Count - 1, DateTimeOffset.MaxValue, int.MaxValue, default)).Contains(grain.GetPrimaryKeyString());

    public async Task<CollectionView?> View() => await Insist(Collection.View);

    public async Task<IReadOnlyList<string>> Events(string runId) =>
        [.. (await Insist(() => Of(runId).Read(0, 1000))).Events.Where(line => line.RunId is not null).Select(line => line.Type)];

    public async Task<IReadOnlyList<Passage>> Search(string text, KnowledgeFilter? filter = null, int limit = 8) =>
        [.. (await host.Grain<IKnowledgeGrain>(tenant, "knowledge").Search(new([Name], text, limit, filter, Explain: true))).Passages];

    /// <summary>What stands in each index: by generation, its chunks.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Indexed => [.. host.Index.Scopes(tenant, Name).Select(host.Index.Chunks)];

    /// <summary>Asks again, as the API does: with growing pauses, since an engine under load may refuse for a while what is meant
    /// for an activation that has just ended.</summary>
    public static async Task<T> Insist<T>(Func<Task<T>> call)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception) when (tries < Insistence)
            {
                // asked again
            }
            await Task.Delay(PauseFirst * Math.Pow(2, tries - 1));
        }
    }
}
