using System.Collections.Immutable;

namespace Colloquy.Agents;

/// <summary>The tenant's own agents, by id, and those that left not long ago.</summary>
[GenerateSerializer, Alias("catalogue.state"), Immutable]
internal sealed record CatalogueState
{
    [Id(0)] public ImmutableArray<CatalogueEntry> Entries { get; init; } = [];

    /// <summary>The latest to leave is the last; at most <see cref="CatalogueProtocol.LeftMax"/>.</summary>
    [Id(1)] public ImmutableArray<LeftAgent> Left { get; init; } = [];
}

/// <param name="Revision">The agent's count of changes, to tell what is newer by.</param>
[GenerateSerializer, Alias("catalogue.entry"), Immutable]
internal sealed record CatalogueEntry(AgentProfile Profile, long Revision);

[GenerateSerializer, Alias("catalogue.left"), Immutable]
internal sealed record LeftAgent(string Agent, long Revision);
