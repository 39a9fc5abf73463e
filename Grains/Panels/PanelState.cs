using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Colloquy.Journals;
using Colloquy.Kernel;
using Colloquy.Runs;

namespace Colloquy.Panels;

/// <summary>All that a panel must remember between two inputs. Whom it still has to ask is read off it.</summary>
internal sealed record PanelState : IJournaled<PanelState, PanelEvent>
{
    public static PanelState Empty { get; } = new();

    /// <summary>The sequence number of the last event.</summary>
    public long Seq { get; init; }

    public string RunId { get; init; } = "";
    public PanelCharter? Charter { get; init; }
    public DateTimeOffset ConvenedAt { get; init; }

    /// <summary>The epoch in which it was convened.</summary>
    public long StartEpoch { get; init; }

    /// <summary>The open round, or null.</summary>
    public OpenRound? Round { get; init; }

    public ImmutableArray<PanelMoment> Closed { get; init; } = [];

    /// <summary>Everything that was said, oldest first; what cannot become the answer is clipped, and whole in the journal.</summary>
    public ImmutableArray<PanelEntry> Entries { get; init; } = [];

    public ImmutableArray<Absence> Absent { get; init; } = [];

    /// <summary>What each seat has spent, and how often it has answered.</summary>
    public ImmutableSortedDictionary<string, SeatSpending> Spent { get; init; } =
        ImmutableSortedDictionary<string, SeatSpending>.Empty;

    public ImmutableArray<SteeringView> Steering { get; init; } = [];
    public PanelOutcome? Outcome { get; init; }

    /// <summary>Of the run.</summary>
    public string Status { get; init; } = "";

    public RunError? Error { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool Exists => Charter is not null;

    [JsonIgnore]
    public bool IsRunning => Exists && EndedAt is null;

    /// <summary>Seats with a voice: all but the chair.</summary>
    [JsonIgnore]
    public IEnumerable<PanelSeat> Members => Charter!.Seats.Where(seat => seat.Id != PanelIds.Chair);

    [JsonIgnore]
    public bool HasChair => Charter!.Seats.Any(seat => seat.Id == PanelIds.Chair);

    /// <summary>Who was invited to the open round and has neither spoken nor been given up.</summary>
    [JsonIgnore]
    public IEnumerable<string> Outstanding => Round is null ? [] : Round.Deadlines.Keys.Where(seat => !IsSettled(seat));

    /// <summary>Whether only people are awaited, who take their time.</summary>
    [JsonIgnore]
    public bool AwaitsPeopleOnly => Round is not null && Outstanding.All(seat => Seat(seat).IsPerson);

    /// <summary>When the clock has to be looked at next; null once the panel has ended.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDeadline => !IsRunning ? null
        : Outstanding.Select(seat => Round!.Deadlines[seat]).Append(Charter!.Deadline).Min();

    /// <summary>The last position of each seat that has one, by seat.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<string, PanelEntry> Positions => Entries
        .Where(entry => PanelPhases.IsPosition(entry.Phase))
        .Aggregate(ImmutableSortedDictionary<string, PanelEntry>.Empty, (all, entry) => all.SetItem(entry.Seat, entry));

    [JsonIgnore]
    public Usage Usage => Spent.Values.Aggregate(Usage.None, (sum, seat) => sum + seat.Usage);

    public PanelSeat Seat(string id) => Charter!.Seats.Single(seat => seat.Id == id);

    /// <summary>What was said in a round, in the order of seats: the order of arrival would say something.</summary>
    public IEnumerable<PanelEntry> In(int round) =>
        Entries.Where(entry => entry.Round == round).OrderBy(entry => Charter!.Seats.FindIndex(entry.Seat));

    /// <summary>What was said in a phase of a cycle, by seat order.</summary>
    public IEnumerable<PanelEntry> In(int cycle, string phase) => Entries
        .Where(entry => entry.Cycle == cycle && entry.Phase == phase).OrderBy(entry => Charter!.Seats.FindIndex(entry.Seat));

    public bool IsSettled(string seat) => Entries.Any(entry => entry.Round == Round?.Number && entry.Seat == seat)
        || Absent.Any(absence => absence.Round == Round?.Number && absence.Seat == seat);

    public PanelState Apply(PanelEvent @event) => Fold(@event) with { Seq = Seq + 1 };

    private PanelState Fold(PanelEvent @event) => @event switch
    {
        PanelConvened e => this with { Charter = e.Charter, RunId = e.RunId, ConvenedAt = e.At, Status = "queued" },
        PanelStarted e => this with { Status = "running", StartEpoch = e.Epoch },
        RoundOpened e => this with { Round = new(e.Round, e.Cycle, e.Phase, e.At, e.Deadlines) },
        SeatSpoke e when Round is { } round => this with
        {
            Entries = With(new(e.Round, round.Cycle, e.Phase, e.Seat, e.Said)),
            Spent = Spending(e.Seat, e.Usage, answers: 1),
        },
        SeatAbsent e => this with { Absent = Absent.Add(new(e.Seat, e.Round, e.Reason)),
            Spent = Spending(e.Seat, e.Usage, answers: 0) },
        RoundClosed e when Round is { } round => this with
        {
            Round = null,
            Closed = Closed.Add(new(e.Round, round.Cycle, round.Phase, round.OpenedAt, e.At, e.Invited, e.Answered)),
        },
        PanelSteered e => this with
        {
            Steering = Steering.Add(new(e.Author, e.Text, Round?.Number ?? (Closed.IsEmpty ? 0 : Closed[^1].Round), e.At)),
        },
        PanelConcluded e => this with { Outcome = e.Outcome, Round = null },
        PanelCompleted e => Ended("completed", e.At),
        PanelFailed e => Ended("failed", e.At) with { Error = e.Error },
        PanelCancelled e => Ended("cancelled", e.At) with { Reason = e.Reason },
        PanelExpired e => Ended("expired", e.At),
        PanelBudgetExhausted e => Ended("budget_exhausted", e.At),
        _ => this, // from a newer silo: it belongs in the journal, but cannot move a panel that has never heard of it
    };

    private PanelState Ended(string status, DateTimeOffset at) => this with { Status = status, EndedAt = at, Round = null };

    private ImmutableSortedDictionary<string, SeatSpending> Spending(string seat, Usage usage, int answers)
    {
        var before = Spent.GetValueOrDefault(seat, SeatSpending.None);
        return Spent.SetItem(seat, new(before.Usage + usage, before.Answers + answers));
    }

    /// <summary>A seat's last position and the chair's synthesis are kept whole, since they may become the answer.</summary>
    private ImmutableArray<PanelEntry> With(PanelEntry said)
    {
        if (!PanelPhases.IsPosition(said.Phase))
            return Entries.Add(said.Phase == PanelPhases.Synthesize ? said : said.Clipped);
        var before = Entries.LastOrDefault(entry => entry.Seat == said.Seat && PanelPhases.IsPosition(entry.Phase));
        return (before is null ? Entries : Entries.Replace(before, before.Clipped)).Add(said);
    }
}

/// <param name="Deadlines">Who is invited, and until when.</param>
internal sealed record OpenRound(
    int Number, int Cycle, string Phase, DateTimeOffset OpenedAt, ImmutableSortedDictionary<string, DateTimeOffset> Deadlines);

/// <summary>Something that a seat said.</summary>
internal sealed record PanelEntry(int Round, int Cycle, string Phase, string Seat, Contribution Said)
{
    /// <summary>With no more text than others are shown.</summary>
    [JsonIgnore]
    public PanelEntry Clipped => this with { Said = Said with { Text = Texts.First(Said.Text, PanelLimits.ShownCharacters) } };
}

internal sealed record SeatSpending(Usage Usage, int Answers)
{
    public static readonly SeatSpending None = new(Usage.None, 0);
}

internal static class PanelSeats
{
    /// <summary>The place of a seat in the charter's order.</summary>
    public static int FindIndex(this ImmutableArray<PanelSeat> seats, string id)
    {
        for (var at = 0; at < seats.Length; at++)
            if (seats[at].Id == id)
                return at;
        throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such seat.");
    }
}
