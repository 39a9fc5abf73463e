using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Models;
using Colloquy.Sessions;
using Colloquy.Sweeping;
using Colloquy.Tenants;
using Colloquy.Tools;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Embedded;
using Orleans.Storage;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>What came of one seed.</summary>
internal sealed record Played(ulong TraceHash, int Steps, int Sent, int Answered, int Accepted, int Completed, int Faulted)
{
    public int Chosen { get; init; }
    public int Overridden { get; init; }
    public int Remembered { get; init; }
}

/// <summary>
/// The product's own grains under trouble: clients that insist, viewers that come and go, an outside world that counts. Then
/// the weather turns fair, everybody leaves, and whatever was accepted has to end by itself.
/// </summary>
internal sealed class ConversationWorld : IDisposable
{
    public const string Tenant = "acme";

    /// <summary>How long trouble lasts.</summary>
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(30);

    /// <summary>After the last fault, and without any client, every run has ended within this. It bounds detection, lease, sweep
    /// and a queue of slow answers.</summary>
    private static readonly TimeSpan Heal = TimeSpan.FromMinutes(3);

    private readonly MemoryJournalStore _store = new();
    private readonly MemoryGrainStorage _documents = new();
    private readonly PowerStore _power;
    private readonly Sky _sky;
    private readonly Outside _outside = new();
    private readonly BudgetBook _book;
    private readonly Parts _parts;
    private readonly Simulation _simulation;
    private readonly Clients _clients;
    private readonly List<Viewer> _viewers = [];
    private readonly DateTimeOffset _troubleEnds;

    private ConversationWorld(int seed, Parts parts)
    {
        var weather = Weather.Of(seed);
        (_parts, _sky) = (parts, new Sky(weather));
        BudgetBook? book = null;
        PowerStore? power = null;
        _simulation = new Simulation(seed, silo =>
        {
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
            silo.AddColloquyGrains();
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(services =>
                book ??= new BudgetBook(Of(services), _sky));
            silo.Services.AddSingleton(services => power ??= new PowerStore(
                _store, services.GetRequiredService<TimeProvider>(), parts.Unsynced));
            silo.Services.AddSingleton<IJournalStore>(services => new SimulatedJournalStore(
                parts.Journal(services.GetRequiredService<PowerStore>(), Of(services)), Of(services), _sky));
            silo.Services.AddSingleton<ISessionIndex>(services => new SimulatedSessionIndex(new MemorySessionIndex(), Of(services), _sky));
            silo.Services.AddSingleton<IModelCatalogue>(services => new ScriptedModel(Of(services), _sky));
            silo.Services.AddSingleton<IKnowledge, NoKnowledge>();
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => new Twins(Of(services), _sky, parts));
            silo.Services.AddSingleton<IFactStore>(services => new SimulatedFactStore(
                new MemoryFactStore(), Of(services), _sky));
            silo.Services.AddSingleton<IEmbedders, WordEmbedders>();
            silo.Services.AddSingleton(services => parts.Tool("ledger", SideEffect.Idempotent, _outside, Of(services), _sky));
            silo.Services.AddSingleton(services => parts.Tool("siren", SideEffect.Opaque, _outside, Of(services), _sky));
            silo.Services.AddKeyedSingleton<IGrainStorage>("documents", (_, _) => parts.Documents(_documents));
        }, weather.Engine);
        _power = _simulation.Services.GetRequiredService<PowerStore>();
        _book = _simulation.Services.GetServices<IIncomingGrainCallFilter>().OfType<BudgetBook>().Single();
        _troubleEnds = _simulation.Time.GetUtcNow() + Trouble;
        _clients = new Clients(_simulation, weather);
    }

    /// <summary>Plays a seed to its end.</summary>
    /// <exception cref="BrokenPromiseException">An invariant does not hold; the message has the seed and the last steps.</exception>
    public static Played Play(int seed, Parts? parts = null)
    {
        using var world = new ConversationWorld(seed, parts ?? new Parts());
        try
        {
            world._simulation.Run(world.Live);
            return world.Result();
        }
        catch (Exception failure) when (failure is not SimulationEscapeException)
        {
            throw new BrokenPromiseException(
                $"{failure.GetType().Name}: {failure.Message}\n{failure.StackTrace}\n{world._simulation.Story}");
        }
    }

    public void Dispose() => _simulation.Dispose();

    private static Simulation Of(IServiceProvider services) => services.GetRequiredService<Simulation>();

    private async Task Live(IClusterClient client)
    {
        CallerTenant.Set(TenantKey.System);
        await Prepare(client);
        var running = _clients.Sessions.SelectMany(session => new[] { 0, 1 }.Select(number =>
            _simulation.Start(other => _clients.Talk(other, session, number)))).ToList();
        foreach (var session in _clients.Sessions)
        {
            var viewer = new Viewer(session, _simulation, _sky, _parts);
            _viewers.Add(viewer);
            running.Add(_simulation.Start(other => viewer.WatchUntil(other, _troubleEnds)));
        }
        running.Add(_simulation.Start(_ => MakeTrouble()));
        while (_simulation.Time.GetUtcNow() < _troubleEnds)
            await Pause(TimeSpan.FromSeconds(1));
        _simulation.Note("fair weather");
        _simulation.Calm();
        _sky.Clear();
        foreach (var one in running)
            await one;
        await EverythingEnds();
        await Check(client);
    }

    private async Task Prepare(IClusterClient client)
    {
        foreach (var agent in Conversation.Agents)
            await _clients.Insist(() => client.GetGrain<IAgentGrain>(TenantKey.For(Tenant, agent.Id)).Create(agent, "op", "create"));
        await _clients.Insist(() => client.GetGrain<IAgentGrain>(TenantKey.For(Tenant, Conversation.Retired)).Delete());
        _book.Limit = _sky.Now.Budget;
        await _clients.Insist(async () =>
        {
            await client.GetGrain<IBudgetGrain>(TenantKey.For(Tenant, "budget")).Limit(_book.Limit);
            return true;
        });
        foreach (var number in Enumerable.Range(0, Sweepers.Count))
            await _clients.Insist(async () =>
            {
                await client.GetGrain<ISweeperGrain>(Sweepers.Key(number)).Wake();
                return true;
            });
        foreach (var session in _clients.Sessions)
            await _clients.Create(client, session, null);
    }

    private async Task MakeTrouble()
    {
        var weather = _sky.Now;
        while (weather.HasTrouble)
        {
            await Pause(_simulation.Duration(weather.Calm));
            if (_simulation.Time.GetUtcNow() >= _troubleEnds)
                return;
            var kind = _simulation.Random.Next(weather.Crashes + weather.Duplicates + weather.PowerLosses);
            if (kind < weather.Crashes)
                _simulation.Crash(_simulation.Random.Next(_simulation.Silos));
            else if (kind < weather.Crashes + weather.Duplicates)
                _simulation.Duplicate(GrainId.Create("session", _clients.Sessions[_simulation.Random.Next(_clients.Sessions.Count)]));
            else
            {
                _power.LosePower();
                _simulation.CrashAll();
            }
        }
    }

    /// <summary>I2: no client calls any more, so only the sweepers can have brought it to an end.</summary>
    private async Task EverythingEnds()
    {
        var began = _simulation.Time.GetUtcNow();
        while (OpenRuns() is { Count: > 0 } open)
        {
            Unless(_simulation.Time.GetUtcNow() - began < Heal, $"I2: {open[0]} has not ended {Heal} after the last fault");
            await Pause(TimeSpan.FromSeconds(2));
        }
        await Pause(TimeSpan.FromSeconds(10)); // for whatever still comes late
    }

    private List<string> OpenRuns()
    {
        var open = new List<string>();
        foreach (var session in _clients.Sessions)
        {
            var state = Journal(session).Replayed;
            if (state.HasOpenWork)
                open.Add((state.Running ?? state.Waiting[0]).Id);
        }
        return open;
    }

    private JournalCheck Journal(string session) => new(session, Lines(session));

    private IReadOnlyList<JournalLine> Lines(string session) =>
        _store.Read(session, 0, int.MaxValue, int.MaxValue, CancellationToken.None).Result;

    private async Task Check(IClusterClient client)
    {
        foreach (var viewer in _viewers)
            await viewer.CatchUp(client, Lines(viewer.Session).Count);
        foreach (var viewer in _viewers)
            viewer.Watched.IsBeginningOf(Lines(viewer.Session));
        foreach (var session in _clients.Sessions)
        {
            var journal = Journal(session);
            journal.Holds(_clients.Acknowledged, _outside);
            ChoiceCheck.Holds(journal);
            await IsReplayed(client, session, journal.Replayed);
        }
        var journals = _clients.Sessions.Select(Journal).ToList();
        await LabelCheck.Holds(journals, _documents);
        foreach (var author in _clients.Authors)
        {
            var memory = client.GetGrain<IMemoryGrain>(TenantKey.For(Tenant, MemoryScopes.User(author)));
            await new MemoryCheck(author, journals).Holds(cursor => _clients.Insist(() => memory.List(true, cursor, 100)));
        }
        foreach (var (step, effects) in _outside.Effects)
            Unless(effects == 1, $"I5: {step} had {effects} effects");
        foreach (var (step, calls) in _outside.OpaqueCalls)
            Unless(calls == 1, $"I5: {step} was called {calls} times and is opaque");
        Unless(_book.Broken is null, $"I6: {_book.Broken}");
        await HasForgottenNoSpending(client);
    }

    /// <summary>I12: what the grain knows, what a snapshot and the lines behind it tell, and what all lines tell is the same.</summary>
    private async Task IsReplayed(IClusterClient client, string session, SessionState replayed)
    {
        var live = await _clients.Insist(() => client.GetGrain<ISessionGrain>(session).View());
        var told = Json(replayed);
        Unless(Json(live) == Json(SessionViews.Of(replayed)), $"I12: {session} says {Json(live)} and replays to {told}");
        var reopened = new Journal<SessionState, SessionEvent>(_store, session);
        await reopened.Open(CancellationToken.None);
        Unless(Json(reopened.State) == told, $"I12: {session} reopens as {Json(reopened.State)} and replays to {told}");
    }

    private async Task HasForgottenNoSpending(IClusterClient client)
    {
        var budget = await _clients.Insist(() => client.GetGrain<IBudgetGrain>(TenantKey.For(Tenant, "budget")).View());
        var used = _clients.Sessions.Sum(session => Journal(session).All<RunCompleted>().Sum(run => run.Usage.TotalTokens));
        Unless(budget.Spent >= used, $"I6: {used} tokens were used, and the budget knows of {budget.Spent}");
        Unless(budget.Spent >= _book.Settled, $"I6: {_book.Settled} tokens were settled, and the budget knows of {budget.Spent}");
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JournalJson.Options);

    private Task Pause(TimeSpan time) => Task.Delay(time, _simulation.Time);

    private Played Result()
    {
        var journals = _clients.Sessions.Select(Journal).ToImmutableArray();
        return new(_simulation.TraceHash, _simulation.Steps, _clients.Sent, _clients.Answered, _clients.Acknowledged.Count,
            journals.Sum(journal => journal.All<RunCompleted>().Count()),
            journals.Sum(journal => journal.All<RunFailed>().Count(run => run.Error.Code == "internal")))
        {
            Chosen = journals.Sum(journal => journal.All<AgentSelected>().Count(choice => choice.Agent is not null)),
            Overridden = journals.Sum(journal => journal.All<SelectionOverridden>().Count()),
            Remembered = journals.Sum(journal => journal.All<MemoryProposed>().Count()),
        };
    }
}
