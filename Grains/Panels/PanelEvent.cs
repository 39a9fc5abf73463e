using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Colloquy.Runs;

namespace Colloquy.Panels;

/// <summary>
/// What happened on a panel. Journal and event stream speak this vocabulary: the names are literals, on disk and on the wire for
/// ever, and members are only ever added.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(PanelConvened), "panel.convened")]
[JsonDerivedType(typeof(PanelAccepted), "run.accepted")]
[JsonDerivedType(typeof(PanelStarted), "run.started")]
[JsonDerivedType(typeof(RoundOpened), "panel.round.opened")]
[JsonDerivedType(typeof(PositionTaken), "panel.position")]
[JsonDerivedType(typeof(VoteCast), "panel.vote")]
[JsonDerivedType(typeof(RemarkMade), "panel.remark")]
[JsonDerivedType(typeof(SeatAbsent), "panel.absent")]
[JsonDerivedType(typeof(RoundClosed), "panel.round.closed")]
[JsonDerivedType(typeof(PanelSteered), "panel.steered")]
[JsonDerivedType(typeof(PanelConcluded), "panel.concluded")]
[JsonDerivedType(typeof(PanelCompleted), "run.completed")]
[JsonDerivedType(typeof(PanelFailed), "run.failed")]
[JsonDerivedType(typeof(PanelCancelled), "run.cancelled")]
[JsonDerivedType(typeof(PanelExpired), "run.expired")]
[JsonDerivedType(typeof(PanelBudgetExhausted), "run.budget_exhausted")]
internal record PanelEvent(DateTimeOffset At); // not abstract: a newer silo's event reads as this, and moves nothing

/// <summary>Everything that the panel will be held by: fixed from now on, whatever happens to agents and weights.</summary>
internal sealed record PanelConvened(DateTimeOffset At, string RunId, PanelCharter Charter) : PanelEvent(At);

internal sealed record PanelAccepted(DateTimeOffset At, string RunId, string Kind, string PanelId) : PanelEvent(At);

/// <param name="Epoch">Of the activation that began it.</param>
internal sealed record PanelStarted(DateTimeOffset At, string RunId, long Epoch) : PanelEvent(At);

/// <param name="Round">Counted from 1 over the whole panel.</param>
/// <param name="Cycle">The pass of the protocol that it belongs to.</param>
/// <param name="Deadlines">Who is invited, and until when.</param>
internal sealed record RoundOpened(
    DateTimeOffset At, string RunId, int Round, int Cycle, string Phase, ImmutableSortedDictionary<string, DateTimeOffset> Deadlines)
    : PanelEvent(At);

/// <summary>A seat has said what it was asked for.</summary>
/// <param name="MessageId">What its words had while they were being written.</param>
/// <param name="Model">Null for a person.</param>
internal abstract record SeatSpoke(
    DateTimeOffset At, string RunId, int Round, string Phase, string Seat, string MessageId, Contribution Said, Usage Usage,
    string? Model) : PanelEvent(At);

internal sealed record PositionTaken(
    DateTimeOffset At, string RunId, int Round, string Phase, string Seat, string MessageId, Contribution Said, Usage Usage,
    string? Model) : SeatSpoke(At, RunId, Round, Phase, Seat, MessageId, Said, Usage, Model);

internal sealed record VoteCast(
    DateTimeOffset At, string RunId, int Round, string Phase, string Seat, string MessageId, Contribution Said, Usage Usage,
    string? Model) : SeatSpoke(At, RunId, Round, Phase, Seat, MessageId, Said, Usage, Model);

internal sealed record RemarkMade(
    DateTimeOffset At, string RunId, int Round, string Phase, string Seat, string MessageId, Contribution Said, Usage Usage,
    string? Model) : SeatSpoke(At, RunId, Round, Phase, Seat, MessageId, Said, Usage, Model);

/// <param name="Reason">One of <see cref="AbsenceReasons"/>.</param>
/// <param name="Usage">What was spent all the same.</param>
internal sealed record SeatAbsent(
    DateTimeOffset At, string RunId, int Round, string Seat, string MessageId, string Reason, RunError? Error, Usage Usage)
    : PanelEvent(At);

internal sealed record RoundClosed(DateTimeOffset At, string RunId, int Round, int Invited, int Answered) : PanelEvent(At);

internal sealed record PanelSteered(DateTimeOffset At, string RunId, string Author, string Text) : PanelEvent(At);

internal sealed record PanelConcluded(DateTimeOffset At, string RunId, PanelOutcome Outcome) : PanelEvent(At);

internal sealed record PanelCompleted(DateTimeOffset At, string RunId, Usage Usage) : PanelEvent(At);

internal sealed record PanelFailed(DateTimeOffset At, string RunId, RunError Error, Usage Usage) : PanelEvent(At);

/// <param name="Reason"><c>requested</c>.</param>
internal sealed record PanelCancelled(DateTimeOffset At, string RunId, string Reason) : PanelEvent(At);

internal sealed record PanelExpired(DateTimeOffset At, string RunId) : PanelEvent(At);

internal sealed record PanelBudgetExhausted(DateTimeOffset At, string RunId) : PanelEvent(At);
