using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Adversarial;

/// <summary>
/// Whom the judge names prevails, with their last word. Without a verdict nothing is decided, and the last word of the weightier is
/// shown as the stronger; of equals the proposer's, since a challenge has to outweigh what it challenges.
/// </summary>
internal static class AdversarialRule
{
    /// <summary>What a judge says who holds with nobody.</summary>
    public const string Neither = "neither";

    private static readonly ImmutableArray<string> _sides = [SeatRoles.Proposer, SeatRoles.Challenger];

    public static PanelSeat Seat(PanelState state, string role) => state.Members.Single(seat => seat.Role == role);

    /// <summary>The last position of a side, or null.</summary>
    public static PanelEntry? Last(PanelState state, string role) => state.Positions.GetValueOrDefault(Seat(state, role).Id);

    /// <summary>The role that prevails, <see cref="Neither"/>, or null where nobody judged. Who never spoke cannot prevail.</summary>
    public static string? Verdict(PanelState state) => Judgement(state) is not { } judgement ? null
        : Labels.Read(judgement.Choice, _sides) is { } side && Last(state, side) is not null ? side : Neither;

    public static PanelFindings Of(PanelState state, string stopped)
    {
        var verdict = Verdict(state);
        var rule = new PanelRule(PanelProtocols.Adversarial)
        {
            Stopped = stopped,
            Verdict = verdict,
            Cycles = state.Closed.Count(round => round.Phase == PanelPhases.Challenge),
            Weights = Weights.Table(state, _sides.Select(role => Last(state, role)).OfType<PanelEntry>()),
        };
        if (Last(state, SeatRoles.Proposer) is not { } proposal)
        {
            return Findings.NoQuorum(state, rule) with
            {
                Recommendation = "Nothing is recommended: there is no proposal.", Grounds = ["The proposer said nothing."],
            };
        }
        var isDecided = verdict is SeatRoles.Proposer or SeatRoles.Challenger;
        var side = isDecided ? verdict! : Stronger(state, proposal);
        var answer = Last(state, side)!;
        var opening = answer.Said.Stance ?? Findings.Opening(answer.Said.Text);
        return new(
            isDecided ? PanelDecisions.Decided : PanelDecisions.Undecided, answer.Said.Text,
            isDecided || !IsTied(state, proposal) ? rule : rule with { TieBreak = SeatRoles.Proposer }, [answer.Seat],
            isDecided ? opening : $"No verdict. The stronger by weight is the {side}: {opening}",
            [.. Judged(state, verdict, side), .. Challenged(state), .. Findings.EvidenceGround(state, [answer.Seat])])
        {
            Minority = Counter(state, _sides.Single(other => other != side)),
        };
    }

    private static Contribution? Judgement(PanelState state) =>
        state.Entries.FirstOrDefault(entry => entry.Phase == PanelPhases.Judge)?.Said;

    private static string Stronger(PanelState state, PanelEntry proposal) =>
        Last(state, SeatRoles.Challenger) is { } challenge && Weights.Of(state, challenge) > Weights.Of(state, proposal)
            ? SeatRoles.Challenger : SeatRoles.Proposer;

    private static bool IsTied(PanelState state, PanelEntry proposal) =>
        Last(state, SeatRoles.Challenger) is { } challenge && Weights.Of(state, challenge).Equals(Weights.Of(state, proposal));

    private static ImmutableArray<string> Judged(PanelState state, string? verdict, string side) => Judgement(state) is { } judgement
        ?
        [
            verdict == Neither ? "The judge holds with neither." : $"The judge holds with the {verdict}.",
            $"The judge's reasons: {Findings.Opening(judgement.Text)}", .. judgement.Points,
        ]
        : [$"Nobody judged: the {side} is named for the weight of the voice alone."];

    private static ImmutableArray<string> Challenged(PanelState state)
    {
        var challenges = state.Entries.Where(entry => entry.Phase == PanelPhases.Challenge).ToArray();
        return Last(state, SeatRoles.Challenger) is null ? ["The challenger said nothing: the proposal stood alone."]
            : challenges is not [.., var last] ? ["The proposal was not challenged: the challenger's own answer stood beside it."]
            : last.Said.IsContent is true ? ["The challenger had nothing left to object to."]
            : [string.Create(CultureInfo.InvariantCulture,
                $"The proposal was challenged in {challenges.Length} {(challenges.Length == 1 ? "exchange" : "exchanges")}.")];
    }

    /// <summary>
    /// The strongest that a side said against the other: what it was surest of, then what cites most, then what it said last. Its
    /// opening answer only where it said nothing else.
    /// </summary>
    private static ImmutableArray<MinorityOpinion> Counter(PanelState state, string role)
    {
        var (seat, positions) = (Seat(state, role).Id, state.Positions);
        var strongest = state.Entries.Where(entry => entry.Seat == seat)
            .OrderByDescending(entry => entry.Phase != PanelPhases.Propose)
            .ThenByDescending(entry => Weights.Of(state, entry))
            .ThenByDescending(entry => entry.Said.Citations.Length)
            .ThenByDescending(entry => entry.Round).FirstOrDefault();
        if (strongest is null)
            return [];
        return
        [
            new([seat], strongest.Said.Stance, strongest.Said.Text,
                Math.Round(Weights.Shares(state, positions.Values)[seat], 6), strongest.Said.Confidence,
                strongest.Said.Points, strongest.Said.Citations),
        ];
    }
}
