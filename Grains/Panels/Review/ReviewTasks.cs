using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Review;

/// <summary>What seats of a review are told.</summary>
/// <remarks>A reviewer sees the text and its own earlier review; the author sees the last reviews, under letters.</remarks>
internal static class ReviewTasks
{
    public const string Write =
        "Write the text that answers the question. It will be reviewed by the criteria below, by reviewers who do not know you.";

    public const string Review =
        "Review the text. Score each criterion from 1 (poor) to 5 (excellent), decide: accept, minor, major or reject; and give your "
        + "reasons. List what you demand, a line each: what must change, and what for. Judge the text and not the answer that you "
        + "would have given. You do not see the other reviews.";

    public const string Again =
        " It was revised since your last review: see whether your demands are met, and raise new ones only for what is new or wrong.";

    public const string Revise =
        "Revise the text. Meet each demand of the reviewers, or say why it should not be met. End with the whole text as it stands "
        + "now.";

    private static readonly ImmutableArray<PanelOption> _decisions =
    [
        new(ReviewRule.Accept, "As it is.", []),
        new(ReviewRule.Minor, "After small changes that need no thought.", []),
        new(ReviewRule.Major, "Not before it has changed in what it says or rests on.", []),
        new(ReviewRule.Reject, "Not, whatever is changed.", []),
    ];

    public static SeatTask Of(PanelState state, PanelSeat seat)
    {
        var round = state.Round!;
        return round.Phase switch
        {
            PanelPhases.Draft => SeatTask.Of(Write) with { Criteria = ReviewRule.Criteria(state) },
            PanelPhases.Revise => SeatTask.Of(Revise) with
            {
                Criteria = ReviewRule.Criteria(state),
                Entries = [.. Text(state, seat), .. Anonymity.Veiled(state, state.In(round.Cycle - 1, PanelPhases.Review), seat.Id)],
            },
            _ => SeatTask.Of(round.Cycle == 1 ? Review : Review + Again) with
            {
                Criteria = ReviewRule.Criteria(state),
                Options = _decisions,
                Entries = [.. Text(state, seat), .. Own(state, seat)],
            },
        };
    }

    /// <summary>The text as it stands.</summary>
    private static ImmutableArray<BriefEntry> Text(PanelState state, PanelSeat viewer) => state.Charter!.Subject is { } subject
        ? [new($"the {SeatRoles.Author}", PanelPhases.Draft, 0, new(subject))]
        : Anonymity.ByRole(state, state.Positions.Values, viewer.Id);

    private static ImmutableArray<BriefEntry> Own(PanelState state, PanelSeat reviewer) => Anonymity.Veiled(
        state, state.Entries.Where(entry => entry.Phase == PanelPhases.Review && entry.Seat == reviewer.Id).TakeLast(1), reviewer.Id);
}
