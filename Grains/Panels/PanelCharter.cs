using System.Collections.Immutable;

namespace Colloquy.Panels;

/// <summary>What a panel is held by from its beginning to its end.</summary>
/// <param name="Seats">Members first, in the order of their numbers; then the chair, where the protocol has one.</param>
/// <param name="Rule">Of a vote how it is counted; else null.</param>
/// <param name="Cycles">Passes of the protocol at most.</param>
/// <param name="Quorum">Members who must answer a round to which all members were invited.</param>
/// <param name="Threshold">The share that agreement or stability needs.</param>
/// <param name="SeatTokens">Tokens that each seat may spend in all; null for no bound.</param>
/// <param name="Seed">Of every order in which something is shown.</param>
/// <param name="Deadline">When the panel ends with what it has.</param>
internal sealed record PanelCharter(
    string PanelId, string Author, string Question, string Protocol, ImmutableArray<PanelSeat> Seats, string? Rule, int Cycles,
    int Quorum, double Threshold, ImmutableArray<string> Options, ImmutableArray<string> Criteria, string? Subject, long? SeatTokens,
    long Seed, TimeSpan SeatTime, TimeSpan PersonTime, DateTimeOffset Deadline, ImmutableArray<Precedent> Precedents,
    string? Standing, string? Session, string Fingerprint);

/// <summary>A place on the panel.</summary>
/// <param name="Id"><c>s1</c>, <c>s2</c> and so on, or <c>chair</c>.</param>
/// <param name="Agent">Null for a person.</param>
/// <param name="Weight">What the voice counts before its confidence does: the product of <paramref name="WeightParts"/>.</param>
internal sealed record PanelSeat(
    string Id, string? Agent, int AgentVersion, string Name, string Role, double Weight,
    ImmutableSortedDictionary<string, double> WeightParts)
{
    public bool IsPerson => Agent is null;
}
