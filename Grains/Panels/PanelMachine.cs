using System.Collections.Immutable;
using System.Diagnostics;
using Colloquy.Panels.Shared;
using Colloquy.Runs;

namespace Colloquy.Panels;

/// <summary>
/// The life of a panel as a pure function: rounds open, are answered or deserted, and close, until the protocol concludes. One
/// conclusion and one end, whatever happens in between.
/// </summary>
/// <remarks>No clock, no randomness, no I/O. Whom there is to ask is <see cref="PanelState.Outstanding"/>.</remarks>
internal static class PanelMachine
{
    public static PanelStep Decide(PanelState state, PanelInput input)
    {
        var step = PanelStep.From(state);
        return input switch
        {
            PanelInput.Convene convene when !state.Exists => Convene(step, convene),
            PanelInput.Convene => step, // a repeat: the grain compares fingerprints
            _ when !state.IsRunning => step, // it never was, or has ended: late is normal, and changes nothing
            PanelInput.Say say when IsAwaited(state, say.Round, say.Seat) => CloseIfAll(step.Then(Heard(state, say)), say.At),
            PanelInput.Fail fail when IsAwaited(state, fail.Round, fail.Seat) =>
                CloseIfAll(step.Then(Absent(state, fail)), fail.At),
            PanelInput.Say or PanelInput.Fail => step, // said before, or its round has closed
            PanelInput.Tick tick => Tick(step, tick.At),
            PanelInput.Steer steer when state.Steering.Length < PanelLimits.SteeringMax =>
                step.Then(new PanelSteered(steer.At, state.RunId, steer.Author, steer.Text)),
            PanelInput.Steer => step,
            PanelInput.Cancel cancel => step.Then(new PanelCancelled(cancel.At, state.RunId, cancel.Reason)),
            _ => throw new UnreachableException($"{input.GetType().Name} is not an input that a panel knows."),
        };
    }

    private static PanelStep Convene(PanelStep step, PanelInput.Convene convene)
    {
        var (at, run, charter) = (convene.At, convene.RunId, convene.Charter);
        step = step.Then(new PanelConvened(at, run, charter))
            .Then(new PanelAccepted(at, run, "panel", charter.PanelId))
            .Then(new PanelStarted(at, run, convene.Epoch));
        return GoOn(step, at);
    }

    private static bool IsAwaited(PanelState state, int round, string seat) =>
        state.Round?.Number == round && state.Round.Deadlines.ContainsKey(seat) && !state.IsSettled(seat);

    /// <summary>What is valid of it has been said; where nothing is, the seat has not answered, and is not asked again.</summary>
    private static PanelEvent Heard(PanelState state, PanelInput.Say say) =>
        Contributions.Valid(state.Round!.Phase, say.Said) is { } said ? Spoken(state, say with { Said = said })
            : Absent(state, new(say.At, say.Round, say.Seat, AbsenceReasons.Failed,
                new("nothing_said", "The seat said nothing."), say.Usage));

    private static SeatSpoke Spoken(PanelState state, PanelInput.Say say)
    {
        var (run, phase) = (state.RunId, state.Round!.Phase);
        var message = PanelIds.Message(state.Charter!.PanelId, say.Round, say.Seat);
        return PanelPhases.IsPosition(phase)
                ? new PositionTaken(say.At, run, say.Round, phase, say.Seat, message, say.Said, say.Usage, say.Model)
            : PanelPhases.IsVote(phase)
                ? new VoteCast(say.At, run, say.Round, phase, say.Seat, message, say.Said, say.Usage, say.Model)
                : new RemarkMade(say.At, run, say.Round, phase, say.Seat, message, say.Said, say.Usage, say.Model);
    }

    private static SeatAbsent Absent(PanelState state, PanelInput.Fail fail) => new(
        fail.At, state.RunId, fail.Round, fail.Seat, PanelIds.Message(state.Charter!.PanelId, fail.Round, fail.Seat), fail.Reason,
        fail.Error, fail.Usage);

    /// <summary>Who has not answered in time is absent, and a panel whose time is up ends with what it has.</summary>
    private static PanelStep Tick(PanelStep step, DateTimeOffset at)
    {
        var isOver = at >= step.State.Charter!.Deadline;
        if (step.State.Round is { } round)
        {
            foreach (var seat in step.State.Outstanding.Where(seat => isOver || at >= round.Deadlines[seat]).ToList())
                step = step.Then(Absent(step.State, new(at, round.Number, seat, AbsenceReasons.Deadline, null, Usage.None)));
            if (!step.State.Outstanding.Any())
                step = Close(step, at);
        }
        return isOver ? Conclude(step, at, PanelStops.Deadline) : step.State.Round is null ? GoOn(step, at) : step;
    }

    private static PanelStep CloseIfAll(PanelStep step, DateTimeOffset at) =>
        step.State.Outstanding.Any() ? step : GoOn(Close(step, at), at);

    private static PanelStep Close(PanelStep step, DateTimeOffset at)
    {
        var round = step.State.Round!;
        return step.Then(new RoundClosed(
            at, step.State.RunId, round.Number, round.Deadlines.Count, step.State.In(round.Number).Count()));
    }

    private static PanelStep GoOn(PanelStep step, DateTimeOffset at)
    {
        var state = step.State;
        if (state.Closed.Length >= PanelLimits.RoundsMax)
            return Conclude(step, at, PanelStops.Cycles);
        return Protocols.Of(state.Charter!.Protocol).Next(state) switch
        {
            PanelMove.Open open => step.Then(new RoundOpened(
                at, state.RunId, state.Closed.Length + 1, open.Cycle, open.Phase, Deadlines(state, open.Seats, at))),
            PanelMove.Conclude conclude => Conclude(step, at, conclude.Stopped),
            var move => throw new UnreachableException($"{move.GetType().Name} is no move."),
        };
    }

    private static ImmutableSortedDictionary<string, DateTimeOffset> Deadlines(
        PanelState state, ImmutableArray<string> seats, DateTimeOffset at)
    {
        var charter = state.Charter!;
        return seats.ToImmutableSortedDictionary(seat => seat, seat =>
        {
            var own = at + (state.Seat(seat).IsPerson ? charter.PersonTime : charter.SeatTime);
            return own < charter.Deadline ? own : charter.Deadline;
        }, StringComparer.Ordinal);
    }

    private static PanelStep Conclude(PanelStep step, DateTimeOffset at, string stopped)
    {
        var state = step.State;
        var findings = Protocols.Of(state.Charter!.Protocol).Conclude(state, stopped);
        step = step.Then(new PanelConcluded(at, state.RunId, Outcomes.Of(state, findings)));
        return step.Then(findings.Decision switch
        {
            not PanelDecisions.NoQuorum => new PanelCompleted(at, state.RunId, state.Usage),
            _ when state.Absent.Any(absence => absence.Reason == AbsenceReasons.Budget) =>
                new PanelBudgetExhausted(at, state.RunId),
            _ when stopped == PanelStops.Deadline => new PanelExpired(at, state.RunId),
            _ => new PanelFailed(at, state.RunId,
                new("quorum_not_reached", $"Fewer than {state.Charter.Quorum} of {state.Members.Count()} seats answered."),
                    state.Usage),
        });
    }
}

/// <summary>Why panels stop: the values of <see cref="PanelRule.Stopped"/>.</summary>
internal static class PanelStops
{
    public const string Decided = "decided";
    public const string Agreed = "agreed";
    public const string Stable = "stable";
    public const string NoOpenQuestion = "no_open_question";
    public const string Cycles = "cycles";
    public const string Deadline = "deadline";
    public const string Quorum = "quorum";
}
