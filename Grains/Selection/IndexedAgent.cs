using System.Collections.Immutable;
using Colloquy.Agents;

namespace Colloquy.Selection;

/// <summary>An agent with everything that questions are compared with. A vector that could not be made is missing.</summary>
internal sealed class IndexedAgent(AgentProfile profile, Func<string, float[]?> vectorOf)
{
    public AgentProfile Profile { get; } = profile;

    /// <summary>Stems of domains and skills.</summary>
    public IReadOnlySet<string> Tags { get; } = AgentText.TagsOf(profile);

    public float[]? Description { get; } = vectorOf(AgentText.Description(profile));

    public ImmutableArray<float[]> Skills { get; } = Vectors(AgentText.Skills(profile), vectorOf);

    /// <summary>As many as <see cref="AgentText.Examples"/>, in that order; empty where one is missing.</summary>
    public ImmutableArray<float[]> Examples { get; } = Vectors(AgentText.Examples(profile), vectorOf);

    public ImmutableArray<float[]> Exclusions { get; } = Vectors(AgentText.Exclusions(profile), vectorOf);

    private static ImmutableArray<float[]> Vectors(IEnumerable<string> texts, Func<string, float[]?> vectorOf) =>
        [.. texts.Select(text => vectorOf(text) ?? [])];
}
