using System.Collections.Immutable;

namespace Colloquy.Feedback;

/// <summary>What people say of something that the service did, keyed by <c>{tenant}/{target}</c> where the target is spelled by
/// <see cref="FeedbackTarget.Key"/>. What is said reaches whoever can learn from it.</summary>
[Alias("feedback")]
public interface IFeedbackGrain : IGrainWithStringKey
{
    /// <summary>Records what an author says, in place of what they said before. Durable on return, and so is what was learned from
    /// it; a repeat changes nothing.</summary>
    [Alias("give")]
    Task<FeedbackResult> Give(GiveFeedback command);

    /// <summary>What is said now, by author; what was taken back is not.</summary>
    [Alias("all"), AlwaysInterleave]
    Task<ImmutableArray<FeedbackView>> All();
}

/// <summary>What feedback is about.</summary>
/// <param name="Type"><c>message</c> (an answer), <c>citation</c>, <c>selection</c>, <c>panel_turn</c> or <c>tool_call</c>.</param>
/// <param name="Id">An answer's message id; for a selection its run's id; for a tool call the call's id; for a panel turn the
/// run's id.</param>
/// <param name="Part">Of a citation its number in the answer, of a panel turn the seat, or null for the panel's outcome; else
/// null.</param>
[GenerateSerializer, Alias("feedback.target"), Immutable]
public sealed record FeedbackTarget(string Type, string Id, string? Part = null)
{
    /// <summary>The target as part of a grain's key.</summary>
    public string Key => Part is null ? $"{Type}:{Id}" : $"{Type}:{Id}:{Part}";

    /// <summary>Reads a <see cref="Key"/>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static FeedbackTarget Of(string key) => key.Split(':') switch
    {
        [var type, var id] => new FeedbackTarget(type, id),
        [var type, var id, var part] => new FeedbackTarget(type, id, part),
        _ => throw new FormatException($"{key} is no target of feedback."),
    };
}

/// <summary>What can be rated: literals of the wire and of grain keys.</summary>
public static class FeedbackTypes
{
    public const string Message = "message";
    public const string Citation = "citation";
    public const string Selection = "selection";
    public const string PanelTurn = "panel_turn";
    public const string ToolCall = "tool_call";

    public static readonly ImmutableArray<string> All = [Message, Citation, Selection, PanelTurn, ToolCall];
}

public static class FeedbackLimits
{
    /// <summary>Authors who may say something of one target: all are lines of one document.</summary>
    public const int Authors = 1_000;

    public const int CommentCharacters = 2_000;
}

/// <param name="Rating">-1 (wrong) to 1 (right); 0 takes an earlier rating back.</param>
/// <param name="Agent">With a selection: the agent that would have been right, or null.</param>
[GenerateSerializer, Alias("feedback.give"), Immutable]
public sealed record GiveFeedback(
    string Author, FeedbackTarget Target, double Rating, string? Comment, string? Agent, string Operation, string Fingerprint);

[GenerateSerializer, Alias("feedback.status")]
public enum FeedbackStatus { Recorded, TargetNotFound, KeyReused, TooMany, UnknownAgent }

/// <param name="Learned">What learned from it: <c>calibration</c>, <c>ranker</c>, <c>standing</c>; empty if nothing did.</param>
[GenerateSerializer, Alias("feedback.result"), Immutable]
public sealed record FeedbackResult(FeedbackStatus Status, FeedbackView? Feedback = null, ImmutableArray<string> Learned = default);

[GenerateSerializer, Alias("feedback.view"), Immutable]
public sealed record FeedbackView(
    string Author, FeedbackTarget Target, double Rating, string? Comment, string? Agent, DateTimeOffset At);
