using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Panels;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Feedback;

/// <summary>What a panel's journal says of what can be rated.</summary>
/// <param name="Positions">What each seat said when it took a position, by seat and round.</param>
/// <param name="Outcome">Null until it is there.</param>
internal sealed record PanelTrace(
    PanelCharter Charter, ImmutableSortedDictionary<(string Seat, int Round), Contribution> Positions, PanelOutcome? Outcome)
{
    private const int PageLines = 256;

    /// <summary>Reads the panel of a run. Null if there is none.</summary>
    public static async Task<PanelTrace?> Read(IJournalStore store, string tenant, string runId)
    {
        if (!RunIds.TryParse(runId, out var panel, out _) || !RunIds.IsPanel(panel))
            return null;
        PanelTrace? trace = null;
        for (var after = 0L; ;)
        {
            var lines = await store.Read(TenantKey.For(tenant, panel), after, PageLines, EventLines.PageBytes, CancellationToken.None);
            trace = EventLines.Of(lines).Aggregate(trace, Fold);
            if (lines.Count == 0 || trace is null or { Outcome: not null })
                return trace;
            after = lines[^1].Seq;
        }
    }

    /// <summary>What there is to learn of a seat's position, or of the outcome for null. Null if the seat took none, or if there is no
    /// answer.</summary>
    /// <remarks>The position is the one that the outcome shows; until there is one, the seat's latest. What a person says is
    /// remembered, and teaches nobody.</remarks>
    public FeedbackSubject? Subject(string? seat)
    {
        if (seat is null)
            return Outcome is { Answer: not null } outcome ? Of(Prevailing(outcome)) : null;
        var round = Outcome?.Positions.FirstOrDefault(position => position.Seat == seat)?.Round
            ?? Positions.Keys.Where(position => position.Seat == seat).Select(position => position.Round).LastOrDefault();
        return Positions.ContainsKey((seat, round)) ? Of([(seat, round)]) : null;
    }

    /// <summary>Every position that the minority report does not name.</summary>
    private static IEnumerable<(string Seat, int Round)> Prevailing(PanelOutcome outcome) => outcome.Positions
        .Where(position => !outcome.MinorityReport.Any(opinion => opinion.Seats.Contains(position.Seat)))
        .Select(position => (position.Seat, position.Round));

    private FeedbackSubject Of(IEnumerable<(string Seat, int Round)> positions) => new()
    {
        Panel = new(Charter.Question, Charter.Standing,
        [
            .. from position in positions
               let agent = Charter.Seats.First(seat => seat.Id == position.Seat).Agent
               where agent is not null
               select new RatedPosition(position.Seat, agent, Raw(Positions.GetValueOrDefault(position))),
        ]),
    };

    /// <summary>The value that calibration maps from.</summary>
    private static double? Raw(Contribution? said) =>
        (said?.Stated ?? (said is { IsCalibrated: false } ? said.Confidence : null)) is >= 0 and <= 1 and var raw ? raw : null;

    private static PanelTrace? Fold(PanelTrace? trace, EventLine line) => (trace, line.Type) switch
    {
        (null, "panel.convened") => new(
            Event<PanelConvened>(line).Charter, ImmutableSortedDictionary<(string, int), Contribution>.Empty, null),
        (null, _) => null,
        (_, "panel.position") when Event<PositionTaken>(line) is var taken =>
            trace with { Positions = trace.Positions.SetItem((taken.Seat, taken.Round), taken.Said) },
        (_, "panel.concluded") => trace with { Outcome = Event<PanelConcluded>(line).Outcome },
        _ => trace,
    };

    private static T Event<T>(EventLine line) where T : PanelEvent =>
        (T)JsonSerializer.Deserialize<PanelEvent>(line.Json, JournalJson.Options)!;
}
