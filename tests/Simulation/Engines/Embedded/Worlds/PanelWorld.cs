using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Journals;
using Colloquy.Models;
using Colloquy.Panels;
using Colloquy.Panels.Standing;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Storage;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>What came of one seed's panels.</summary>
internal sealed record Deliberated(ulong TraceHash, int Steps, ImmutableArray<(string Protocol, string Status)> Panels)
{
    public int Rounds { get; init; }
    public int Answers { get; init; }
    public int Absences { get; init; }
    public int Calls { get; init; }
    public int ByMessage { get; init; }
    public int AnsweredMessages { get; init; }
    public int Precedents { get; init; }
    public long Shown { get; init; }
}

/// <summary>
/// Panels under trouble: all protocols, seats that answer anything or nothing, people who take their time, callers who interfere,
/// viewers that come and go, conversations that are put to panels. Then the weather turns fair, everybody leaves, and every panel
/// has to end by itself.
/// </summary>
internal sealed class PanelWorld : SimulatedWorld
{
    /// <summary>A seat that is not asked within this was not asked again: it bounds the detection of a dead silo, the lease, the
    /// sweep and some lost calls.</summary>
    public static readonly TimeSpan Asked = TimeSpan.FromSeconds(50);

    /// <summary>After its deadline, and the last fault, a round has ended within this: it bounds detection, lease, and a sweeper that
    /// died with its silo.</summary>
    private static readonly TimeSpan Heal = TimeSpan.FromMinutes(3);

    /// <summary>After the end others have been told of it within this: a sweeper that died with its silo wakes first.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromMinutes(3);

    /// <summary>A message's panel has no deadline that is near: its rounds bound it.</summary>
    private static readonly TimeSpan HealMessage = TimeSpan.FromMinutes(12);

    private readonly PanelClients _clients;
    private readonly List<Viewer> _viewers = [];
    private readonly int _panels;
    private readonly bool _talks;
    private SeatBook? _seats;

    private PanelWorld(int seed, Parts parts) : base(seed, parts)
    {
        _clients = new(Simulation, TroubleEnds);
        _panels = Simulation.Random.Next(1, 4);
        _talks = Simulation.Random.Next(3) == 0;
        Simulation.OnCrash(silo => Seats.Crashed.Add(silo));
    }

    private SeatBook Seats => _seats ??= new(Simulation);

    /// <summary>Plays a seed to its end.</summary>
    /// <exception cref="BrokenPromiseException">A promise does not hold; the message has the seed and the last steps.</exception>
    public static Deliberated Play(int seed, Parts? parts = null)
    {
        using var world = new PanelWorld(seed, parts ?? new Parts());
        world.Play();
        return world.Result();
    }

    protected override void Furnish(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IModelCatalogue>(services =>
            new SeatedModel(new ScriptedModel(Of(services), Sky), Seats, Of(services), Sky));
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(_ => new PartCalls(Parts));
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => new SeatCalls(Of(services), Sky, Seats));
    }

    protected override IGrainStorage Furnish(IGrainStorage documents) => new SeatDocuments(Parts.Documents(documents), Seats);

    protected override async Task Prepare(IClusterClient client)
    {
        foreach (var clerk in PanelQuestions.Clerks)
            await Simulation.Insist(() => client.GetGrain<IAgentGrain>(TenantKey.For(Tenant, clerk.Id)).Create(clerk, "op", "create"));
        // What one answer takes is nothing here, and a panel has many.
        Book.Limit = Sky.Now.IsPoor ? 4 * Sky.Now.Budget : 20 * Sky.Now.Budget;
        await Simulation.Insist(() => client.GetGrain<IBudgetGrain>(TenantKey.For(Tenant, "budget")).Limit(Book.Limit));
        await Simulation.Insist(() => Board(client).Define(new("ada", "Board", PanelQuestions.Board, null, null, null, null, null)));
    }

    protected override List<Task> Begin()
    {
        var running = Enumerable.Range(0, _panels)
            .Select(number => Simulation.Start(other => _clients.Hold(other, number))).ToList();
        if (_talks)
            running.Add(Simulation.Start(_clients.Talk));
        foreach (var number in Enumerable.Range(0, _panels))
        {
            var viewer = new Viewer(
                new PanelWatched(TenantKey.For(Tenant, PanelClients.Id(number)), Seats), Simulation, Sky, Parts);
            _viewers.Add(viewer);
            running.Add(Simulation.Start(other => viewer.WatchUntil(other, TroubleEnds)));
        }
        return running;
    }

    protected override GrainId Doubled()
    {
        var grains = Simulation.Grains.Where(grain => grain.Type.ToString() is "panel" or "seat" or "panels" or "standing-panel").ToList();
        return grains.Count > 0 ? grains[Simulation.Random.Next(grains.Count)] : GrainId.Create("panels", TenantKey.For(Tenant, "panels"));
    }

    /// <summary>P5: no client calls any more, so only the sweepers can have brought it to an end; then others have been told of
    /// it.</summary>
    protected override async Task EverythingEnds()
    {
        var began = Now;
        foreach (var panel in _clients.Convened.Where(panel => !panel.IsDeleted))
            while (Of(panel.Key) is { Replayed: { IsRunning: true } state })
            {
                var latest = state.Round!.Deadlines.Values.Append(began).Max();
                Unless(Now < latest + Heal,
                    $"P5: {state.RunId} goes on {Heal} after its round's end and the last fault: {Json(state.Round)}");
                await Pause(TimeSpan.FromSeconds(2));
            }
        while (_talks && (Session().Replayed.HasOpenWork || ByMessage().Any(panel => panel.Replayed.IsRunning)))
        {
            Unless(Now < began + HealMessage, $"P5: a message's panel has not ended {HealMessage} after the last fault");
            await Pause(TimeSpan.FromSeconds(2));
        }
        var ended = Now;
        while (Store.FindOverdue(0, JournalShard.Count - 1, Now + TimeSpan.FromDays(1), 100, CancellationToken.None)
            .Result is [var open, ..])
        {
            Unless(Now < ended + Told, $"P5: what follows from the end of {open} is still open {Told} later");
            await Pause(TimeSpan.FromSeconds(2));
        }
        await Pause(TimeSpan.FromSeconds(5)); // for whatever still comes late
        // Who was forgotten by the directory writes until its round is over.
        while (Seats.Calls.Select(call => call.Asking.Brief.Deadline).DefaultIfEmpty().Max() is var last
            && Now < last + TimeSpan.FromSeconds(5))
            await Pause(TimeSpan.FromSeconds(5));
    }

    protected override async Task Check(IClusterClient client)
    {
        var standing = _clients.Convened.Where(panel => !panel.IsDeleted).ToList();
        foreach (var viewer in _viewers.Where(viewer => standing.Exists(panel => panel.Key == viewer.Session)))
        {
            await viewer.CatchUp(client, Lines(viewer.Session).Count);
            viewer.Watched.IsBeginningOf(Lines(viewer.Session));
        }
        foreach (var panel in standing)
            await IsHeld(client, panel);
        foreach (var panel in _clients.Convened.Where(panel => panel.IsDeleted))
            Unless(Lines(panel.Key).Count == 0,
                $"P1: {panel.Id} was deleted, and its journal has {Lines(panel.Key).Count} events");
        var all = standing.Select(panel => Of(panel.Key)!).Concat(ByMessage()).ToList();
        all.ForEach(panel => panel.Holds(Seats));
        if (_talks)
        {
            Session().Holds(_clients.Messages, new Outside());
            ChoiceCheck.Holds(Session());
            PanelAnswerCheck.Holds(Session(), Lines);
        }
        await IsListed(all);
        await IsRemembered(all);
        var budget = await Simulation.Insist(() => client.GetGrain<IBudgetGrain>(TenantKey.For(Tenant, "budget")).View());
        PurseCheck.Holds(Seats, Book, budget, [.. standing.Select(panel => Of(panel.Key)!), .. ByMessage()]);
    }

    /// <summary>P1: what was acknowledged is there, and what the grain says is what its journal says.</summary>
    private async Task IsHeld(IClusterClient client, Convened panel)
    {
        var check = Of(panel.Key) ?? throw new BrokenPromiseException($"P1: {panel.Id} was convened, and has no journal");
        var charter = check.Replayed.Charter!;
        Unless(charter.Fingerprint == panel.Command.Fingerprint && charter.Question == panel.Command.Question
            && charter.Protocol == panel.Command.Protocol, $"P1: {panel.Id} was convened for something else");
        Unless(!panel.IsCancelled || check.Replayed.EndedAt is not null, $"P1: {panel.Id} was cancelled, and goes on");
        foreach (var text in panel.Steering.Distinct())
            Unless(check.All<PanelSteered>().Count(steered => steered.Text == text) == 1,
                $"P1: '{text}' is not said once on {panel.Id}");
        var view = await Simulation.Insist(() => client.GetGrain<IPanelGrain>(panel.Key).View());
        var (said, replayed) = (Json(view), Json(PanelViews.Of(check.Replayed)));
        var at = said.Zip(replayed).TakeWhile(pair => pair.First == pair.Second).Count();
        Unless(said == replayed, $"P1: {panel.Id} says {Around(said, at)} and replays to {Around(replayed, at)}");
    }

    /// <summary>P9: the list has every panel once, as it ended, and none that was deleted.</summary>
    private async Task IsListed(List<PanelCheck> panels)
    {
        // What is stored counts: of two lists one may not yet know what the other wrote.
        var stored = await Stored<PanelListState>("panels", "panels");
        foreach (var panel in panels)
        {
            var lines = stored.Panels.Where(line => line.RunId == panel.Replayed.RunId).ToList();
            Unless(lines.Count == 1, $"P9: {panel.Replayed.RunId} is listed {lines.Count} times");
            Unless(lines[0] == PanelViews.Summary(panel.Replayed), $"P9: {panel.Replayed.RunId} is listed as {lines[0]}");
        }
        var gone = _clients.Convened.FirstOrDefault(panel => panel.IsDeleted && stored.Panels.Any(line => line.Id == panel.Id));
        Unless(gone is null, $"P9: {gone?.Id} was deleted, and is listed");
    }

    /// <summary>P9: a standing panel has every outcome of its panels once.</summary>
    private async Task IsRemembered(List<PanelCheck> panels)
    {
        var precedents = (await Stored<StandingState>("standing-panel", PanelQuestions.Standing)).Precedents;
        Precedents = precedents.Length;
        foreach (var state in panels.Select(panel => panel.Replayed).Where(state => state.Charter!.Standing is not null))
        {
            var told = precedents.Count(one => one.PanelId == state.Charter!.PanelId);
            Unless(told == (state.Outcome?.Answer is null ? 0 : 1),
                $"P9: the standing panel has {told} outcomes of {state.RunId}, which ended as {state.Status}");
        }
        Unless(precedents.DistinctBy(one => one.PanelId).Count() == precedents.Length, "P9: the standing panel has an outcome twice");
    }

    private async Task<T> Stored<T>(string type, string id) where T : new()
    {
        var stored = new GrainState<T> { State = new() };
        await Documents.ReadStateAsync("state", GrainId.Create(type, TenantKey.For(Tenant, id)), stored);
        return stored.State;
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];

    private int Precedents { get; set; }

    private static IStandingPanelGrain Board(IGrainFactory grains) =>
        grains.GetGrain<IStandingPanelGrain>(TenantKey.For(Tenant, PanelQuestions.Standing));

    private PanelCheck? Of(string key) => Lines(key) is { Count: > 0 } lines ? new(key, lines) : null;

    private JournalCheck Session() => new(_clients.Session, Lines(_clients.Session));

    /// <summary>The panels that messages were put to.</summary>
    private IEnumerable<PanelCheck> ByMessage() => !_talks ? [] : Session().All<RunAccepted>()
        .Select(run => Of(TenantKey.For(Tenant, PanelIds.Panel(Tenant, run.RunId)))).OfType<PanelCheck>();

    private Deliberated Result()
    {
        var byMessage = ByMessage().ToList();
        var all = _clients.Convened.Where(panel => !panel.IsDeleted).Select(panel => Of(panel.Key)!).Concat(byMessage).ToList();
        return new(Simulation.TraceHash, Simulation.Steps,
            [.. all.Select(panel => (panel.Replayed.Charter!.Protocol, panel.Replayed.Status))])
        {
            Rounds = all.Sum(panel => panel.All<RoundOpened>().Count()), Answers = all.Sum(panel => panel.All<SeatSpoke>().Count()),
            Absences = all.Sum(panel => panel.All<SeatAbsent>().Count()), Calls = Seats.Calls.Count, ByMessage = byMessage.Count,
            AnsweredMessages = !_talks ? 0 : Session().All<MessageCompleted>().Count(answer => answer.PanelId is not null),
            Precedents = Precedents, Shown = _viewers.Sum(viewer => ((PanelWatched)viewer.Watched).Shown),
        };
    }
}
