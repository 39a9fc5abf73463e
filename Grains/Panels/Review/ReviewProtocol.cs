using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Review;

/// <summary>A text is judged by criteria, by reviewers who do not see each other's reviews, and revised until it is accepted.</summary>
/// <remarks>
/// The text is the charter's subject, or what the first member writes. A text of the caller's is nobody's here to revise: it is
/// reviewed once. Else a cycle is a review, and from the second on a revision before it. An author who does not revise leaves the
/// last review standing.
/// </remarks>
internal sealed class ReviewProtocol : IPanelProtocol
{
    public string Name => PanelProtocols.Review;

    public PanelShape Shape { get; } = new(
        PanelLimits.SeatsMin, PanelLimits.SeatsMax, HasChair: false, SeatRoles.Chair, [SeatRoles.Author, SeatRoles.Reviewer], Cycles: 2,
        Threshold: 0.5) { RolesOnSubject = [SeatRoles.Reviewer] };

    public PanelMove Next(PanelState state)
    {
        var author = ReviewRule.Author(state);
        if (state.Closed is not [.., var last])
            return author is null ? Review(1) : new PanelMove.Open(1, PanelPhases.Draft, [author.Id]);
        return last.Phase switch
        {
            PanelPhases.Draft when last.Answered == 0 => new PanelMove.Conclude(PanelStops.Quorum),
            PanelPhases.Revise when last.Answered == 0 => new PanelMove.Conclude(PanelStops.Decided),
            PanelPhases.Draft or PanelPhases.Revise => Review(last.Cycle),
            _ => ReviewRule.Verdict(state, last) switch
            {
                null => new PanelMove.Conclude(PanelStops.Quorum),
                ReviewRule.Minor or ReviewRule.Major when author is not null => last.Cycle < state.Charter!.Cycles
                    ? new PanelMove.Open(last.Cycle + 1, PanelPhases.Revise, [author.Id])
                    : new PanelMove.Conclude(PanelStops.Cycles),
                _ => new PanelMove.Conclude(PanelStops.Decided),
            },
        };

        PanelMove Review(int cycle) =>
            new PanelMove.Open(cycle, PanelPhases.Review, [.. ReviewRule.Reviewers(state).Select(seat => seat.Id)]);
    }

    public PanelFindings Conclude(PanelState state, string stopped) => ReviewRule.Of(state, stopped);

    public SeatTask Task(PanelState state, PanelSeat seat) => ReviewTasks.Of(state, seat);
}
