using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace Colloquy.Agents;

/// <summary>Profiles compared and put together. Records with arrays in them do not compare by content.</summary>
internal static class Profiles
{
    /// <summary>SHA-256 over everything but the version, lower-case hex.</summary>
    public static string Hash(AgentProfile profile) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(profile with { Version = 0 })));

    public static bool Same(AgentProfile? one, AgentProfile? other) =>
        one is null || other is null ? one is null && other is null : Hash(one) == Hash(other);

    /// <summary>The profile with the changes. An empty model name takes the deployment's default.</summary>
    public static AgentProfile With(AgentProfile profile, AgentChange change) => profile with
    {
        Name = change.Name ?? profile.Name,
        Description = change.Description ?? profile.Description,
        Persona = change.Persona ?? profile.Persona,
        Domains = change.Domains ?? profile.Domains,
        Collections = change.Collections ?? profile.Collections,
        Tools = change.Tools ?? profile.Tools,
        ExampleQuestions = change.ExampleQuestions ?? profile.ExampleQuestions,
        Exclusions = change.Exclusions ?? profile.Exclusions,
        Model = change.Model is null ? profile.Model : change.Model.Length == 0 ? null : change.Model,
        Temperature = change.Temperature ?? profile.Temperature,
        MaxOutputTokens = change.MaxOutputTokens ?? profile.MaxOutputTokens,
        Skills = change.Skills ?? profile.Skills,
        Languages = change.Languages ?? profile.Languages,
        Jurisdictions = change.Jurisdictions ?? profile.Jurisdictions,
        Plans = change.Plans ?? profile.Plans,
        AbstainBelow = change.AbstainBelow ?? profile.AbstainBelow,
    };

    /// <summary>The profile as an agent of this id, with empty lists where none were given.</summary>
    public static AgentProfile As(string id, AgentProfile profile) => profile with
    {
        Id = id,
        Domains = OrEmpty(profile.Domains),
        Collections = OrEmpty(profile.Collections),
        Tools = OrEmpty(profile.Tools),
        ExampleQuestions = OrEmpty(profile.ExampleQuestions),
        Exclusions = OrEmpty(profile.Exclusions),
        Skills = OrEmpty(profile.Skills),
        Languages = OrEmpty(profile.Languages),
        Jurisdictions = OrEmpty(profile.Jurisdictions),
        Plans = OrEmpty(profile.Plans),
    };

    private static ImmutableArray<string> OrEmpty(ImmutableArray<string> items) => items.IsDefault ? [] : items;
}
