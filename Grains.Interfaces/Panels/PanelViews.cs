using System.Collections.Immutable;
using Colloquy.Runs;

namespace Colloquy.Panels;

/// <summary>A panel as <c>GET /v1/panels/{id}</c> shows it.</summary>
/// <param name="Status">Of its run: <c>running</c>, <c>completed</c>, <c>failed</c>, <c>cancelled</c>, <c>expired</c> or
/// <c>budget_exhausted</c>.</param>
/// <param name="Round">The open round, or null.</param>
/// <param name="Asks">What people are being asked.</param>
/// <param name="Outcome">Null until it is there.</param>
[GenerateSerializer, Alias("panel.view"), Immutable]
public sealed record PanelView(
    string Id, string RunId, string Question, string Protocol, string? Rule, string Status, RunError? Error, string Author,
    ImmutableArray<PanelSeatView> Seats, int Quorum, int Cycles, long Seed, PanelRoundView? Round, ImmutableArray<PanelMoment> Rounds,
    ImmutableArray<PanelPosition> Positions, ImmutableArray<SteeringView> Steering, ImmutableArray<SeatBrief> Asks,
    ImmutableArray<Precedent> Precedents, string? Standing, string? Session, PanelOutcome? Outcome, Usage Usage, long Seq,
    DateTimeOffset ConvenedAt, DateTimeOffset Deadline, DateTimeOffset? EndedAt);

/// <param name="Kind"><c>agent</c> or <c>person</c>.</param>
/// <param name="Weight">What its voice counts before its confidence does.</param>
/// <param name="State">In the open round: <c>invited</c>, <c>answered</c> or <c>absent</c>; else <c>idle</c>.</param>
[GenerateSerializer, Alias("panel.seat.view"), Immutable]
public sealed record PanelSeatView(
    string Id, string Kind, string? Agent, int AgentVersion, string Name, string Role, double Weight, string State, Usage Usage);

[GenerateSerializer, Alias("panel.round.view"), Immutable]
public sealed record PanelRoundView(
    int Number, int Cycle, string Phase, DateTimeOffset OpenedAt, ImmutableSortedDictionary<string, DateTimeOffset> Deadlines,
    ImmutableArray<string> Answered, ImmutableArray<Absence> Absent);

/// <param name="AfterRound">The round that was open or closed last when it was said.</param>
[GenerateSerializer, Alias("panel.steering"), Immutable]
public sealed record SteeringView(string Author, string Text, int AfterRound, DateTimeOffset At);

/// <summary>An earlier outcome of a standing panel.</summary>
[GenerateSerializer, Alias("panel.precedent"), Immutable]
public sealed record Precedent(string PanelId, string Question, string Answer, string Decision, double? Agreement, DateTimeOffset At);

/// <summary>What a seat is told in a round: all that it may know.</summary>
/// <param name="MessageId">Of what it will say.</param>
/// <param name="Instructions">What to do in this phase.</param>
/// <param name="Entries">What it may see of others, in an order that betrays nothing that it must not know.</param>
/// <param name="Digest">Figures of the last cycle, or null.</param>
/// <param name="TokensLeft">What the seat may still spend, or null for no bound.</param>
[GenerateSerializer, Alias("panel.brief"), Immutable]
public sealed record SeatBrief(
    string PanelId, string RunId, string MessageId, string Seat, string Role, int Round, int Cycle, string Phase, string Question,
    string Instructions, ImmutableArray<BriefEntry> Entries, ImmutableArray<BriefOption> Options, ImmutableArray<string> Criteria,
    string? Digest, ImmutableArray<string> Steering, ImmutableArray<Precedent> Precedents, string? Agent, int AgentVersion,
    long? TokensLeft, DateTimeOffset Deadline);

/// <param name="Speaker">How the seat is told who spoke: a letter, a role, or <c>you</c>.</param>
/// <param name="Said">Without what would betray an anonymous speaker.</param>
[GenerateSerializer, Alias("panel.brief.entry"), Immutable]
public sealed record BriefEntry(string Speaker, string Phase, int Round, Contribution Said);

/// <summary>An option without its authors.</summary>
[GenerateSerializer, Alias("panel.brief.option"), Immutable]
public sealed record BriefOption(string Label, string Text);

/// <param name="Decision">Null until it has ended.</param>
[GenerateSerializer, Alias("panel.summary"), Immutable]
public sealed record PanelSummary(
    string Id, string RunId, string Question, string Protocol, string Status, string? Decision, int Seats, string Author,
    string? Standing, DateTimeOffset ConvenedAt, DateTimeOffset? EndedAt);

[GenerateSerializer, Alias("panel.page"), Immutable]
public sealed record PanelPage(ImmutableArray<PanelSummary> Items, string? Next);
