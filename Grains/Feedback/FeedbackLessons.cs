using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Kernel;
using Colloquy.Selection;

namespace Colloquy.Feedback;

/// <summary>Who learns what from a rating.</summary>
/// <remarks>
/// An answer teaches the calibration of its agent; what was said is replaced by what is said later, and taken back with it. An
/// answer whose agent was selected also teaches the ranker, and so does a rated selection. The ranker cannot unlearn: a changed
/// opinion is a further label, a rating that was taken back none, and the same opinion said again (up, and then more up)
/// nothing. A rated turn of a panel teaches the calibration of its member, where it said how sure it was, and the track record of the
/// standing panel, where it was a meeting of one. A rated outcome is a word about every member whose position prevailed, and about
/// nobody else: that an answer is wrong does not make right whoever dissented, for there are many ways to be wrong. Whoever rates a
/// turn and the outcome has said two things. From citations and tool calls nobody learns so far.
/// </remarks>
internal static class FeedbackLessons
{
    /// <param name="before">What the author said until now, or null.</param>
    /// <param name="revision">Of the change: it makes the ranker's key, so that a repeat is known and a new opinion is new.</param>
    public static ImmutableArray<FeedbackLesson> Of(
        GiveFeedback command, FeedbackSubject subject, FeedbackEntry? before, long revision)
    {
        bool? right = command.Rating == 0 ? null : command.Rating > 0;
        bool? rightBefore = before is null or { Rating: 0 } ? null : before.Rating > 0;
        var lessons = ImmutableArray.CreateBuilder<FeedbackLesson>();
        if (subject is { Agent: { } agent, Confidence: { } value } && (right is not null || rightBefore is not null))
            lessons.Add(new(Learners.Calibration, $"{command.Target.Key}|{command.Author}", agent, right, value));
        if (subject.Choice is { } choice && (right != rightBefore || command.Agent != before?.Agent))
            lessons.AddRange(Opinions(command, subject, choice, right).Select((opinion, at) => new FeedbackLesson(
                Learners.Ranker, KeyOf(command, revision, at), opinion.Agent, opinion.Fits,
                Question: Texts.First(choice.Question, SelectionLimits.TextCharacters))));
        if (subject.Panel is { } panel && (right is not null || rightBefore is not null))
            lessons.AddRange(panel.Positions.SelectMany(position => Of(command, panel, position, right)));
        return lessons.ToImmutable();
    }

    private static IEnumerable<FeedbackLesson> Of(GiveFeedback command, RatedPositions panel, RatedPosition position, bool? right)
    {
        var key = $"{command.Target.Key}|{command.Author}|{position.Seat}";
        if (position.Confidence is { } value)
            yield return new(Learners.Calibration, key, position.Agent, right, value);
        if (panel.Standing is { } standing)
            yield return new(Learners.Standing, key, position.Agent, right, Question: panel.Question) { Panel = standing };
    }

    private static IEnumerable<(string Agent, bool Fits)> Opinions(
        GiveFeedback command, FeedbackSubject subject, AutomaticChoice choice, bool? right)
    {
        // Of an answer only the one who gave it is rated, and of a choice all who were chosen.
        var rated = subject.Agent is { } agent ? choice.Chosen.Where(one => one == agent) : choice.Chosen;
        if (right is { } fits)
            foreach (var one in rated.Where(one => one != command.Agent))
                yield return (one, fits);
        if (command.Agent is { } better && right is not null)
            yield return (better, true);
    }

    private static string KeyOf(GiveFeedback command, long revision, int number) => string.Create(
        CultureInfo.InvariantCulture, $"{command.Target.Key}|{command.Author}|{revision}.{number}");
}
