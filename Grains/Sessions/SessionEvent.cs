using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Runs;
using Colloquy.Selection;

namespace Colloquy.Sessions;

/// <summary>
/// What happened in a session. The journal, the event stream and the export speak this vocabulary: the names are literals, on
/// disk and on the wire for ever, and members are only ever added.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(SessionCreated), "session.created")]
[JsonDerivedType(typeof(SessionChanged), "session.changed")]
[JsonDerivedType(typeof(ContextSummarised), "context.summarised")]
[JsonDerivedType(typeof(MessageAccepted), "message.accepted")]
[JsonDerivedType(typeof(MessageCompleted), "message.completed")]
[JsonDerivedType(typeof(RunAccepted), "run.accepted")]
[JsonDerivedType(typeof(RunStarted), "run.started")]
[JsonDerivedType(typeof(AgentSelected), "agent.selected")]
[JsonDerivedType(typeof(SelectionOverridden), "selection.overridden")]
[JsonDerivedType(typeof(PanelOpened), "panel.opened")]
[JsonDerivedType(typeof(RetrievalCompleted), "retrieval.completed")]
[JsonDerivedType(typeof(MemoryRecalled), "memory.recalled")]
[JsonDerivedType(typeof(MemoryProposed), "memory.proposed")]
[JsonDerivedType(typeof(ToolCalled), "tool.called")]
[JsonDerivedType(typeof(ToolCompleted), "tool.completed")]
[JsonDerivedType(typeof(ToolFailed), "tool.failed")]
[JsonDerivedType(typeof(RunCompleted), "run.completed")]
[JsonDerivedType(typeof(RunFailed), "run.failed")]
[JsonDerivedType(typeof(RunCancelled), "run.cancelled")]
[JsonDerivedType(typeof(RunExpired), "run.expired")]
[JsonDerivedType(typeof(RunBudgetExhausted), "run.budget_exhausted")]
public record SessionEvent(DateTimeOffset At); // not abstract: a newer silo's event reads as this, and moves nothing

public sealed record SessionCreated(
    DateTimeOffset At, string SessionId, string Owner, string Title, string? Agent, SessionMode Mode, string? Tier,
    ImmutableSortedDictionary<string, string> Metadata, string? Instructions, ImmutableArray<Exchange> History, string Summary,
    ForkOrigin? ForkedFrom, bool IsListed, string Fingerprint, bool? Forgets = null) : SessionEvent(At);

public sealed record SessionChanged(
    DateTimeOffset At, string? Title, string? Agent, ImmutableSortedDictionary<string, string>? Metadata) : SessionEvent(At);

/// <summary>The oldest exchanges of the window, up to and including one, are now told by a summary.</summary>
public sealed record ContextSummarised(DateTimeOffset At, string RunId, string Through, string Text) : SessionEvent(At);

public sealed record MessageAccepted(
    DateTimeOffset At, string RunId, string MessageId, string? ParentId, string Author, string Content) : SessionEvent(At);

/// <summary>The whole answer. Every question gets exactly one, also when its run failed or was cancelled: then it is the text
/// that had been written, or none.</summary>
public sealed record MessageCompleted(
    DateTimeOffset At, string RunId, string MessageId, string ParentId, string Agent, string Content,
    ImmutableArray<Citation> Citations, Confidence? Confidence, string Finish, string? Model) : SessionEvent(At)
{
    /// <summary>What came of checking the citations, or null if there was nothing to check.</summary>
    public CitationCounts? CitationCounts { get; init; }

    /// <summary>The panel whose outcome it tells, or null.</summary>
    public string? PanelId { get; init; }
}

/// <summary>The agent's version is pinned here, so that an answer given later is given by the expert who was asked.</summary>
/// <param name="Reserved">Tokens that were set aside for it.</param>
/// <param name="Panel">The panel that is to answer, or null.</param>
public sealed record RunAccepted(
    DateTimeOffset At, string RunId, string MessageId, string AnswerId, string Agent, int AgentVersion, bool IsWaiting, long Reserved,
    SessionPanel? Panel = null) : SessionEvent(At);

/// <param name="Epoch">The epoch of the activation that began it: later ones are further attempts.</param>
public sealed record RunStarted(
    DateTimeOffset At, string RunId, string MessageId, string AnswerId, string Agent, int AgentVersion, long Epoch)
    : SessionEvent(At);

/// <summary>Selection has chosen who answers, or that the service itself does: by a question, or by saying that nobody here covers
/// this.</summary>
/// <param name="Agent">Who answers, pinned with its version; null with <paramref name="Reply"/>.</param>
/// <param name="Reply">What the service answers by itself, or null.</param>
/// <param name="Panel">The panel of those who were chosen, where they are several; then the agent is
/// <see cref="Agents.AgentIds.Panel"/>.</param>
public sealed record AgentSelected(
    DateTimeOffset At, string RunId, AgentSelection Selection, string? Agent, int AgentVersion, string? Reply,
    SessionPanel? Panel = null) : SessionEvent(At);

/// <summary>The question was put to a panel: its own journal tells the rest, and its outcome is the answer.</summary>
public sealed record PanelOpened(DateTimeOffset At, string RunId, string PanelId, string PanelRunId, string Protocol)
    : SessionEvent(At);

/// <summary>After an automatic choice the user took another agent by hand: a label for whoever chooses.</summary>
/// <param name="SelectedRun">The run of the automatic choice.</param>
/// <param name="Chosen">Whom it chose.</param>
/// <param name="Taken">Whom the user took.</param>
public sealed record SelectionOverridden(DateTimeOffset At, string RunId, string SelectedRun, string Chosen, string Taken)
    : SessionEvent(At);

public sealed record RetrievalCompleted(DateTimeOffset At, string RunId, ImmutableArray<Source> Sources) : SessionEvent(At);

/// <summary>A passage that the answer was written from: <c>[n]</c> is the n-th.</summary>
public sealed record Source(string DocumentId, string Title, string Heading, int Start, int End, double Score);

/// <summary>What the prompt was told of earlier conversations.</summary>
public sealed record MemoryRecalled(DateTimeOffset At, string RunId, ImmutableArray<MemoryNote> Facts) : SessionEvent(At);

/// <summary>What is remembered from this turn on, as proposals: their owner sees them, and takes back what is wrong.</summary>
public sealed record MemoryProposed(DateTimeOffset At, string RunId, ImmutableArray<MemoryNote> Facts) : SessionEvent(At);

/// <summary>A tool is about to be called. The call's id is the tool's idempotency key, whoever calls it and how often.</summary>
public sealed record ToolCalled(DateTimeOffset At, string RunId, string CallId, string Tool, string Arguments, string ModelCallId)
    : SessionEvent(At);

public sealed record ToolCompleted(DateTimeOffset At, string RunId, string CallId, string Result) : SessionEvent(At);

public sealed record ToolFailed(DateTimeOffset At, string RunId, string CallId, RunError Error) : SessionEvent(At);

public sealed record RunCompleted(DateTimeOffset At, string RunId, Usage Usage) : SessionEvent(At);

public sealed record RunFailed(DateTimeOffset At, string RunId, RunError Error, Usage Usage) : SessionEvent(At);

/// <param name="Reason"><c>requested</c>, <c>interrupted</c>, <c>rolled_back</c> or <c>superseded</c>.</param>
public sealed record RunCancelled(DateTimeOffset At, string RunId, string Reason) : SessionEvent(At);

public sealed record RunExpired(DateTimeOffset At, string RunId) : SessionEvent(At);

public sealed record RunBudgetExhausted(DateTimeOffset At, string RunId) : SessionEvent(At);
