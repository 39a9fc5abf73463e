using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Panels;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>Reads one panel's journal to its end and says what does not hold.</summary>
internal sealed class PanelCheck
{
    private readonly string _name;
    private readonly List<(string Type, PanelEvent Event)> _events;

    public PanelCheck(string name, IReadOnlyList<JournalLine> lines)
    {
        _name = name;
        _events = [.. JournalLines.Of<PanelEvent>(name, lines).Select(line => (line.Type, line.Event))];
        Replayed = _events.Aggregate(PanelState.Empty, (state, one) => state.Apply(one.Event));
    }

    public PanelState Replayed { get; }

    public IEnumerable<T> All<T>() => _events.Select(one => one.Event).OfType<T>();

    public void Holds(SeatBook book)
    {
        EndsOnce();
        IsDecidedByTheMachine();
        HearsEverySeatOnce();
        SaysWhatWasWritten(book);
        WasAskedInTime(book);
        if (Replayed.Outcome is { } outcome)
            IsComplete(outcome);
        var isAuthorless = Replayed.Charter!.Subject is null || !Replayed.Charter.Seats.Any(seat => seat.Role == SeatRoles.Author);
        Unless(isAuthorless, $"P2: {_name} has an author of a text that its caller gave");
    }

    private void EndsOnce()
    {
        Unless(_events[0].Event is PanelConvened && All<PanelConvened>().Count() == 1,
            $"P1: {_name} does not begin with being convened");
        var (concluded, ends) = (All<PanelConcluded>().Count(), _events.Count(one => JournalCheck.IsEnd(one.Type)));
        Unless(ends == 1 && JournalCheck.IsEnd(_events[^1].Type), $"P1: {_name} has {ends} ends, and its last event is {_events[^1].Type}");
        Unless(concluded == (All<PanelCancelled>().Any() ? 0 : 1),
            $"P1: {_name} ended as {_events[^1].Type} and has {concluded} conclusions");
    }

    /// <summary>P2: what the journal says is what the pure machine makes of the same inputs, the outcome included.</summary>
    private void IsDecidedByTheMachine()
    {
        var (state, at) = (PanelState.Empty, 0);
        while (at < _events.Count)
        {
            var decided = Inputs(state, at).Select(input => PanelMachine.Decide(state, input).Events).Where(one => one.Length > 0).ToList();
            var events = decided.Find(one => IsNext(one, at));
            Unless(!events.IsDefaultOrEmpty,
                $"P2: {_name} tells of {_events[at].Type} at {at + 1}, and the machine of {Other(decided, at)}");
            state = events.Aggregate(state, (sum, one) => sum.Apply(one));
            at += events.Length;
        }
    }

    /// <summary>What may have led to an event.</summary>
    private IEnumerable<PanelInput> Inputs(PanelState state, int at)
    {
        var @event = _events[at].Event;
        switch (@event)
        {
            case PanelConvened e:
                return [new PanelInput.Convene(e.At, All<PanelStarted>().First().Epoch, e.RunId, e.Charter)];
            case SeatSpoke e:
                return [new PanelInput.Say(e.At, e.Round, e.Seat, e.Said, e.Usage, e.Model)];
            case SeatAbsent { Error.Code: "nothing_said" } e:
                return [new PanelInput.Say(e.At, e.Round, e.Seat, new(""), e.Usage, null)];
            case SeatAbsent e:
                return [new PanelInput.Fail(e.At, e.Round, e.Seat, e.Reason, e.Error, e.Usage), new PanelInput.Tick(e.At)];
            case PanelSteered e:
                return [new PanelInput.Steer(e.At, e.Author, e.Text)];
            case PanelCancelled e:
                return [new PanelInput.Cancel(e.At, e.Reason)];
            default:
                return [new PanelInput.Tick(@event.At)];
        }
    }

    /// <summary>Where the machine and the journal part.</summary>
    private string Other(List<ImmutableArray<PanelEvent>> decided, int at) => decided is not [.., var last] ? "nothing"
        : last.Select((one, index) =>
            (Machine: Json(one), Journal: index + at < _events.Count ? Json(_events[index + at].Event) : "nothing"))
            .Where(pair => pair.Machine != pair.Journal).Select(pair => $"{pair.Machine} where it says {pair.Journal}")
                .FirstOrDefault() ?? "the same";

    private bool IsNext(ImmutableArray<PanelEvent> events, int at) => at + events.Length <= _events.Count
        && events.Select((one, index) => Json(one) == Json(_events[at + index].Event)).All(same => same);

    /// <summary>P3: nobody counts twice in a round, nobody uninvited, and nothing behind its end.</summary>
    private void HearsEverySeatOnce()
    {
        var (open, heard) = ((RoundOpened?)null, new HashSet<string>(StringComparer.Ordinal));
        foreach (var (_, @event) in _events)
        {
            var (round, seat) = @event switch
            {
                SeatSpoke e => (e.Round, e.Seat),
                SeatAbsent e => (e.Round, e.Seat),
                _ => (0, null),
            };
            if (@event is RoundOpened opened)
                (open, heard) = (opened, []);
            else if (@event is RoundClosed)
                open = null;
            else if (seat is not null)
                Unless(open?.Round == round && open.Deadlines.ContainsKey(seat) && heard.Add(seat),
                    $"P3: {seat} counts in round {round} of {_name}, where it is not awaited");
        }
    }

    /// <summary>P3: what counts for a seat in a round was written for that seat and that round.</summary>
    private void SaysWhatWasWritten(SeatBook book)
    {
        foreach (var said in All<SeatSpoke>().Where(said => said.Model is not null && said.Model != Models.ModelNames.Extractive))
            Unless(book.IsWhole(said.MessageId, said.Said.Text),
                $"P3: {said.MessageId} says what nobody wrote: {said.Said.Text}");
    }

    /// <summary>P5: whoever is absent for the clock had been asked, if there was time for it.</summary>
    private void WasAskedInTime(SeatBook book)
    {
        var opened = All<RoundOpened>().ToDictionary(round => round.Round);
        foreach (var absent in All<SeatAbsent>().Where(absent => absent.Reason == AbsenceReasons.Deadline && absent.Error is null))
        {
            var seat = Replayed.Seat(absent.Seat);
            var time = absent.At - opened[absent.Round].At;
            Unless(seat.IsPerson || time < PanelWorld.Asked || book.Askings.Exists(asking => asking.Brief.MessageId == absent.MessageId),
                $"P5: {absent.MessageId} was given up after {time} and had never been asked for");
        }
    }

    /// <summary>P2: every position prevails or is in the minority report, and everybody who was absent is named.</summary>
    private void IsComplete(PanelOutcome outcome)
    {
        var before = _events.TakeWhile(one => one.Event is not PanelConcluded)
            .Aggregate(PanelState.Empty, (state, one) => state.Apply(one.Event));
        var prevailing = Protocols.Of(before.Charter!.Protocol).Conclude(before, outcome.Rule.Stopped).Prevailing;
        var minority = outcome.MinorityReport.SelectMany(opinion => opinion.Seats).ToHashSet(StringComparer.Ordinal);
        foreach (var position in outcome.Positions)
            Unless(prevailing.Contains(position.Seat) || minority.Contains(position.Seat),
                $"P2: the position of {position.Seat} neither prevails in {_name} nor is in its minority report");
        Unless(minority.All(seat => Replayed.Charter!.Seats.Any(one => one.Id == seat)),
            $"P2: the minority of {_name} is nobody");
        var absent = All<SeatAbsent>().Select(one => new Absence(one.Seat, one.Round, one.Reason));
        Unless(absent.SequenceEqual(outcome.Absent), $"P2: {_name} names {outcome.Absent.Length} of {All<SeatAbsent>().Count()} absences");
        Unless(outcome.Decision == PanelDecisions.NoQuorum == outcome.Answer is null,
            $"P2: {_name} is {outcome.Decision}, and says '{outcome.Answer}'");
    }

    private static string Json(PanelEvent @event) => JsonSerializer.Serialize(@event, JournalJson.Options);
}
