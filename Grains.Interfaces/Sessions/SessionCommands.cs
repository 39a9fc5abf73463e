using System.Collections.Immutable;

namespace Colloquy.Sessions;

/// <summary>Who chooses the agent.</summary>
[GenerateSerializer, Alias("session.mode")]
public enum SessionMode
{
    None = 0,

    /// <summary>Mode 1: the caller names the agent.</summary>
    Manual = 1,

    /// <summary>Mode 2: the system selects the agent.</summary>
    Auto = 2,
}

/// <summary>What to do with a message that arrives while another is being answered.</summary>
[GenerateSerializer, Alias("session.busy")]
public enum OnBusy
{
    /// <summary>Refuse it and name the run.</summary>
    Reject,

    /// <summary>Answer it after those before it.</summary>
    Enqueue,

    /// <summary>End the running answer, keep its text, and go on from there. What waits is dropped.</summary>
    Interrupt,

    /// <summary>End the running answer and go on as if its question had never been asked. What waits is dropped.</summary>
    Rollback,
}

/// <param name="Owner">The credential that begins the session.</param>
/// <param name="Instructions">Added to the persona in every prompt of this session, or null.</param>
/// <param name="History">Turns that the session begins with.</param>
/// <param name="IsListed">Whether the session appears in lists and searches.</param>
/// <param name="Fingerprint">A hash of the request: a repeat with another one is refused.</param>
/// <param name="Forgets">True leaves memory alone: nothing is recalled for its prompts, and nothing recorded.</param>
[GenerateSerializer, Alias("session.create"), Immutable]
public sealed record CreateSession(
    string Owner, string? Title, string? Agent, SessionMode Mode, string? Tier, ImmutableSortedDictionary<string, string> Metadata,
    string? Instructions, ImmutableArray<Exchange> History, ForkPoint? Fork, bool IsListed, string Fingerprint,
    bool? Forgets = null);

/// <summary>Null leaves a field as it is.</summary>
[GenerateSerializer, Alias("session.change"), Immutable]
public sealed record ChangeSession(string? Title, string? Agent, ImmutableSortedDictionary<string, string>? Metadata);

/// <param name="Author">The credential that asks.</param>
/// <param name="Agent">Null takes the session's, or has one selected in mode 2. Who is named answers, whatever the session's
/// mode.</param>
/// <param name="Operation">The caller's idempotency key.</param>
/// <param name="Mode"><see cref="SessionMode.None"/> takes the session's.</param>
/// <param name="Fingerprint">A hash of the request: the same key with another one is refused.</param>
/// <param name="Panel">The panel that is to answer, or null; then nobody is named.</param>
[GenerateSerializer, Alias("session.send"), Immutable]
public sealed record SendMessage(
    string Author, string Content, string? Agent, OnBusy OnBusy, string Operation, string Fingerprint,
    SessionMode Mode = SessionMode.None, SessionPanel? Panel = null);

[GenerateSerializer, Alias("session.status")]
public enum SessionStatus { Done, NotFound, KeyReused, UnknownAgent }

[GenerateSerializer, Alias("session.result"), Immutable]
public sealed record SessionResult(SessionStatus Status, SessionView? Session = null);

[GenerateSerializer, Alias("session.send.status")]
public enum SendStatus { Accepted, NotFound, Busy, QueueFull, KeyReused, NoAgent, UnknownAgent, OverBudget }

/// <param name="RunId">The accepted run; with <see cref="SendStatus.Busy"/> the one that is running.</param>
/// <param name="Seq">The sequence number before the run's first event: where to begin watching it.</param>
[GenerateSerializer, Alias("session.send.result"), Immutable]
public sealed record SendResult(SendStatus Status, string? RunId = null, string? MessageId = null, long Seq = 0);
