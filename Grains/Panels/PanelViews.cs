using System.Collections.Immutable;
using Colloquy.Runs;

namespace Colloquy.Panels;

/// <summary>What callers are shown of a panel.</summary>
internal static class PanelViews
{
    public static PanelView Of(PanelState state)
    {
        var charter = state.Charter!;
        return new(
            charter.PanelId, state.RunId, charter.Question, charter.Protocol, charter.Rule, state.Status, state.Error, charter.Author,
            [.. charter.Seats.Select(seat => Seat(state, seat))], charter.Quorum, charter.Cycles, charter.Seed, Round(state),
            state.Closed, [.. state.Positions.Values.Select(entry => Outcomes.Position(state, entry))], state.Steering,
            Briefs.ToPeople(state), charter.Precedents, charter.Standing, charter.Session, state.Outcome, state.Usage, state.Seq,
            state.ConvenedAt, charter.Deadline, state.EndedAt);
    }

    public static PanelSummary Summary(PanelState state)
    {
        var charter = state.Charter!;
        return new(charter.PanelId, state.RunId, Kernel.Texts.First(charter.Question, PanelLimits.LineCharacters), charter.Protocol,
            state.Status, state.Outcome?.Decision, charter.Seats.Length, charter.Author, charter.Standing, state.ConvenedAt, state.EndedAt);
    }

    public static RunView Run(PanelState state) => new(
        state.RunId, "panel", state.Status, state.Charter!.Session ?? "", "", "", null, 0, state.Usage, state.Error, state.Reason, 1,
        state.ConvenedAt, state.EndedAt, Panel: state.Charter.PanelId);

    private static PanelSeatView Seat(PanelState state, PanelSeat seat)
    {
        var isInvited = state.Round?.Deadlines.ContainsKey(seat.Id) is true;
        var now = !isInvited ? "idle" : !state.IsSettled(seat.Id) ? "invited"
            : state.Absent.Any(absence => absence.Round == state.Round!.Number && absence.Seat == seat.Id) ? "absent" : "answered";
        return new(seat.Id, seat.IsPerson ? "person" : "agent", seat.Agent, seat.AgentVersion, seat.Name, seat.Role, seat.Weight, now,
            state.Spent.GetValueOrDefault(seat.Id, SeatSpending.None).Usage);
    }

    private static PanelRoundView? Round(PanelState state) => state.Round is not { } round ? null : new(
        round.Number, round.Cycle, round.Phase, round.OpenedAt, round.Deadlines,
        [.. state.In(round.Number).Select(entry => entry.Seat)],
        [.. state.Absent.Where(absence => absence.Round == round.Number)]);
}
