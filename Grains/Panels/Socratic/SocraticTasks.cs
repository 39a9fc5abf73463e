using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Socratic;

/// <summary>What seats of a socratic panel are told.</summary>
/// <remarks>Respondents see the questions and what they have said themselves; the questioner sees every respondent under a letter,
/// and of its own words what was passed on.</remarks>
internal static class SocraticTasks
{
    public const string Claim =
        "Make your claim: your answer to the question, with the evidence that it rests on. You will be questioned about it.";

    public const string Ask =
        "You may only ask. Ask what the claims leave open: what they assume, what they rest on, where they would fail, what follows "
        + "from them. A line for each question, and a question mark after each: nothing else that you say is passed on. Say that you "
        + "are content when no question is left open.";

    public const string Answer =
        "Answer every question with evidence, or say that you cannot. Name each assumption that you rest on, a line each. Concede "
        + "what does not hold, and end with your claim as it stands now, whole.";

    public static SeatTask Of(PanelState state, PanelSeat seat) => state.Round!.Phase switch
    {
        PanelPhases.Draft => SeatTask.Of(Claim),
        PanelPhases.Question => SeatTask.Of(Ask) with { Entries = Seen(state, seat, _ => true) },
        _ => SeatTask.Of($"To the questioner you are Expert {Anonymity.Letters(state)[seat.Id]}. {Answer}") with
        {
            Entries = Seen(state, seat, respondent => respondent == seat.Id),
        },
    };

    private static ImmutableArray<BriefEntry> Seen(PanelState state, PanelSeat viewer, Func<string, bool> isShown)
    {
        var asked = state.Entries.Where(entry => entry.Phase == PanelPhases.Question).Select(Passed);
        var said = state.Entries.Where(entry => entry.Phase != PanelPhases.Question && isShown(entry.Seat));
        return
        [
            .. Anonymity.Veiled(state, said, viewer.Id).Concat(Anonymity.ByRole(state, asked, viewer.Id)).OrderBy(entry => entry.Round),
        ];
    }

    /// <summary>What is passed on of what the questioner says: its questions, and nothing else.</summary>
    private static PanelEntry Passed(PanelEntry entry)
    {
        var questions = Questions.Of(entry.Said);
        return entry with { Said = new(string.Join('\n', questions)) { Points = questions } };
    }
}
