using System.Collections.Immutable;
using Colloquy.Knowledge;
using Colloquy.Runs;

namespace Colloquy.Sessions;

/// <summary>A message as <c>GET /v1/sessions/{id}/messages</c> shows it.</summary>
/// <param name="ParentId">The message it follows: messages form a tree.</param>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
/// <param name="Finish">How an answer ended: <c>completed</c>, <c>cancelled</c>, <c>failed</c>, <c>expired</c>,
/// <c>rolled_back</c> or <c>budget_exhausted</c>; null for a question.</param>
[GenerateSerializer, Alias("session.message"), Immutable]
public sealed record MessageView(
    string Id, string? ParentId, string Role, string? Agent, string Content, ImmutableArray<Citation> Citations,
    Confidence? Confidence, string RunId, long Seq, DateTimeOffset At, string? Finish);

/// <param name="Next">Where the following page begins, or null at the end.</param>
[GenerateSerializer, Alias("session.messages"), Immutable]
public sealed record MessagePage(ImmutableArray<MessageView> Items, string? Next);

/// <summary>Reads what a session's journal says, keyed like the session, so that reading never waits behind writing.</summary>
[Alias("transcript")]
public interface ITranscriptGrain : IGrainWithStringKey
{
    /// <summary>Messages in the order in which they came; those that a fork inherited come first.</summary>
    /// <param name="cursor">Where to go on, or null.</param>
    [Alias("messages"), AlwaysInterleave]
    Task<MessagePage> Messages(string? cursor, int limit);

    /// <summary>A run of this session by its id, or null.</summary>
    [Alias("run"), AlwaysInterleave]
    Task<RunView?> Run(string runId);

    /// <summary>Takes an exported journal back, whole. Refused unless the chain of hashes holds, and where the session exists.
    /// Durable on return.</summary>
    [Alias("import")]
    Task<ImportResult> Import(ImmutableArray<byte[]> lines);
}

[GenerateSerializer, Alias("session.import.status")]
public enum ImportStatus { Imported, Exists, NotAnExport, Broken }

/// <param name="Seq">The first line that does not hold, with <see cref="ImportStatus.Broken"/>.</param>
[GenerateSerializer, Alias("session.import.result"), Immutable]
public sealed record ImportResult(ImportStatus Status, long Seq = 0);

/// <summary>The sessions of a tenant, keyed by <c>{tenant}/sessions</c>.</summary>
[Alias("sessions")]
public interface ISessionListGrain : IGrainWithStringKey
{
    /// <summary>Sessions by falling time of the last message.</summary>
    /// <param name="words">Every word must occur in the title or a message; the last may be a beginning. Null lists all.</param>
    /// <param name="cursor">Where to go on, or null.</param>
    /// <exception cref="FormatException">The cursor is none of this list's.</exception>
    [Alias("list"), AlwaysInterleave]
    Task<SessionPage> List(string? words, string? cursor, int limit);
}

/// <param name="Preview">The beginning of the last question.</param>
[GenerateSerializer, Alias("session.summary"), Immutable]
public sealed record SessionSummary(
    string Id, string Title, string? Agent, string Preview, string Owner, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

[GenerateSerializer, Alias("session.list"), Immutable]
public sealed record SessionPage(ImmutableArray<SessionSummary> Items, string? Next);
