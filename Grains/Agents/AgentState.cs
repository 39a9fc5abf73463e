using System.Collections.Immutable;

namespace Colloquy.Agents;

/// <summary>
/// What a tenant has made of an agent. An agent that ships begins empty: what is not here is as shipped. Earlier versions are
/// documents of their own, so this one stays as small as two profiles.
/// </summary>
[GenerateSerializer, Alias("agent.state"), Immutable]
internal sealed record AgentState
{
    /// <summary>The tenant's own published version; null if there is none or it was deleted.</summary>
    [Id(0)] public AgentProfile? Own { get; init; }

    [Id(1)] public AgentProfile? Draft { get; init; }

    /// <summary>All versions that were ever published, oldest first; at most <see cref="AgentProtocol.VersionsMax"/>.</summary>
    [Id(2)] public ImmutableArray<PublishedVersion> Versions { get; init; } = [];

    /// <summary>The highest number ever given. A number names one text for ever, also after a deletion.</summary>
    [Id(3)] public int LastVersion { get; init; }

    /// <summary>Counts the changes of <see cref="Own"/>.</summary>
    [Id(4)] public long Revision { get; init; }

    /// <summary>The last revision that its version's document and the catalogue know of. Less than <see cref="Revision"/>:
    /// something is outstanding.</summary>
    [Id(5)] public long Settled { get; init; }

    /// <summary>Whether the catalogue has taken <see cref="Own"/> in: until then nobody sees it.</summary>
    [Id(6)] public bool IsListed { get; init; }

    [Id(7)] public AgentCreation? Creation { get; init; }

    [Id(8)] public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Whether <see cref="Own"/> is a version that nobody has seen before: the catalogue may still refuse it.</summary>
    [Id(9)] public bool IsNew { get; init; }

    internal bool IsOutstanding => Settled != Revision;

    /// <summary>The tenant's own version, if it is in use.</summary>
    internal AgentProfile? Visible => IsListed ? Own : null;
}

/// <summary>How the agent came to be, to know a repeat by.</summary>
/// <param name="Hash">Of the profile that was sent.</param>
[GenerateSerializer, Alias("agent.creation"), Immutable]
internal sealed record AgentCreation(string Operation, string Hash);

[GenerateSerializer, Alias("agent.published"), Immutable]
internal sealed record PublishedVersion(int Version, DateTimeOffset At, string By);

/// <summary>One version of an agent: written once.</summary>
[GenerateSerializer, Alias("agent.version.state"), Immutable]
internal sealed record AgentVersionState
{
    [Id(0)] public AgentProfile? Profile { get; init; }
}
