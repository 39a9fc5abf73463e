using System.Collections.Immutable;
using Colloquy.Memory;
using Colloquy.Runs;

namespace Colloquy.Sessions;

/// <param name="Head">The message that the next one follows, or null at the beginning.</param>
/// <param name="Running">The run being answered, or null.</param>
/// <param name="Waiting">Runs behind it, first in line first.</param>
[GenerateSerializer, Alias("session.view"), Immutable]
public sealed record SessionView(
    string Id, string Title, string? Agent, SessionMode Mode, string? Tier, string Owner,
    ImmutableSortedDictionary<string, string> Metadata, string? Head, string? Running, ImmutableArray<string> Waiting,
    ForkOrigin? ForkedFrom, long Seq, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A question and its answer, as a prompt remembers them.</summary>
/// <param name="MessageId">The answer's id, or the question's where no answer came.</param>
[GenerateSerializer, Alias("session.exchange"), Immutable]
public sealed record Exchange(string MessageId, string Question, string Answer);

/// <summary>Where a session branched off another: everything up to and including this sequence number is shared.</summary>
[GenerateSerializer, Alias("session.origin"), Immutable]
public sealed record ForkOrigin(string Session, string MessageId, long Seq, int Depth);

/// <summary>All that a fork carries: constant in size, whatever the session's length.</summary>
[GenerateSerializer, Alias("session.forkpoint"), Immutable]
public sealed record ForkPoint(
    ForkOrigin Origin, string? Agent, string? Tier, string Title, string? Instructions, string Summary, ImmutableArray<Exchange> Window,
    SessionMode Mode = SessionMode.Manual);

/// <summary>One committed event: the journal's own line, which is also what goes over the wire.</summary>
/// <param name="Type">The event's name, as in the line.</param>
/// <param name="RunId">The run it belongs to, or null.</param>
/// <param name="Json">The line, UTF-8.</param>
[GenerateSerializer, Alias("session.event"), Immutable]
public sealed record EventLine(long Seq, string Type, string? RunId, byte[] Json)
{
    /// <summary>The message that it is about, or null.</summary>
    [Id(0)] public string? MessageId { get; init; }
}

[GenerateSerializer, Alias("session.page"), Immutable]
public sealed record EventPage(long Head, ImmutableArray<EventLine> Events);

/// <summary>What is being written and has not been committed.</summary>
/// <param name="Attempt">Grows when a crash made the answer begin anew: text of two attempts never mixes.</param>
/// <param name="Seat">Of a panel, who is writing; else null.</param>
/// <param name="Round">Of a panel, in which round; else null.</param>
[GenerateSerializer, Alias("session.partial"), Immutable]
public sealed record PartialAnswer(string RunId, string MessageId, long Attempt, string Text, string? Seat = null, int? Round = null);

/// <param name="Partials">What is being written: of a session one answer at most, of a panel one text for every seat.</param>
[GenerateSerializer, Alias("session.position"), Immutable]
public sealed record LivePosition(bool Exists, long Head, ImmutableArray<PartialAnswer> Partials);

/// <summary>A live push: always the head, sometimes text. Without a message it is a heartbeat.</summary>
/// <param name="Offset">Characters (UTF-16 units) of the attempt's text before <paramref name="Text"/>.</param>
/// <param name="Seat">Of a panel, who is writing; else null.</param>
/// <param name="Round">Of a panel, in which round; else null.</param>
[GenerateSerializer, Alias("session.frame"), Immutable]
public sealed record LiveFrame(
    long Head, string? RunId, string? MessageId, long Attempt, int Offset, string Text, string? Seat = null, int? Round = null);

/// <summary>The token budget of a prompt by part. Counts are estimates, made before the model counts.</summary>
[GenerateSerializer, Alias("session.context"), Immutable]
public sealed record ContextView(
    int WindowTokens, ImmutableArray<ContextPart> Parts, string Summary, ImmutableArray<Exchange> Window)
{
    /// <summary>What would be remembered of earlier conversations, if the last question were asked again.</summary>
    [Id(0)] public ImmutableArray<MemoryNote> Memory { get; init; } = [];
}

[GenerateSerializer, Alias("session.context.part"), Immutable]
public sealed record ContextPart(string Name, int Tokens, int Limit);
