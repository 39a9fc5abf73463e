using System.Collections.Immutable;
using Colloquy.Knowledge;

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

/// <summary>Reads what a session's journal says, page by page. Keyed like the session, so that reading never waits behind
/// writing.</summary>
[Alias("transcript")]
public interface ITranscriptGrain : IGrainWithStringKey
{
    /// <summary>Messages in the order in which they came; those that a fork inherited come first.</summary>
    /// <param name="cursor">Where to go on, or null.</param>
    [Alias("messages")]
    Task<MessagePage> Messages(string? cursor, int limit);

    /// <summary>A run by its id, or null.</summary>
    [Alias("run")]
    Task<RunView?> Run(string runId);

    /// <summary>A page of the tenant's sessions, newest first. Keyed by <c>{tenant}/sessions</c>.</summary>
    [Alias("lines")]
    Task<ImmutableArray<EventLine>> Lines(long after, int limit);
}
