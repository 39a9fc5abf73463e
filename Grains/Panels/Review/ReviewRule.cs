using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Review;

/// <summary>The decision is the median of the reviewers' decisions, from accept to reject; between two it is the stricter.</summary>
/// <remarks>
/// A review whose decision cannot be read counts for no quorum; its scores and demands are reported all the same. Where the last
/// version was not reviewed by enough, what stands is the verdict on the version before, and the panel is undecided.
/// </remarks>
internal static class ReviewRule
{
    public const string Accept = "accept";
    public const string Minor = "minor";
    public const string Major = "major";
    public const string Reject = "reject";

    /// <summary>How decisions are compared: equal ones are one position.</summary>
    public const string Method = "decision/1";

    /// <summary>From the mildest to the strictest.</summary>
    public static readonly ImmutableArray<string> Scale = [Accept, Minor, Major, Reject];

    /// <summary>What is judged unless the caller says what.</summary>
    public static readonly ImmutableArray<string> Defaults = ["correctness", "evidence", "completeness", "clarity"];

    /// <summary>Who writes and revises; null where the text is the caller's.</summary>
    public static PanelSeat? Author(PanelState state) => state.Charter!.Subject is null ? state.Members.First() : null;

    public static IEnumerable<PanelSeat> Reviewers(PanelState state) => state.Members.Skip(Author(state) is null ? 0 : 1);

    public static ImmutableArray<string> Criteria(PanelState state) =>
        state.Charter!.Criteria.IsEmpty ? Defaults : state.Charter.Criteria;

    /// <summary>The decision of a review, or null where it cannot be read.</summary>
    public static string? Decision(Contribution said) => Labels.Read(said.Choice, Scale);

    /// <summary>What a round of reviews decided, or null where too few did.</summary>
    public static string? Verdict(PanelState state, PanelMoment round)
    {
        var decisions = state.In(round.Round).Select(entry => Decision(entry.Said)).OfType<string>().ToArray();
        return decisions.Length >= Needed(state) ? Median(decisions) : null;
    }

    /// <summary>The middle of some decisions; the stricter of two in the middle.</summary>
    public static string Median(IReadOnlyCollection<string> decisions) =>
        decisions.OrderBy(decision => Scale.IndexOf(decision)).ElementAt(decisions.Count / 2);

    public static PanelFindings Of(PanelState state, string stopped)
    {
        var rounds = state.Closed.Where(round => round.Phase == PanelPhases.Review).ToArray();
        var rule = new PanelRule(PanelProtocols.Review) { Stopped = stopped, Cycles = rounds.Length };
        if (Array.FindLast(rounds, round => Verdict(state, round) is not null) is not { } deciding)
        {
            return Findings.NoQuorum(state, rule) with
            {
                Grounds = [string.Create(CultureInfo.InvariantCulture,
                    $"No version has {Needed(state)} reviews that decide, of {Reviewers(state).Count()} reviewers.")],
                Positions = rounds is [.., var last] ? new Reviewed(state, last).Voices : null,
            };
        }
        var review = new Reviewed(state, deciding);
        var isDecided = deciding == rounds[^1];
        var answer = review.Verdict == Reject || review.Text is null ? review.Spokesman : review.Text;
        return new(
            isDecided ? PanelDecisions.Decided : PanelDecisions.Undecided, answer.Said.Text, review.Figures(rule),
            review.Text is { } text ? [text.Seat, .. review.Prevailing] : review.Prevailing, Advice(review.Verdict!),
            [.. review.Grounds(), .. Left(state, stopped, isDecided)])
        {
            Positions = review.Voices,
            Minority = review.Minority(),
        };
    }

    private static int Needed(PanelState state) => Math.Min(state.Charter!.Quorum, Reviewers(state).Count());

    private static string Advice(string verdict) => verdict switch
    {
        Accept => "Accept the text as it is.",
        Minor => "Accept the text after a minor revision.",
        Major => "Do not use the text before a major revision.",
        _ => "Reject the text.",
    };

    /// <summary>What was left undone, if anything.</summary>
    private static ImmutableArray<string> Left(PanelState state, string stopped, bool isDecided) =>
        !isDecided ? ["The last revision was not reviewed by enough: the verdict is on the version before it."]
        : state.Closed[^1] is not { Phase: PanelPhases.Revise } revision ? []
        : revision.Answered > 0 ? ["The last revision was not reviewed: the time was up."]
        : stopped == PanelStops.Deadline ? ["The text was not revised: the time was up."]
        : ["The author did not revise the text."];
}
