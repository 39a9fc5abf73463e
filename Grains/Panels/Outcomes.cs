using System.Collections.Immutable;
using Colloquy.Knowledge;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels;

/// <summary>Makes the outcome of what a protocol found: all that can be read off the state is read off it here.</summary>
internal static class Outcomes
{
    public static PanelOutcome Of(PanelState state, PanelFindings findings)
    {
        var positions = (findings.Positions ?? [.. state.Positions.Values])
            .OrderBy(entry => state.Charter!.Seats.FindIndex(entry.Seat)).ToImmutableArray();
        var agreement = findings.Rule.Agreement ?? Clusters.Of(state, positions);
        var rule = findings.Rule with { Agreement = agreement };
        var prevailing = positions.Where(entry => findings.Prevailing.Contains(entry.Seat)).ToImmutableArray();
        var outcome = new PanelOutcome(
            findings.Decision, findings.Answer, rule, [.. positions.Select(entry => Position(state, entry))],
            findings.Minority ?? Dissent(state, findings.Prevailing, agreement, positions),
            new(findings.Recommendation, findings.Grounds), Citations(state, findings, prevailing),
            ConfidenceOf(findings, agreement, prevailing), Cost(state), state.Closed, state.Absent);
        return outcome with { Summary = OutcomeText.Of(outcome) };
    }

    public static PanelPosition Position(PanelState state, PanelEntry entry)
    {
        var seat = state.Seat(entry.Seat);
        return new(seat.Id, seat.Agent, seat.Name, seat.Role, entry.Clipped.Said.Text, entry.Said.Stance, entry.Said.Confidence,
            entry.Said.Citations, entry.Round) { Estimate = entry.Said.Estimate };
    }

    /// <summary>Every group of positions, less whoever prevailed. It is computed and not written, so no dissent is left out.</summary>
    public static ImmutableArray<MinorityOpinion> Dissent(
        PanelState state, ImmutableArray<string> prevailing, AgreementFigures agreement, IReadOnlyCollection<PanelEntry> held)
    {
        var positions = held.ToImmutableSortedDictionary(entry => entry.Seat, entry => entry, StringComparer.Ordinal);
        var shares = Weights.Shares(state, held);
        return
        [
            .. from cluster in agreement.Clusters
               let seats = cluster.Seats.Where(seat => !prevailing.Contains(seat)).ToImmutableArray()
               where !seats.IsEmpty
               let voice = positions[seats.Contains(cluster.Representative) ? cluster.Representative : seats[0]].Clipped.Said
               let stated = seats.Select(seat => positions[seat].Said.Confidence).OfType<double>().ToArray()
               select new MinorityOpinion(
                   seats, voice.Stance, voice.Text,
                   Math.Round(seats.Sum(seat => shares[seat]), 6),
                   stated.Length > 0 ? Math.Round(stated.Average(), 3) : null, Objections(state, seats), voice.Citations),
        ];
    }

    /// <summary>What seats said last in each phase: an objection that its holder no longer makes is none.</summary>
    private static ImmutableArray<string> Objections(PanelState state, ImmutableArray<string> seats) =>
    [
        .. state.Entries.Where(entry => seats.Contains(entry.Seat)).GroupBy(entry => (entry.Seat, entry.Phase))
            .Select(said => said.MaxBy(entry => entry.Round)!).OrderBy(entry => entry.Round)
            .ThenBy(entry => state.Charter!.Seats.FindIndex(entry.Seat)).SelectMany(entry => entry.Said.Points)
            .Distinct(StringComparer.Ordinal).Take(PanelLimits.ListMax),
    ];

    /// <summary>First those of the answer itself, under the numbers that stand in it; then what else prevailing positions cite, under
    /// numbers of its own.</summary>
    private static ImmutableArray<Citation> Citations(PanelState state, PanelFindings findings, ImmutableArray<PanelEntry> prevailing)
    {
        var author = findings.Answer is null ? null : state.Entries.LastOrDefault(entry => entry.Said.Text == findings.Answer);
        var own = author?.Said.Citations ?? [];
        var last = own.IsEmpty ? 0 : own.Max(citation => citation.N);
        var further = prevailing.SelectMany(entry => entry.Said.Citations).DistinctBy(Span)
            .ExceptBy(own.Select(Span), Span).Select((citation, at) => citation with { N = last + at + 1 });
        return [.. own.Concat(further).Take(PanelLimits.Citations)];

        static (string, int, int) Span(Citation citation) => (citation.DocumentId, citation.Start, citation.End);
    }

    /// <summary>How sure those are who prevail, damped by how many do not agree: value = mean * (0.5 + 0.5 share).</summary>
    private static Confidence? ConfidenceOf(PanelFindings findings, AgreementFigures agreement,
        ImmutableArray<PanelEntry> prevailing)
    {
        var stated = prevailing.Where(entry => entry.Said.Confidence is not null).ToArray();
        if (findings.Answer is null || stated.Length == 0)
            return null;
        var mean = stated.Average(entry => entry.Said.Confidence!.Value);
        var share = agreement.Clusters.Where(cluster => cluster.Seats.Any(findings.Prevailing.Contains)).Sum(cluster =>
            cluster.Share);
        var value = Math.Round(Math.Clamp(mean * (0.5 + (0.5 * share)), 0, 1), 3);
        var isCalibrated = Array.TrueForAll(stated, entry => entry.Said.IsCalibrated);
        return new(value, ConfidenceEstimate.BandOf(value), isCalibrated, ImmutableSortedDictionary<string, double>.Empty
            .Add("agreement", Math.Round(share, 3)).Add("stated", Math.Round(mean, 3)));
    }

    private static PanelCost Cost(PanelState state) => new(state.Usage,
    [
        .. from seat in state.Charter!.Seats
           let spent = state.Spent.GetValueOrDefault(seat.Id, SeatSpending.None)
           select new SeatCost(seat.Id, seat.Agent, spent.Usage, spent.Answers),
    ]);
}
