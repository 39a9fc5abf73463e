using System.Collections.Immutable;

namespace Colloquy.Feedback;

/// <summary>
/// What people say of one target, as a pure function. A command may come twice, and an old one after a newer one: neither changes
/// anything. An unchanged state is the same object; one that is outstanding must be settled before the next command.
/// </summary>
internal static class FeedbackProtocol
{
    /// <summary>Commands of an author that are remembered. A repeat comes within minutes.</summary>
    public const int OperationsMax = 16;

    /// <summary>What a command is answered that was carried out before, or null for a new one.</summary>
    public static FeedbackResult? Repeated(FeedbackState state, GiveFeedback command) =>
        state.Find(command.Author) is { } entry
        && entry.Operations.FirstOrDefault(one => one.Operation == command.Operation) is { } earlier
            ? earlier.Fingerprint == command.Fingerprint
                ? Recorded(entry, command) : new FeedbackResult(FeedbackStatus.KeyReused)
            : null;

    /// <param name="subject">What the target is, or null if there is no such thing.</param>
    public static (FeedbackState Next, FeedbackResult Answer) Give(
        FeedbackState state, GiveFeedback command, FeedbackSubject? subject, DateTimeOffset at)
    {
        if (Repeated(state, command) is { } repeated)
            return (state, repeated);
        if (subject is null)
            return (state, new FeedbackResult(FeedbackStatus.TargetNotFound));
        if (state.IsOutstanding)
            throw new InvalidOperationException("What was said before has to be learned first.");
        var before = state.Find(command.Author);
        var others = before is null ? WithRoom(state.Entries) : state.Entries.Remove(before);
        if (others.Length >= FeedbackLimits.Authors)
            return (state, new FeedbackResult(FeedbackStatus.TooMany));

        var revision = state.Revision + 1;
        var lessons = FeedbackLessons.Of(command, subject, before, revision);
        var entry = new FeedbackEntry(
            command.Author, command.Rating, command.Comment, command.Agent, at, revision, Operations(before, command),
            [.. lessons.Select(lesson => lesson.Learner).Distinct(StringComparer.Ordinal)], lessons);
        return (new FeedbackState { Entries = others.Add(entry), Revision = revision }, Recorded(entry, command));
    }

    /// <summary>What was outstanding has been learned.</summary>
    public static FeedbackState Settle(FeedbackState state) => state.IsOutstanding
        ? state with { Entries = [.. state.Entries.Select(entry => entry with { Outstanding = [] })] }
        : state;

    /// <summary>What is said now.</summary>
    public static ImmutableArray<FeedbackView> All(FeedbackState state, FeedbackTarget target) =>
        [.. state.Entries.Where(entry => !entry.IsEmpty).Select(entry => entry.View(target))];

    // Who says nothing any more gives way, the longest silent first.
    private static ImmutableArray<FeedbackEntry> WithRoom(ImmutableArray<FeedbackEntry> entries) =>
        entries.Length >= FeedbackLimits.Authors && entries.FirstOrDefault(entry => entry.IsEmpty) is { } silent
            ? entries.Remove(silent) : entries;

    private static ImmutableArray<FeedbackOperation> Operations(FeedbackEntry? before, GiveFeedback command)
    {
        var known = before?.Operations ?? [];
        return (known.Length < OperationsMax ? known : known.RemoveAt(0))
            .Add(new FeedbackOperation(command.Operation, command.Fingerprint));
    }

    private static FeedbackResult Recorded(FeedbackEntry entry, GiveFeedback command) =>
        new(FeedbackStatus.Recorded, entry.View(command.Target), entry.Learned);
}
