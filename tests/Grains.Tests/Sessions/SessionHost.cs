using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Colloquy.Agents;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Models;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Colloquy.Tests.Sessions;

/// <summary>Sessions on a host that the tests share, over stores in memory and a model that does as it is told.</summary>
public sealed class SessionHost : IAsyncLifetime
{
    private readonly EngineHost _engine;
    private readonly JsonDocuments _states = new(); // each silo is configured anew, and all share what is stored
    private readonly MemorySessionIndex _sessions = new();

    public SessionHost() => _engine = new EngineHost(Configure);

    internal MemoryJournalStore Journals { get; } = new();

    internal TalkativeModel Model { get; } = new();

    internal MemoryFactStore Facts { get; } = new();

    public Task InitializeAsync() => _engine.Start();

    public Task DisposeAsync() => _engine.Stop();

    /// <summary>A session of a tenant, with one expert.</summary>
    internal async Task<OpenSession> Begin(string tenant)
    {
        var expert = new AgentProfile("expert", "Expert", "", "You are an expert.", [], [], [], [], [], null, 0, 100, 1);
        await _engine.Client.GetGrain<IAgentGrain>(TenantKey.For(tenant, "expert")).Create(expert, "op", null);
        var session = new OpenSession(_engine.Client, tenant, SessionIds.Session(tenant, "one"));
        await session.Create(null);
        return session;
    }

    internal TGrain Grain<TGrain>(string tenant, string id)
        where TGrain : IGrainWithStringKey => _engine.Client.GetGrain<TGrain>(TenantKey.For(tenant, id));

    private void Configure(ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService();
        silo.AddColloquyGrains();
        silo.Services.AddSingleton<IJournalStore>(Journals);
        silo.Services.AddSingleton<ISessionIndex>(_sessions);
        silo.Services.AddSingleton<IKnowledge, NothingKnown>();
        silo.Services.AddSingleton<IModelCatalogue>(Model);
        silo.Services.AddSingleton<IFactStore>(Facts);
        silo.Services.AddSingleton<IEmbedders>(new WordEmbedders());
        silo.Services.AddKeyedSingleton<IGrainStorage>("documents", (_, _) => _states);
    }

    private sealed class NothingKnown : IKnowledge
    {
        public Task<IReadOnlyList<Passage>> Search(
            string tenant, KnowledgeQuery query, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Passage>>([]);

        public Task<DocumentView?> Find(string tenant, string documentId, CancellationToken cancellation) =>
            Task.FromResult<DocumentView?>(null);
    }
}

/// <summary>One session, as a client uses it.</summary>
internal sealed class OpenSession(IClusterClient client, string tenant, string id)
{
    public string Id => id;
    public string Key => TenantKey.For(tenant, id);
    public ISessionGrain Grain => client.GetGrain<ISessionGrain>(Key);
    public ITranscriptGrain Transcript => client.GetGrain<ITranscriptGrain>(Key);

    public Task<SessionResult> Create(ForkPoint? fork) => Grain.Create(new(
        "key", "Title", "expert", SessionMode.Manual, null, ImmutableSortedDictionary<string, string>.Empty, null, [], fork, true,
        "print"));

    public OpenSession Other(string name) => new(client, tenant, SessionIds.Session(tenant, name));

    public Task<SendResult> Ask(string question, string operation = "op", string fingerprint = "print") =>
        Grain.Send(new("key", question, null, OnBusy.Enqueue, operation, fingerprint));

    /// <summary>The run once it has ended: looked at whenever the session says that something happened.</summary>
    public Task<RunView> End(string runId) => Watcher.Until<RunView>(client, $"the end of {runId}", async reference =>
    {
        await Grain.Attach(reference);
        return await Transcript.Run(runId) is { EndedAt: not null } ended ? ended : null;
    });

    public async Task<ImmutableArray<MessageView>> Messages() => (await Transcript.Messages(null, 100)).Items;

    public async Task<ImmutableArray<byte[]>> Export() => [.. (await Grain.Read(0, 1000)).Events.Select(line => line.Json)];
}

/// <summary>Answers every question with its own words. Asked to <c>wait</c>, it stops in the middle until its run ends.</summary>
internal sealed class TalkativeModel : IChatClient, IModelCatalogue
{
    /// <summary>Ends when an answer has stopped in the middle.</summary>
    public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Names => ["talkative"];

    public ModelHandle Resolve(string? model) => new("talkative", this, 32_000);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "In short.")));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var word in messages.Last().Text.Split(' '))
        {
            if (word == "wait")
            {
                Stopped.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            yield return new(ChatRole.Assistant, $"{word} ");
        }
        yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 7, OutputTokenCount = 3 })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
