using System.Collections.Immutable;
using Colloquy.Panels;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Orleans.Embedded;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>A panel that its caller was told is convened.</summary>
internal sealed record Convened(string Id, ConvenePanel Command)
{
    public string Key => TenantKey.For(SimulatedWorld.Tenant, Id);
    public bool IsDeleted { get; set; }
    public bool IsCancelled { get; set; }
    public List<string> Steering { get; } = [];
}

/// <summary>People who convene panels, sit on them, interfere, and put messages of a conversation to panels. They repeat every command
/// until they are answered, and some of them once more.</summary>
internal sealed class PanelClients(Simulation simulation, DateTimeOffset until)
{
    private readonly List<Convened> _convened = [];
    private readonly List<Acknowledged> _messages = [];

    public IReadOnlyList<Convened> Convened => _convened;
    public IReadOnlyList<Acknowledged> Messages => _messages;
    public string Session { get; } =
        TenantKey.For(SimulatedWorld.Tenant, SessionIds.Session(SimulatedWorld.Tenant, "of panels"));

    /// <summary>Refusals, by why.</summary>
    public SortedDictionary<PanelStatus, int> Refused { get; } = [];

    public static string Id(int number) => PanelIds.Panel(SimulatedWorld.Tenant, $"panel {number}");

    /// <summary>One panel from its beginning on, for as long as its people stay.</summary>
    public async Task Hold(IGrainFactory grains, int number)
    {
        CallerTenant.Set(SimulatedWorld.Tenant);
        await Pause(12);
        var (command, id) = (PanelQuestions.Any(simulation, $"panel {number}"), Id(number));
        var panel = grains.GetGrain<IPanelGrain>(TenantKey.For(SimulatedWorld.Tenant, id));
        var result = await simulation.Insist(() => panel.Convene(command));
        simulation.Note($"{id} {command.Protocol} {result.Status}");
        if (result.Status is not PanelStatus.Accepted)
        {
            Unless(result.Status is PanelStatus.OverBudget, $"P1: {id} was refused: {result}");
            Refused[result.Status] = Refused.GetValueOrDefault(result.Status) + 1;
            return;
        }
        Unless(result.PanelId == id && result.RunId == RunIds.Of(id), $"P1: {id} was convened as {result}");
        var convened = new Convened(id, command);
        _convened.Add(convened);
        if (simulation.Chance(0.3))
            await Repeat(panel, command, result);
        var people = command.People.Select((_, at) => Sit(panel, convened, PanelIds.Seat(command.Agents.Length + at + 1))).ToList();
        if (simulation.Chance(0.35))
            await Interfere(panel, convened);
        await Task.WhenAll(people);
    }

    /// <summary>A conversation whose messages are put to panels.</summary>
    public async Task Talk(IGrainFactory grains)
    {
        CallerTenant.Set(SimulatedWorld.Tenant);
        var session = grains.GetGrain<ISessionGrain>(Session);
        await simulation.Insist(() => session.Create(new("tester", null, "expert", SessionMode.Auto, null,
            ImmutableSortedDictionary<string, string>.Empty, null, [], null, true, "same", true)));
        for (var number = 0; number < 2; number++)
        {
            await Pause(12);
            var panel = PanelQuestions.OfMessage(simulation);
            var content = $"{number}, {Conversation.Question(simulation)}";
            var sent = await simulation.Insist(() => session.Send(
                new("ada", content, null, OnBusy.Enqueue, $"op {number}", $"print {number}", Panel: panel)));
            if (sent is not { Status: SendStatus.Accepted, RunId: { } run })
                continue;
            _messages.Add(new(Session, run, content));
            if (!simulation.Chance(0.25))
                continue;
            await Pause(6);
            var view = await simulation.Insist(() => session.Cancel(run));
            Unless(view?.EndedAt is not null, $"I1: {run} was cancelled, which was acknowledged, and goes on: {view}");
        }
    }

    private async Task Repeat(IPanelGrain panel, ConvenePanel command, PanelResult first)
    {
        var again = await simulation.Insist(() => panel.Convene(command));
        Unless(again == first, $"P1: {first} was convened, and the same again is {again}");
        var other = await simulation.Insist(() => panel.Convene(command with { Fingerprint = "another" }));
        Unless(other.Status is PanelStatus.KeyReused, $"P1: another panel under the key of {first} is {other}");
    }

    /// <summary>Somebody who takes a seat: answers in time, late, twice, declines, or says nothing.</summary>
    private async Task Sit(IPanelGrain panel, Convened convened, string seat)
    {
        var last = 0;
        while (simulation.Time.GetUtcNow() < until && !convened.IsDeleted)
        {
            await Pause(5);
            if (await simulation.Insist(() => panel.View()) is not { EndedAt: null } view)
                return;
            if (view.Asks.FirstOrDefault(ask => ask.Seat == seat) is not { } brief || brief.Round == last)
                continue;
            last = brief.Round;
            Unless(brief.Round > 1 || !brief.Entries.Any(entry => entry.Said.Text.Contains('§', StringComparison.Ordinal)),
                $"P3: {brief.MessageId} shows what others say");
            if (simulation.Chance(0.25))
                await Pause(30);
            if (simulation.Chance(0.25))
                continue;
            var said = new Contribution($"{SeatBook.Mark(convened.Id)} {seat} says so in {brief.Round}.")
            {
                Stance = "No", Choice = brief.Options.IsEmpty ? "accept" : brief.Options[0].Label, Estimate = 20,
            };
            var answer = new PersonAnswer("ada", seat, brief.Round, said, simulation.Chance(0.15));
            for (var times = simulation.Chance(0.3) ? 2 : 1; times > 0; times--)
            {
                var result = await simulation.Insist(() => panel.Answer(answer));
                Unless(result.Status is PanelStatus.Accepted or PanelStatus.NotAwaited or PanelStatus.Ended or PanelStatus.NotFound,
                    $"P1: {brief.MessageId} was answered: {result}");
            }
        }
    }

    private async Task Interfere(IPanelGrain panel, Convened convened)
    {
        await Pause(10);
        var kind = simulation.Random.Next(6);
        if (kind < 3)
        {
            for (var at = 0; at < 2; at++)
            {
                var (text, operation) = ($"Mind {at}.", $"steer {at}");
                for (var times = simulation.Chance(0.3) ? 2 : 1; times > 0; times--)
                    if ((await simulation.Insist(() => panel.Steer("ada", text, operation))).Status is PanelStatus.Accepted)
                        convened.Steering.Add(text);
            }
            return;
        }
        if (kind < 5)
        {
            var view = await simulation.Insist(() => panel.Cancel());
            Unless(view?.EndedAt is not null, $"P1: {convened.Id} was cancelled, which was acknowledged, and goes on: {view}");
            convened.IsCancelled = true;
            return;
        }
        convened.IsDeleted = true; // whatever is answered: from now on it may be gone
        await simulation.Insist(() => panel.Delete());
    }

    private Task Pause(double seconds) => Task.Delay(simulation.Duration(TimeSpan.FromSeconds(seconds)), simulation.Time);
}
