using System.Collections.Immutable;
using Colloquy.Kernel;

namespace Colloquy.Panels;

/// <summary>Puts together what a seat is told: all that it may know, and nothing else.</summary>
internal static class Briefs
{
    /// <summary>Of a seat that is invited to the open round.</summary>
    public static SeatBrief Of(PanelState state, string seatId)
    {
        var (charter, round, seat) = (state.Charter!, state.Round!, state.Seat(seatId));
        var task = Protocols.Of(charter.Protocol).Task(state, seat);
        var spent = state.Spent.GetValueOrDefault(seatId, SeatSpending.None).Usage.TotalTokens;
        return new(
            charter.PanelId, state.RunId, PanelIds.Message(charter.PanelId, round.Number, seatId), seatId, seat.Role, round.Number,
            round.Cycle, round.Phase, charter.Question, task.Instructions, [.. task.Entries.Select(Shown)],
            [.. task.Options.Select(option => new BriefOption(option.Label, Shown(option.Text)))], task.Criteria, task.Digest,
            [.. state.Steering.Where(steering => steering.AfterRound < round.Number).Select(steering => steering.Text)],
            charter.Precedents, seat.Agent, seat.AgentVersion,
            charter.SeatTokens is { } tokens ? Math.Max(0, tokens - spent) : null, round.Deadlines[seatId]);
    }

    private static BriefEntry Shown(BriefEntry entry) => entry with { Said = entry.Said with { Text = Shown(entry.Said.Text) } };

    private static string Shown(string text) => Texts.First(text, PanelLimits.ShownCharacters);

    /// <summary>What people are being asked.</summary>
    public static ImmutableArray<SeatBrief> ToPeople(PanelState state) =>
        [.. state.Outstanding.Where(seat => state.Seat(seat).IsPerson).Select(seat => Of(state, seat))];
}
