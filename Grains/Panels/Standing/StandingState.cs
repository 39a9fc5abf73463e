using System.Collections.Immutable;

namespace Colloquy.Panels.Standing;

/// <summary>A standing panel, or, without a definition, none.</summary>
[GenerateSerializer, Alias("standing.state"), Immutable]
internal sealed record StandingState
{
    [Id(0)] public StandingDefinition? Panel { get; init; }

    /// <summary>By when they came, the latest last; at most <see cref="StandingLimits.Precedents"/>.</summary>
    [Id(1)] public ImmutableArray<Precedent> Precedents { get; init; } = [];

    /// <summary>The latest change is the last; at most <see cref="StandingLimits.Ratings"/>, those that were taken back
    /// included.</summary>
    [Id(2)] public ImmutableArray<StandingRating> Ratings { get; init; } = [];
}

/// <param name="Cycles">Null for the protocol's own.</param>
/// <param name="Author">Who created it.</param>
/// <param name="Operation">Of its creation, to know a repeat by; null without one.</param>
[GenerateSerializer, Alias("standing.definition"), Immutable]
internal sealed record StandingDefinition(
    string Name, ImmutableArray<string> Agents, string Protocol, string? Rule, int? Cycles, int? Quorum,
    ImmutableArray<string> Criteria, string Author, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, string? Operation,
    string? Fingerprint)
{
    /// <summary>Whether both say the same of the panel.</summary>
    public bool IsAs(StandingDefinition other) =>
        this with { Agents = other.Agents, Criteria = other.Criteria } == other
        && Agents.SequenceEqual(other.Agents) && Criteria.SequenceEqual(other.Criteria);
}

/// <summary>What somebody says of a member.</summary>
/// <param name="Topic">A domain that the member had when it was said, or <see cref="Topics.General"/>.</param>
/// <param name="Right">Null: it was taken back. The line stays, to know an older message by.</param>
/// <param name="Revision">Counts what was said under this key, to tell what is newer by.</param>
[GenerateSerializer, Alias("standing.rating"), Immutable]
internal sealed record StandingRating(string Key, string Agent, string Topic, bool? Right, long Revision);
