using System.Collections.Immutable;
using Colloquy.Budgets;
using Colloquy.Journals;
using Colloquy.Memory;
using Colloquy.Models;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Colloquy.Tools;
using Microsoft.Extensions.DependencyInjection;
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
internal sealed class ConversationWorld : SimulatedWorld
{
    /// <summary>After the last fault, and without any client, every run has ended within this. It bounds detection, lease, sweep
    /// and a queue of slow answers.</summary>
    private static readonly TimeSpan Heal = TimeSpan.FromMinutes(3);

    private readonly Outside _outside = new();
    private readonly Clients _clients;
    private readonly List<Viewer> _viewers = [];

    private ConversationWorld(int seed, Parts parts) : base(seed, parts) => _clients = new(Simulation, Sky.Now);

    /// <summary>Plays a seed to its end.</summary>
    /// <exception cref="BrokenPromiseException">An invariant does not hold; the message has the seed and the last steps.</exception>
    public static Played Play(int seed, Parts? parts = null)
    {
        using var world = new ConversationWorld(seed, parts ?? new Parts());
        world.Play();
        return world.Result();
    }

    protected override void Furnish(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IModelCatalogue>(services => new ScriptedModel(Of(services), Sky));
        silo.Services.AddSingleton(services => Parts.Tool("ledger", SideEffect.Idempotent, _outside, Of(services), Sky));
        silo.Services.AddSingleton(services => Parts.Tool("siren", SideEffect.Opaque, _outside, Of(services), Sky));
    }

    protected override IGrainStorage Furnish(IGrainStorage documents) => Parts.Documents(documents);

    protected override async Task Prepare(IClusterClient client)
    {
        foreach (var session in _clients.Sessions)
            await _clients.Create(client, session, null);
    }

    protected override List<Task> Begin()
    {
        var running = _clients.Sessions.SelectMany(session => new[] { 0, 1 }.Select(number =>
            Simulation.Start(other => _clients.Talk(other, session, number)))).ToList();
        foreach (var session in _clients.Sessions)
        {
            var viewer = new Viewer(new(session), Simulation, Sky, Parts);
            _viewers.Add(viewer);
            running.Add(Simulation.Start(other => viewer.WatchUntil(other, TroubleEnds)));
        }
        return running;
    }

    protected override GrainId Doubled() =>
        GrainId.Create("session", _clients.Sessions[Simulation.Random.Next(_clients.Sessions.Count)]);

    /// <summary>I2: no client calls any more, so only the sweepers can have brought it to an end.</summary>
    protected override async Task EverythingEnds()
    {
        var began = Simulation.Time.GetUtcNow();
        while (OpenRuns() is { Count: > 0 } open)
        {
            Unless(Simulation.Time.GetUtcNow() - began < Heal, $"I2: {open[0]} has not ended {Heal} after the last fault");
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

    protected override async Task Check(IClusterClient client)
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
            PanelAnswerCheck.Holds(journal, Lines);
            await IsReplayed(client, session, journal.Replayed);
        }
        var journals = _clients.Sessions.Select(Journal).ToList();
        await LabelCheck.Holds(journals, Documents);
        foreach (var author in _clients.Authors)
        {
            var memory = client.GetGrain<IMemoryGrain>(TenantKey.For(Tenant, MemoryScopes.User(author)));
            await new MemoryCheck(author, journals).Holds(cursor => _clients.Insist(() => memory.List(true, cursor, 100)));
        }
        foreach (var (step, effects) in _outside.Effects)
            Unless(effects == 1, $"I5: {step} had {effects} effects");
        foreach (var (step, calls) in _outside.OpaqueCalls)
            Unless(calls == 1, $"I5: {step} was called {calls} times and is opaque");
        Unless(Book.Broken is null, $"I6: {Book.Broken}");
        await HasForgottenNoSpending(client);
    }

    /// <summary>I12: what the grain knows, what a snapshot and the lines behind it tell, and what all lines tell is the same.</summary>
    private async Task IsReplayed(IClusterClient client, string session, SessionState replayed)
    {
        var live = await _clients.Insist(() => client.GetGrain<ISessionGrain>(session).View());
        var told = Json(replayed);
        Unless(Json(live) == Json(SessionViews.Of(replayed)), $"I12: {session} says {Json(live)} and replays to {told}");
        var reopened = new Journal<SessionState, SessionEvent>(Store, session);
        await reopened.Open(CancellationToken.None);
        Unless(Json(reopened.State) == told, $"I12: {session} reopens as {Json(reopened.State)} and replays to {told}");
    }

    private async Task HasForgottenNoSpending(IClusterClient client)
    {
        var budget = await _clients.Insist(() => client.GetGrain<IBudgetGrain>(TenantKey.For(Tenant, "budget")).View());
        var used = _clients.Sessions.Sum(session => Journal(session).All<RunCompleted>().Sum(run => run.Usage.TotalTokens));
        Unless(budget.Spent >= used, $"I6: {used} tokens were used, and the budget knows of {budget.Spent}");
        Unless(budget.Spent >= Book.Settled, $"I6: {Book.Settled} tokens were settled, and the budget knows of {budget.Spent}");
    }

    private Played Result()
    {
        var journals = _clients.Sessions.Select(Journal).ToImmutableArray();
        return new(Simulation.TraceHash, Simulation.Steps, _clients.Sent, _clients.Answered, _clients.Acknowledged.Count,
            journals.Sum(journal => journal.All<RunCompleted>().Count()),
            journals.Sum(journal => journal.All<RunFailed>().Count(run => run.Error.Code == "internal")))
        {
            Chosen = journals.Sum(journal => journal.All<AgentSelected>().Count(choice => choice.Agent is not null)),
            Overridden = journals.Sum(journal => journal.All<SelectionOverridden>().Count()),
            Remembered = journals.Sum(journal => journal.All<MemoryProposed>().Count()),
        };
    }
}
