using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Sessions;
using Colloquy.Sweeping;
using Colloquy.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Embedded;
using Orleans.Storage;

namespace Colloquy.Simulated;

/// <summary>What all worlds have in common: the product's own grains over stores that fail, trouble for a while, fair weather
/// afterwards, and promises that are looked at in the end.</summary>
internal abstract class SimulatedWorld : IDisposable
{
    public const string Tenant = "acme";

    /// <summary>How long trouble lasts.</summary>
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(30);

    private readonly MemoryGrainStorage _documents = new();

    protected SimulatedWorld(int seed, Parts parts)
    {
        var weather = Weather.Of(seed);
        (Parts, Sky) = (parts, new Sky(weather));
        BudgetBook? book = null;
        PowerStore? power = null;
        Simulation = new Simulation(seed, silo =>
        {
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
            silo.AddColloquyGrains();
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => book ??= new BudgetBook(Of(services), Sky));
            silo.Services.AddSingleton(services => power ??= new PowerStore(
                Store, services.GetRequiredService<TimeProvider>(), parts.Unsynced));
            silo.Services.AddSingleton<IJournalStore>(services => new SimulatedJournalStore(
                parts.Journal(services.GetRequiredService<PowerStore>(), Of(services)), Of(services), Sky));
            silo.Services.AddSingleton<ISessionIndex>(services => new SimulatedSessionIndex(new MemorySessionIndex(), Of(services), Sky));
            silo.Services.AddSingleton<IKnowledge, NoKnowledge>();
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => new Twins(Of(services), Sky, parts));
            silo.Services.AddSingleton<IFactStore>(services => new SimulatedFactStore(new MemoryFactStore(), Of(services), Sky));
            silo.Services.AddSingleton<IEmbedders, WordEmbedders>();
            silo.Services.AddKeyedSingleton("documents", (_, _) => Furnish(_documents));
            Furnish(silo);
        }, weather.Engine);
        Power = Simulation.Services.GetRequiredService<PowerStore>();
        Book = Simulation.Services.GetServices<IIncomingGrainCallFilter>().OfType<BudgetBook>().Single();
        TroubleEnds = Simulation.Time.GetUtcNow() + Trouble;
    }

    protected MemoryJournalStore Store { get; } = new();
    protected IGrainStorage Documents => _documents;
    protected Simulation Simulation { get; }
    protected Parts Parts { get; }
    protected Sky Sky { get; }
    protected BudgetBook Book { get; }
    protected DateTimeOffset TroubleEnds { get; }
    private PowerStore Power { get; }

    protected DateTimeOffset Now => Simulation.Time.GetUtcNow();

    public void Dispose() => Simulation.Dispose();

    /// <summary>Adds what this world has of its own. Called before the world's own constructor.</summary>
    protected abstract void Furnish(ISiloBuilder silo);

    /// <summary>What documents are kept in.</summary>
    protected abstract IGrainStorage Furnish(IGrainStorage documents);

    /// <summary>Makes what clients find, once there are agents and a budget.</summary>
    protected abstract Task Prepare(IClusterClient client);

    /// <summary>Starts whoever lives here. All of them leave when trouble does.</summary>
    protected abstract List<Task> Begin();

    /// <summary>Whom the directory loses track of next.</summary>
    protected abstract GrainId Doubled();

    /// <summary>Waits until all work has come to its end without any client.</summary>
    protected abstract Task EverythingEnds();

    protected abstract Task Check(IClusterClient client);

    protected static Simulation Of(IServiceProvider services) => services.GetRequiredService<Simulation>();

    protected static string Json<T>(T value) => JsonSerializer.Serialize(value, JournalJson.Options);

    protected Task Pause(TimeSpan time) => Task.Delay(time, Simulation.Time);

    protected IReadOnlyList<JournalLine> Lines(string journal) =>
        Store.Read(journal, 0, int.MaxValue, int.MaxValue, CancellationToken.None).Result;

    /// <summary>Plays the world to its end.</summary>
    /// <exception cref="BrokenPromiseException">A promise does not hold; the message has the seed and the last steps.</exception>
    protected void Play()
    {
        try
        {
            Simulation.Run(Live);
        }
        catch (Exception failure) when (failure is not SimulationEscapeException)
        {
            throw new BrokenPromiseException($"{failure.GetType().Name}: {failure.Message}\n{failure.StackTrace}\n{Simulation.Story}");
        }
    }

    private async Task Live(IClusterClient client)
    {
        CallerTenant.Set(TenantKey.System);
        await PrepareTenant(client);
        await Prepare(client);
        var running = Begin();
        running.Add(Simulation.Start(_ => MakeTrouble()));
        while (Now < TroubleEnds)
            await Pause(TimeSpan.FromSeconds(1));
        Simulation.Note("fair weather");
        Simulation.Calm();
        Sky.Clear();
        foreach (var one in running)
            await one;
        await EverythingEnds();
        await Check(client);
    }

    private async Task PrepareTenant(IClusterClient client)
    {
        foreach (var agent in Conversation.Agents)
            await Simulation.Insist(() => client.GetGrain<IAgentGrain>(TenantKey.For(Tenant, agent.Id)).Create(agent, "op", "create"));
        await Simulation.Insist(() => client.GetGrain<IAgentGrain>(TenantKey.For(Tenant, Conversation.Retired)).Delete());
        Book.Limit = Sky.Now.Budget;
        await Simulation.Insist(() => client.GetGrain<IBudgetGrain>(TenantKey.For(Tenant, "budget")).Limit(Book.Limit));
        foreach (var number in Enumerable.Range(0, Sweepers.Count))
            await Simulation.Insist(() => client.GetGrain<ISweeperGrain>(Sweepers.Key(number)).Wake());
    }

    private async Task MakeTrouble()
    {
        var weather = Sky.Now;
        while (weather.HasTrouble)
        {
            await Pause(Simulation.Duration(weather.Calm));
            if (Now >= TroubleEnds)
                return;
            var kind = Simulation.Random.Next(weather.Crashes + weather.Duplicates + weather.PowerLosses);
            if (kind < weather.Crashes)
                Simulation.Crash(Simulation.Random.Next(Simulation.Silos));
            else if (kind < weather.Crashes + weather.Duplicates)
                Simulation.Duplicate(Doubled());
            else
            {
                Power.LosePower();
                Simulation.CrashAll();
            }
        }
    }
}

internal static class Insistence
{
    /// <summary>Asks until there is an answer.</summary>
    public static async Task<T> Insist<T>(this Simulation simulation, Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (failure is not (ArgumentException or ForeignTenantException or BrokenPromiseException))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), simulation.Time);
            }
        }
    }

    public static Task Insist(this Simulation simulation, Func<Task> call) => simulation.Insist(async () =>
    {
        await call();
        return true;
    });
}
