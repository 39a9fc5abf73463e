using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Colloquy.Feedback;

/// <summary>What everybody says of one target.</summary>
[GenerateSerializer, Alias("feedback.state"), Immutable]
internal sealed record FeedbackState
{
    public static readonly FeedbackState Empty = new();

    /// <summary>One for each author, the latest change last; at most <see cref="FeedbackLimits.Authors"/>.</summary>
    [Id(0)] public ImmutableArray<FeedbackEntry> Entries { get; init; } = [];

    /// <summary>Counts the changes.</summary>
    [Id(1)] public long Revision { get; init; }

    /// <summary>Whether somebody has yet to learn something.</summary>
    internal bool IsOutstanding => Entries.Any(entry => !entry.Outstanding.IsEmpty);

    internal FeedbackEntry? Find(string author) => Entries.FirstOrDefault(entry => entry.Author == author);
}

/// <summary>What an author says.</summary>
/// <param name="Rating">0: nothing any more.</param>
/// <param name="Revision">The change that this came with.</param>
/// <param name="Operations">The author's latest commands, to know repeats by; at most
/// <see cref="FeedbackProtocol.OperationsMax"/>.</param>
/// <param name="Learned">Who learns from it.</param>
/// <param name="Outstanding">What they have yet to be told.</param>
[GenerateSerializer, Alias("feedback.entry"), Immutable]
internal sealed record FeedbackEntry(
    string Author, double Rating, string? Comment, string? Agent, DateTimeOffset At, long Revision,
    ImmutableArray<FeedbackOperation> Operations, ImmutableArray<string> Learned, ImmutableArray<FeedbackLesson> Outstanding)
{
    /// <summary>Whether it was taken back, and nothing is left to see.</summary>
    internal bool IsEmpty => Rating == 0 && Comment is null;

    internal FeedbackView View(FeedbackTarget target) => new(Author, target, Rating, Comment, Agent, At);
}

[GenerateSerializer, Alias("feedback.operation"), Immutable]
internal sealed record FeedbackOperation(string Operation, string Fingerprint);

/// <summary>What somebody is to learn. Telling it twice teaches nothing new, for the key is the same.</summary>
/// <param name="Learner">A name of <see cref="Learners"/>.</param>
/// <param name="Agent">Whom it is about.</param>
/// <param name="Right">Whether the answer, or the choice of the agent, was right; null takes an earlier lesson back.</param>
/// <param name="Value">For a calibration: how sure the answer was, before calibration.</param>
/// <param name="Question">For the ranker: what the agent was chosen for. For a standing panel: what it was asked.</param>
[GenerateSerializer, Alias("feedback.lesson"), Immutable]
internal sealed record FeedbackLesson(
    string Learner, string Key, string Agent, bool? Right, double Value = 0, string Question = "")
{
    /// <summary>For a standing panel: which. Not spelled where there is none, as lessons before it were not.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Panel { get; init; }
}

/// <summary>Who can learn: literals of the wire and of stored documents.</summary>
internal static class Learners
{
    public const string Calibration = "calibration";
    public const string Ranker = "ranker";

    /// <summary>A standing panel's track record of a member.</summary>
    public const string Standing = "standing";
}
