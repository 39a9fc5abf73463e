using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Socratic;

/// <summary>
/// The claim is decided when the questioner has no open question, and undecided when questions are left at the end. The refined
/// claim is the last answer; of several respondents that of the largest group of like ones.
/// </summary>
internal static class SocraticRule
{
    public static PanelSeat Questioner(PanelState state) => state.Members.First();

    public static IEnumerable<PanelSeat> Respondents(PanelState state) => state.Members.Skip(1);

    /// <summary>The questions that the questioner has put last, unless it was content: whether they are settled, nobody said.</summary>
    public static ImmutableArray<string> Open(PanelState state) =>
        Asked(state).LastOrDefault() is { Said.IsContent: not true } last ? Questions.Of(last.Said) : [];

    public static PanelFindings Of(PanelState state, string stopped)
    {
        var agreement = Clusters.Of(state);
        var rule = new PanelRule(PanelProtocols.Socratic)
        {
            Stopped = stopped,
            Cycles = state.Closed.Count(round => round.Phase == PanelPhases.Question),
        };
        var (claims, respondents) = (state.Positions.Count, Respondents(state).Count());
        var needed = Math.Min(state.Charter!.Quorum, respondents);
        if (claims < needed)
        {
            return Findings.NoQuorum(state, rule) with
            {
                Grounds = [string.Create(CultureInfo.InvariantCulture,
                    $"{claims} of {respondents} respondents made a claim; {needed} are needed.")],
            };
        }
        var largest = agreement.Clusters[0];
        var claim = state.Positions[largest.Representative].Said;
        var (open, isDecided) = (Open(state), stopped == PanelStops.NoOpenQuestion);
        var opening = claim.Stance ?? Findings.Opening(claim.Text);
        return new(
            isDecided ? PanelDecisions.Decided : PanelDecisions.Undecided, claim.Text,
            rule with { Assumptions = Assumptions(state, largest.Seats) }, largest.Seats,
            isDecided ? opening : $"Not settled: {opening}",
            [
                Examined(state, isDecided), .. open.Select(question => $"Open: {question}"),
                .. Findings.EvidenceGround(state, largest.Seats),
            ])
        {
            Minority = [.. Outcomes.Dissent(state, largest.Seats, agreement, [.. state.Positions.Values]), .. Doubt(state, open)],
        };
    }

    private static IEnumerable<PanelEntry> Asked(PanelState state) =>
        state.Entries.Where(entry => entry.Phase == PanelPhases.Question);

    private static ImmutableArray<string> Assumptions(PanelState state, ImmutableArray<string> prevailing) =>
    [
        .. state.Entries.Where(entry => entry.Phase == PanelPhases.Answer && prevailing.Contains(entry.Seat))
            .SelectMany(entry => entry.Said.Points).Distinct(StringComparer.Ordinal).Take(PanelLimits.ListMax),
    ];

    private static string Examined(PanelState state, bool isDecided)
    {
        var asked = Asked(state).Where(entry => entry.Said.IsContent is not true).Sum(entry => Questions.Of(entry.Said).Length);
        if (asked == 0)
            return isDecided ? "The questioner had nothing to ask." : "The questioner asked nothing: the claim is unexamined.";
        var counted = string.Create(CultureInfo.InvariantCulture,
            $"The claim was put {asked} {(asked == 1 ? "question" : "questions")}");
        return isDecided ? $"{counted} and none is open."
            : AreAnswered(state) ? $"{counted}; whether the last answers settle them, the questioner was not asked again."
            : $"{counted}; the last were not answered.";
    }

    private static bool AreAnswered(PanelState state) =>
        state.In(Asked(state).Last().Cycle, PanelPhases.Answer).Any();

    /// <summary>Open questions are no position and weigh nothing; but they are what the answer does not say.</summary>
    private static ImmutableArray<MinorityOpinion> Doubt(PanelState state, ImmutableArray<string> open) => open.IsEmpty ? []
        : [new([Questioner(state).Id], null, string.Join('\n', open), 0, null, open, [])];
}
