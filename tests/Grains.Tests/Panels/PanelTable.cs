using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Panels.Shared;
using Colloquy.Runs;
using Xunit;

namespace Colloquy.Panels;

/// <summary>A panel in a test: every input gives the next one, and nothing is shared between two.</summary>
internal sealed record PanelTable(PanelState State, ImmutableArray<PanelEvent> Log)
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan SeatTime = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan PersonTime = TimeSpan.FromHours(1);

    private const string Id = "pan_00000000000000000000000000";

    /// <summary>What every input happens at: later ones are given by hand.</summary>
    public DateTimeOffset Now { get; init; } = Noon;

    public static PanelTable Convened(
        string protocol, int members, int? cycles = null, int? quorum = null, string? rule = null, double? threshold = null,
        string[]? options = null, string[]? criteria = null, string? subject = null, int people = 0, long seed = 7,
        double[]? weights = null) =>
        new PanelTable(PanelState.Empty, [])
            .Input(new PanelInput.Convene(Noon, 1, RunIds.Of(Id),
                Charter(protocol, members, cycles, quorum, rule, threshold, options, criteria, subject, people, seed, weights)));

    public static PanelCharter Charter(
        string protocol, int members, int? cycles = null, int? quorum = null, string? rule = null, double? threshold = null,
        string[]? options = null, string[]? criteria = null, string? subject = null, int people = 0, long seed = 7,
        double[]? weights = null)
    {
        var shape = Protocols.Of(protocol).Shape;
        var seats = Enumerable.Range(0, members + people).Select(at => new PanelSeat(
            PanelIds.Seat(at + 1), at < members ? $"agent-{at + 1}" : null, at < members ? 1 : 0, $"Name {at + 1}",
            shape.Role(at, subject), weights?[at] ?? 1, ImmutableSortedDictionary<string, double>.Empty));
        if (shape.HasChair)
            seats = seats.Append(new(PanelIds.Chair, "agent-1", 1, "The chair", shape.ChairRole, 1,
                ImmutableSortedDictionary<string, double>.Empty));
        return new(Id, "key", "Is it so?", protocol, [.. seats], rule, cycles ?? shape.Cycles,
            quorum ?? Quorum.Default(members + people),
            threshold ?? shape.Threshold, [.. options ?? []], [.. criteria ?? []], subject, null, seed, SeatTime, PersonTime,
            Noon.AddHours(2), [], null, null, "fingerprint");
    }

    public string Phase => State.Round?.Phase ?? "";

    public PanelOutcome Outcome => State.Outcome ?? throw new InvalidOperationException("The panel has not concluded.");

    public IEnumerable<string> Kinds => Log.Select(@event => @event.GetType().Name);

    public PanelTable Input(PanelInput input)
    {
        var step = PanelMachine.Decide(State, input);
        return this with { State = step.State, Log = Log.AddRange(step.Events) };
    }

    public PanelTable Later(TimeSpan by) => this with { Now = Now + by };

    /// <summary>The clock strikes.</summary>
    public PanelTable Ticks() => Input(new PanelInput.Tick(Now));

    public PanelTable Says(string seat, string text, string? stance = null, double? confidence = null) =>
        Says(seat, new Contribution(text) { Stance = stance, Confidence = confidence });

    public PanelTable Says(string seat, Contribution said) =>
        Input(new PanelInput.Say(Now, State.Round?.Number ?? 0, seat, said, new(10, 5), "model"));

    public PanelTable Fails(string seat, string reason = AbsenceReasons.Failed) =>
        Input(new PanelInput.Fail(Now, State.Round?.Number ?? 0, seat, reason, new("model_unreachable", "It is away."),
            new(3, 0)));

    /// <summary>Everybody who is invited says what the function makes of their seat, in the order of the seats' names.</summary>
    public PanelTable AllSay(Func<string, Contribution> say) =>
        State.Outstanding.ToList().Aggregate(this, (table, seat) => table.Says(seat, say(seat)));

    /// <summary>Lets the panel go on until it ends.</summary>
    public PanelTable ToTheEnd(Func<PanelState, string, Contribution> say)
    {
        var table = this;
        while (table.State.IsRunning)
        {
            var (state, seat) = (table.State, table.State.Outstanding.First());
            table = table.Says(seat, say(state, seat));
        }
        return table;
    }

    public static Citation Quote(string document) => new(1, document, $"Title of {document}", "It is so.", 0, 9, "supported");

    /// <summary>One conclusion, one terminal event, and both at the end.</summary>
    public PanelTable HasEndedOnce(string status)
    {
        Assert.Equal(status, State.Status);
        Assert.Single(Log, @event => @event is PanelCompleted or PanelFailed or PanelCancelled or PanelExpired or PanelBudgetExhausted);
        Assert.True(Log.Count(@event => @event is PanelConcluded) <= 1);
        return this;
    }

    /// <summary>What the journal would give back is what there is.</summary>
    public PanelTable Replays()
    {
        var replayed = Log.Select(@event => JsonSerializer.SerializeToUtf8Bytes(@event, JournalJson.Options))
            .Select(line => JsonSerializer.Deserialize<PanelEvent>(line, JournalJson.Options)!)
            .Aggregate(PanelState.Empty, (state, @event) => state.Apply(@event));
        Assert.Equal(JsonSerializer.Serialize(State, JournalJson.Options),
            JsonSerializer.Serialize(replayed, JournalJson.Options));
        return this;
    }
}
