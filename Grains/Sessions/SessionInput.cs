using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Runs;
using Colloquy.Selection;

namespace Colloquy.Sessions;

/// <summary>Everything that can reach the session protocol. Time, ids and what models wrote arrive here.</summary>
internal abstract record SessionInput(DateTimeOffset At)
{
    public sealed record Create(DateTimeOffset At, string Id, CreateSession Command) : SessionInput(At);

    public sealed record Change(DateTimeOffset At, ChangeSession Command) : SessionInput(At);

    /// <param name="Agent">The published version of the agent that is to answer; null if one is to be selected.</param>
    /// <param name="Reserved">Tokens that are set aside before this is committed.</param>
    /// <param name="Written">What the running answer says so far: an interruption keeps it.</param>
    public sealed record Send(DateTimeOffset At, long Epoch, SendMessage Command, AgentProfile? Agent, long Reserved, string Written)
        : SessionInput(At);

    /// <param name="Written">What the answer says so far.</param>
    public sealed record Cancel(DateTimeOffset At, long Epoch, string RunId, string Written) : SessionInput(At);

    /// <summary>The clock: runs have an end.</summary>
    public sealed record Tick(DateTimeOffset At, long Epoch, string Written) : SessionInput(At);

    /// <summary>Somebody, or nobody, was selected to answer.</summary>
    public sealed record Select(
        DateTimeOffset At, string RunId, AgentSelection Selection, AgentProfile? Agent, string? Reply, SessionPanel? Panel = null)
        : SessionInput(At);

    /// <summary>The question was put to a panel.</summary>
    public sealed record Convene(DateTimeOffset At, string RunId, string PanelId, string Protocol) : SessionInput(At);

    /// <summary>The model wants tools called.</summary>
    public sealed record Call(DateTimeOffset At, string RunId, ImmutableArray<RequestedCall> Calls) : SessionInput(At);

    public sealed record Return(DateTimeOffset At, string RunId, ImmutableArray<CallResult> Results) : SessionInput(At);

    /// <summary>The writer is done, for better or worse.</summary>
    public sealed record Write(DateTimeOffset At, long Epoch, string RunId, TurnOutcome Outcome) : SessionInput(At);
}

/// <summary>A call that a model asked for.</summary>
/// <param name="ModelCallId">The id that the model gave it.</param>
[GenerateSerializer, Alias("turn.call"), Immutable]
public sealed record RequestedCall(string Tool, string Arguments, string ModelCallId);

/// <summary>What came of a call: a result or an error.</summary>
[GenerateSerializer, Alias("turn.result"), Immutable]
public sealed record CallResult(string CallId, string? Result, RunError? Error);

/// <summary>The exchanges that were folded into a new summary, up to and including one.</summary>
[GenerateSerializer, Alias("turn.summary"), Immutable]
public sealed record NewSummary(string Through, string Text);

/// <summary>All that came of writing an answer.</summary>
/// <param name="Finish"><c>completed</c>, <c>failed</c> or <c>budget_exhausted</c>.</param>
/// <param name="Content">The answer, or what there was of it.</param>
[GenerateSerializer, Alias("turn.outcome"), Immutable]
public sealed record TurnOutcome(
    string Finish, string Content, ImmutableArray<Passage> Passages, ImmutableArray<Citation> Citations, Confidence? Confidence,
    Usage Usage, string? Model, RunError? Error, NewSummary? Summary)
{
    [Id(0)] public CitationCounts? CitationCounts { get; init; }

    /// <summary>What the prompt was told of earlier conversations.</summary>
    [Id(1)] public ImmutableArray<MemoryNote> Recalled { get; init; } = [];

    /// <summary>What has been recorded as a proposal.</summary>
    [Id(2)] public ImmutableArray<MemoryNote> Proposed { get; init; } = [];

    /// <summary>The panel whose outcome it tells, or null.</summary>
    [Id(3)] public string? PanelId { get; init; }
}

/// <summary>What follows from an input: events to commit, or a refusal, or nothing.</summary>
internal sealed record SessionStep(SessionState State, ImmutableArray<SessionEvent> Events, SendStatus? Refusal = null)
{
    public static SessionStep From(SessionState state) => new(state, []);

    public SessionStep Then(SessionEvent @event) => this with { State = State.Apply(@event), Events = Events.Add(@event) };

    public SessionStep Refuse(SendStatus refusal) => this with { Refusal = refusal };
}
