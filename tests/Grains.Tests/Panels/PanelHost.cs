using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Models;
using Colloquy.Panels.Seats;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Colloquy.Tests;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Colloquy.Panels;

/// <summary>Panels on a host that the tests of a class share: the product's own grains, over stores in memory and models that do as
/// they are told.</summary>
public sealed class PanelHost : IAsyncLifetime
{
    private readonly EngineHost _engine;
    private readonly MemorySessionIndex _sessions = new();

    public PanelHost() => _engine = new EngineHost(Configure);

    internal ShiftedTime Time { get; } = new();
    internal MemoryJournalStore Journals { get; } = new();
    internal JsonDocuments Documents { get; } = new();
    internal ScriptedModel Model { get; } = new();

    public Task InitializeAsync() => _engine.Start();

    public Task DisposeAsync() => _engine.Stop();

    internal TGrain Grain<TGrain>(string tenant, string id)
        where TGrain : IGrainWithStringKey => _engine.Client.GetGrain<TGrain>(TenantKey.For(tenant, id));

    internal ConvenedPanel Panel(string tenant, string name = "one") => new(this, _engine.Client, tenant, PanelIds.Panel(tenant, name));

    /// <summary>An expert with a model of its own, and the name of that model.</summary>
    internal async Task<string> Expert(string tenant, string id, ScriptedModel.Script script, params string[] collections)
    {
        var model = $"{tenant}/{id}";
        Model.Plays(model, script);
        var profile = new AgentProfile(id, $"Expert {id}", "", $"You are {id}.", [], [.. collections], [], [], [], model, 0, 500, 1);
        await Grain<IAgentGrain>(tenant, id).Create(profile, "op", null);
        return model;
    }

    /// <summary>Runs for each silo: what a store keeps is the cluster's.</summary>
    private void Configure(ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService();
        silo.Services.AddSingleton<TimeProvider>(Time);
        silo.AddColloquyGrains();
        silo.AddIncomingGrainCallFilter<GrainHost.LastCall>();
        silo.Services.AddSingleton<IJournalStore>(Journals);
        silo.Services.AddSingleton<ISessionIndex>(_sessions);
        silo.Services.AddSingleton<IKnowledge, ShippedNotes>();
        silo.Services.AddSingleton<IModelCatalogue>(Model);
        silo.Services.AddSingleton<IFactStore>(new MemoryFactStore());
        silo.Services.AddSingleton<IEmbedders>(new WordEmbedders());
        silo.Services.AddKeyedSingleton<IGrainStorage>("documents", (_, _) => Documents);
    }
}

/// <summary>One panel, as a client uses it.</summary>
internal sealed class ConvenedPanel(PanelHost host, IClusterClient client, string tenant, string id)
{
    // An engine holds viewers weakly, and a test that waits for nothing but its viewer is held by nobody else.
    private static readonly ConcurrentDictionary<Watcher, bool> _watching = [];

    public string Id => id;
    public string Key => TenantKey.For(tenant, id);
    public IPanelGrain Grain => client.GetGrain<IPanelGrain>(Key);
    public IPanelReceiver Receiver => client.GetGrain<IPanelReceiver>(Key);

    public ISeatGrain Seat(string seat) => host.Grain<ISeatGrain>(tenant, PanelIds.SeatGrain(id, seat));

    public ISeatWorker Worker(string seat) => host.Grain<ISeatWorker>(tenant, PanelIds.SeatGrain(id, seat));

    public Task<PanelResult> Convene(string question, params string[] agents) =>
        Convene(ConvenePanel.Of("key", question, PanelProtocols.Parallel, [.. agents], "print"));

    public Task<PanelResult> Convene(ConvenePanel command) => Grain.Convene(command);

    /// <summary>The panel once it is as a test wants it: looked at whenever it says that something happened.</summary>
    public async Task<PanelView> Until(Func<PanelView, bool> isSo)
    {
        var watcher = new Watcher();
        _watching[watcher] = true;
        var reference = client.CreateObjectReference<ISessionViewer>(watcher);
        while (true)
        {
            var happened = watcher.Next();
            await Grain.Attach(reference);
            if (await Grain.View() is { } view && isSo(view))
            {
                _watching.TryRemove(watcher, out _);
                await Grain.Detach(reference);
                return view;
            }
            await happened;
        }
    }

    public Task<PanelView> End() => Until(view => view.EndedAt is not null);

    /// <summary>What was shown live, by seat, from a moment before the panel was convened.</summary>
    public async Task<ConcurrentDictionary<string, string>> Watch()
    {
        var watcher = new Watcher();
        _watching[watcher] = true;
        await Grain.Attach(client.CreateObjectReference<ISessionViewer>(watcher));
        return watcher.Words;
    }

    public async Task<ImmutableArray<PanelEvent>> Events() =>
        [.. (await Grain.Read(0, 1000)).Events.Select(line => JsonSerializer.Deserialize<PanelEvent>(line.Json, JournalJson.Options)!)];

    public static bool IsTerminal(PanelEvent @event) =>
        @event is PanelCompleted or PanelFailed or PanelCancelled or PanelExpired or PanelBudgetExhausted;

    /// <summary>A brief as the panel would give it.</summary>
    public SeatBrief Brief(string seat, string agent, int round = 1, string phase = PanelPhases.Draft) => new(
        id, RunIds.Of(id), PanelIds.Message(id, round, seat), seat, SeatRoles.Member, round, 1, phase, "Is it so?", "Answer.", [], [], [],
        null, [], [], agent, 1, null, host.Time.GetUtcNow() + PanelLimits.SeatTime);

    private sealed class Watcher : ISessionViewer
    {
        private TaskCompletionSource _next = new();

        public ConcurrentDictionary<string, string> Words { get; } = [];

        public Task Next() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Show(LiveFrame frame)
        {
            if (frame.Seat is { } seat)
                Words.AddOrUpdate($"{seat}@{frame.Round}", frame.Text, (_, before) => before[..frame.Offset] + frame.Text);
            _next.TrySetResult();
        }
    }
}
