using System.Collections.Immutable;

namespace Colloquy.Agents;

/// <summary>An expert as one version defines it.</summary>
/// <param name="Persona">The instructions to the model: at most 16,384 characters.</param>
/// <param name="Collections">Knowledge that is searched for every question.</param>
/// <param name="Tools">Names of tools that the model may call.</param>
/// <param name="Model">The model's name at the provider; null takes the deployment's default.</param>
/// <param name="Temperature">0 to 2.</param>
/// <param name="MaxOutputTokens">Bound of one answer, 1 to 32,768.</param>
/// <param name="Version">Counted from 1. A run keeps the version that it began with.</param>
[GenerateSerializer, Alias("agent.profile"), Immutable]
public sealed record AgentProfile(
    string Id, string Name, string Description, string Persona, ImmutableArray<string> Domains,
    ImmutableArray<string> Collections, ImmutableArray<string> Tools, ImmutableArray<string> ExampleQuestions,
    ImmutableArray<string> Exclusions, string? Model, double Temperature, int MaxOutputTokens, int Version)
{
    /// <summary>What it can do, in a few words each.</summary>
    [Id(0)] public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>Languages that it answers in, BCP 47; empty for any.</summary>
    [Id(1)] public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Where its advice holds, such as <c>eu</c>; empty for anywhere.</summary>
    [Id(2)] public ImmutableArray<string> Jurisdictions { get; init; } = [];

    /// <summary>Plans whose tenants may be given it by selection; empty for all.</summary>
    [Id(3)] public ImmutableArray<string> Plans { get; init; } = [];

    /// <summary>Below this confidence it says that it does not know; 0 never does. 0 to 1.</summary>
    [Id(4)] public double AbstainBelow { get; init; }
}

/// <summary>Ids that no agent can have.</summary>
public static class AgentIds
{
    /// <summary>Stands for the agent that selection will choose, and answers for the service itself when it chose none.</summary>
    public const string Auto = "auto";

    /// <summary>Stands for a panel that was convened to answer.</summary>
    public const string Panel = "panel";
}

/// <summary>What a tenant may say of an agent; null leaves a field as it is.</summary>
[GenerateSerializer, Alias("agent.draft"), Immutable]
public sealed record AgentChange(
    string? Name, string? Description, string? Persona, ImmutableArray<string>? Domains, ImmutableArray<string>? Collections,
    ImmutableArray<string>? Tools, ImmutableArray<string>? ExampleQuestions, ImmutableArray<string>? Exclusions, string? Model,
    double? Temperature, int? MaxOutputTokens)
{
    [Id(0)] public ImmutableArray<string>? Skills { get; init; }
    [Id(1)] public ImmutableArray<string>? Languages { get; init; }
    [Id(2)] public ImmutableArray<string>? Jurisdictions { get; init; }
    [Id(3)] public ImmutableArray<string>? Plans { get; init; }
    [Id(4)] public double? AbstainBelow { get; init; }
}

/// <summary>An agent as its owner sees it: what is published, and what is being prepared.</summary>
/// <param name="Draft">Unpublished changes, or null.</param>
/// <param name="BuiltIn">Whether Colloquy ships it.</param>
[GenerateSerializer, Alias("agent.view"), Immutable]
public sealed record AgentView(AgentProfile Profile, AgentProfile? Draft, bool BuiltIn, DateTimeOffset? ChangedAt);

[GenerateSerializer, Alias("agent.version"), Immutable]
public sealed record AgentVersionView(int Version, DateTimeOffset? PublishedAt, string? By, bool IsPublished);

[GenerateSerializer, Alias("agent.status")]
public enum AgentStatus { Done, NotFound, Exists, BuiltIn, TooManyVersions, NothingToPublish, NoSuchVersion, TooManyAgents, KeyReused }

[GenerateSerializer, Alias("agent.result"), Immutable]
public sealed record AgentResult(AgentStatus Status, AgentView? Agent = null);
