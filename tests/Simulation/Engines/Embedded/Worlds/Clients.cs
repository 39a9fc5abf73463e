using System.Collections.Immutable;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>People who talk to sessions: they repeat every command under its own key until they are answered.</summary>
internal sealed class Clients(Simulation simulation, Weather weather)
{
    private const int MessagesEach = 4;

    private readonly List<string> _sessions = [Key("one"), Key("two")];
    private readonly List<Acknowledged> _acknowledged = [];

    /// <summary>Keys of all sessions, forks included.</summary>
    public IReadOnlyList<string> Sessions => _sessions;

    public IReadOnlyList<Acknowledged> Acknowledged => _acknowledged;

    /// <summary>Who the clients of a session are: the same people talk in all of them.</summary>
    public IReadOnlyList<string> Authors { get; } = ["ada", "berta"];

    public int Sent { get; private set; }
    public int Answered { get; private set; }

    public async Task Create(IGrainFactory grains, string session, ForkPoint? fork)
    {
        var command = new CreateSession("tester", null, "expert", SessionMode.Manual, null,
            ImmutableSortedDictionary<string, string>.Empty, null, [], fork, true, "same");
        var created = await Insist(() => grains.GetGrain<ISessionGrain>(session).Create(command));
        BrokenPromiseException.Unless(created.Status is SessionStatus.Done, $"{session} could not be created: {created.Status}");
    }

    /// <summary>One client's conversation.</summary>
    public async Task Talk(IGrainFactory grains, string session, int client)
    {
        CallerTenant.Set(SimulatedWorld.Tenant);
        for (var number = 0; number < MessagesEach; number++)
        {
            await Task.Delay(simulation.Duration(TimeSpan.FromSeconds(7)), simulation.Time);
            var name = $"{TenantKey.IdOf(session)[^4..]}/{client}/{number}";
            var sent = await Send(grains, session, name, client);
            if (sent.RunId is not { } run || sent.Status is not SendStatus.Accepted)
                continue;
            if (simulation.Chance(0.2))
                await Cancel(grains, session, run);
            else if (simulation.Chance(0.1))
                await Fork(grains, session, run, name);
        }
    }

    /// <summary>Asks until there is an answer.</summary>
    public Task<T> Insist<T>(Func<Task<T>> call) => simulation.Insist(call);

    private async Task<SendResult> Send(IGrainFactory grains, string session, string name, int client)
    {
        var tools = simulation.Random.Next(4) switch
        {
            0 => " tools=2 kind=ledger",
            1 => " tools=1 kind=siren",
            _ => "",
        };
        var filler = weather.HasLargeMessages && simulation.Chance(0.5) ? new string('x', simulation.Random.Next(20_000)) : "";
        var onBusy = (OnBusy)(simulation.Random.Next(10) switch { 0 => 0, < 7 => 1, < 9 => 2, _ => 3 });
        var content = $"{name}{tools} , {Conversation.Question(simulation)}{Conversation.Facts(simulation)} {filler}";
        var command = new SendMessage(Authors[client], content, null, onBusy, $"op {name}", $"print {name}");
        command = simulation.Random.Next(6) switch
        {
            _ when weather.IsPoor => command,
            0 or 1 => command with { Mode = SessionMode.Auto },
            2 or 3 => command with { Agent = Conversation.Agents[simulation.Random.Next(3)].Id },
            _ => command,
        };
        Sent++;
        var sent = await Insist(() => grains.GetGrain<ISessionGrain>(session).Send(command));
        Answered++;
        if (sent.Status is SendStatus.Accepted)
            _acknowledged.Add(new(session, sent.RunId!, command.Content));
        simulation.Note($"{name} {onBusy} {sent.Status} {sent.RunId}");
        return sent;
    }

    private async Task Cancel(IGrainFactory grains, string session, string run)
    {
        await Task.Delay(simulation.Duration(TimeSpan.FromSeconds(2)), simulation.Time);
        var view = await Insist(() => grains.GetGrain<ISessionGrain>(session).Cancel(run));
        BrokenPromiseException.Unless(view is not null, $"I1: {run} was acknowledged and is not known");
        BrokenPromiseException.Unless(view!.EndedAt is not null, $"I1: {run} was cancelled, which was acknowledged, and goes on: {view}");
    }

    private async Task Fork(IGrainFactory grains, string session, string run, string name)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), simulation.Time);
        var answer = SessionIds.TryParseRun(run, out var id, out var seq) ? SessionIds.Answer(id, seq) : "";
        if (await Insist(() => grains.GetGrain<ISessionGrain>(session).ForkAt(answer)) is not { } point)
            return; // not answered yet
        var fork = Key($"fork of {name}");
        await Create(grains, fork, point);
        _sessions.Add(fork);
        await Send(grains, fork, $"fork of {name}", 0);
    }

    private static string Key(string name) =>
        TenantKey.For(SimulatedWorld.Tenant, SessionIds.Session(SimulatedWorld.Tenant, name));
}
