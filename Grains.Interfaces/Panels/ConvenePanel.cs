using System.Collections.Immutable;

namespace Colloquy.Panels;

/// <param name="Author">The credential that asks.</param>
/// <param name="Protocol">One of <see cref="PanelProtocols"/>; null for that of the standing panel, or the usual one.</param>
/// <param name="Agents">Members in the order of their seats; empty has the panel composed.</param>
/// <param name="People">Names of people who take a seat each, after the agents.</param>
/// <param name="Chair">The agent that chairs or judges; null takes the weightiest member's, in a seat of its own.</param>
/// <param name="Rule">One of <see cref="VoteRules"/> for a vote; null for others and for the default.</param>
/// <param name="Cycles">Passes of the protocol, 1 to <see cref="PanelLimits.CyclesMax"/>; null takes the protocol's own.</param>
/// <param name="Quorum">How many seats must answer a round; null for more than half.</param>
/// <param name="Threshold">Share that agreement or stability needs, 0.5 to 1; null for the protocol's own.</param>
/// <param name="Options">What to vote on; empty votes on the drafts.</param>
/// <param name="Criteria">What a review judges by; empty for the protocol's own.</param>
/// <param name="Subject">The text that a review judges; null has the first member write it.</param>
/// <param name="SeatTokens">Tokens that each seat may spend in all; null for no bound of the panel's own.</param>
/// <param name="Seed">Of the order of seats; null draws it from the panel's id.</param>
/// <param name="Deadline">When the panel ends with what it has; null for <see cref="PanelLimits.PanelTime"/> from now.</param>
/// <param name="Standing">The standing panel whose members, precedents and weights these are, or null.</param>
/// <param name="Session">The session whose message convened it, or null.</param>
/// <param name="Fingerprint">A hash of the request: a repeat with another one is refused.</param>
[GenerateSerializer, Alias("panel.convene"), Immutable]
public sealed record ConvenePanel(
    string Author, string Question, string? Protocol, ImmutableArray<string> Agents, ImmutableArray<string> People, string? Chair,
    string? Rule, int? Cycles, int? Quorum, double? Threshold, ImmutableArray<string> Options, ImmutableArray<string> Criteria,
    string? Subject, long? SeatTokens, long? Seed, TimeSpan SeatTime, TimeSpan PersonTime, DateTimeOffset? Deadline, string? Standing,
    string? Session, string Fingerprint)
{
    /// <summary>True takes the people as the only members, and composes nobody.</summary>
    [Id(0)] public bool HasPeopleOnly { get; init; }

    /// <summary>A panel with nothing said but what must be.</summary>
    public static ConvenePanel Of(string author, string question, string? protocol, ImmutableArray<string> agents, string fingerprint) =>
        new(author, question, protocol, agents, [], null, null, null, null, null, [], [], null, null, null, PanelLimits.SeatTime,
            PanelLimits.PersonTime, null, null, null, fingerprint);
}

[GenerateSerializer, Alias("panel.status")]
public enum PanelStatus
{
    Accepted, NotFound, KeyReused,

    /// <summary>The detail names the agent.</summary>
    UnknownAgent,

    /// <summary>Nobody here covers the question: fewer agents were found than the protocol has seats.</summary>
    CannotCompose,
    UnknownStanding, OverBudget, Ended, NotInvited, TooMuchSteering,

    /// <summary>The seats are too many or too few for the protocol or the quorum; the detail says it in a sentence.</summary>
    WrongSize,

    /// <summary>The seat is not awaited in that round: it has closed, has yet to open, or the seat was not invited to
    /// it.</summary>
    NotAwaited,
}

/// <param name="Seq">The sequence number before the run's first event: where to begin watching it.</param>
/// <param name="Detail">What a refusal is about, or null.</param>
[GenerateSerializer, Alias("panel.result"), Immutable]
public sealed record PanelResult(PanelStatus Status, string? PanelId = null, string? RunId = null, long Seq = 0, string? Detail = null);

/// <summary>A person speaks for a seat.</summary>
/// <param name="Round">The round that is answered.</param>
/// <param name="Declines">True leaves the seat empty in this round, and the contribution unread.</param>
[GenerateSerializer, Alias("panel.answer"), Immutable]
public sealed record PersonAnswer(string Author, string Seat, int Round, Contribution Contribution, bool Declines);
