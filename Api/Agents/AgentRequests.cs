using System.Collections.Immutable;
using Colloquy.Problems;
using Colloquy.Selection;
using Colloquy.Tenants;

namespace Colloquy.Agents;

/// <summary>An agent as a tenant describes it. Null leaves a field as it is, or takes its default where there is nothing
/// yet.</summary>
internal sealed record AgentFields(
    string? Name, string? Description, string? Persona, string[]? Domains, string[]? Collections, string[]? Tools,
    string[]? ExampleQuestions, string[]? Exclusions, string? Model, double? Temperature, int? MaxOutputTokens)
{
    public const double TemperatureDefault = 0.2;
    public const int MaxOutputTokensDefault = 2048;

    /// <summary>What it can do, in a few words each.</summary>
    public string[]? Skills { get; init; }

    /// <summary>Languages that it answers in, BCP 47; empty for any.</summary>
    public string[]? Languages { get; init; }

    /// <summary>Where its advice holds, such as <c>eu</c>; empty for anywhere.</summary>
    public string[]? Jurisdictions { get; init; }

    /// <summary>Plans whose tenants may be given it by selection; empty for all.</summary>
    public string[]? Plans { get; init; }

    /// <summary>Below this confidence it says that it does not know, 0 to 1.</summary>
    public double? AbstainBelow { get; init; }

    public Checks Check() => new Checks()
        .That(Name is null || (!string.IsNullOrWhiteSpace(Name) && Name.Length <= 120), "name", "A text of 1 to 120 characters.")
        .OptionalText(Description, "description", 1000)
        .OptionalText(Persona, "persona", 16_384)
        .List(Domains, "domains", 32, 120)
        .List(Collections, "collections", 32, 120)
        .List(Tools, "tools", 32, 64)
        .List(ExampleQuestions, "exampleQuestions", 32, 500)
        .List(Exclusions, "exclusions", 32, 500)
        .OptionalText(Model, "model", 200)
        .That(Temperature is null or (>= 0 and <= 2), "temperature", "A number from 0 to 2.")
        .Within(MaxOutputTokens, "maxOutputTokens", 1, 32_768)
        .List(Skills, "skills", 32, 120)
        .List(Languages, "languages", 32, 35)
        .That(Languages?.All(Tags.IsLanguage) is not false, "languages", Tags.LanguageRule)
        .List(Jurisdictions, "jurisdictions", 32, 32)
        .That(Jurisdictions?.All(Tags.IsJurisdiction) is not false, "jurisdictions", Tags.JurisdictionRule)
        .List(Plans, "plans", 3, 32)
        .That(Plans?.All(CreateTenantRequest.Plans.Contains) is not false, "plans",
            $"Some of {string.Join(", ", CreateTenantRequest.Plans)}.")
        .That(AbstainBelow is null or (>= 0 and <= 1), "abstainBelow", "A number from 0 to 1.");

    public AgentChange ToChange() => new(
        Name, Description, Persona, List(Domains), List(Collections), List(Tools), List(ExampleQuestions), List(Exclusions),
            Model,
        Temperature, MaxOutputTokens)
    {
        Skills = List(Skills),
        Languages = List(Languages),
        Jurisdictions = List(Jurisdictions),
        Plans = List(Plans),
        AbstainBelow = AbstainBelow,
    };

    private static ImmutableArray<string>? List(string[]? items) => items is null ? null : [.. items];
}

/// <summary>A new agent.</summary>
internal sealed record CreateAgentRequest(
    string? Id, string? Name, string? Description, string? Persona, string[]? Domains, string[]? Collections, string[]? Tools,
    string[]? ExampleQuestions, string[]? Exclusions, string? Model, double? Temperature, int? MaxOutputTokens)
{
    public string[]? Skills { get; init; }

    public string[]? Languages { get; init; }

    public string[]? Jurisdictions { get; init; }

    public string[]? Plans { get; init; }

    public double? AbstainBelow { get; init; }

    public Problem? Check() => Fields().Check()
        .That(TenantKey.IsName(Id) && Id != AgentIds.Auto, "id",
            "1 to 64 of a-z, 0-9 and -, beginning with a letter or digit, and not 'auto'.")
        .That(Name is not null, "name", "A text of 1 to 120 characters.")
        .That(!string.IsNullOrWhiteSpace(Persona), "persona", "The instructions to the model: 1 to 16384 characters.")
        .Problem;

    public AgentProfile ToProfile() => new(
        Id!, Name!, Description ?? "", Persona!, [.. Domains ?? []], [.. Collections ?? []], [.. Tools ?? []],
        [.. ExampleQuestions ?? []], [.. Exclusions ?? []], Model, Temperature ?? AgentFields.TemperatureDefault,
        MaxOutputTokens ?? AgentFields.MaxOutputTokensDefault, Version: 1)
    {
        Skills = [.. Skills ?? []],
        Languages = [.. Languages ?? []],
        Jurisdictions = [.. Jurisdictions ?? []],
        Plans = [.. Plans ?? []],
        AbstainBelow = AbstainBelow ?? 0,
    };

    private AgentFields Fields() => new(
        Name, Description, Persona, Domains, Collections, Tools, ExampleQuestions, Exclusions, Model, Temperature,
            MaxOutputTokens)
    {
        Skills = Skills,
        Languages = Languages,
        Jurisdictions = Jurisdictions,
        Plans = Plans,
        AbstainBelow = AbstainBelow,
    };
}

/// <summary>An agent as it is shown: what is published, and what is being prepared.</summary>
/// <param name="Draft">Changes that are not published yet, or null.</param>
internal sealed record AgentBody(
    string Id, string Name, string Description, string Persona, ImmutableArray<string> Domains,
        ImmutableArray<string> Collections,
    ImmutableArray<string> Tools, ImmutableArray<string> ExampleQuestions, ImmutableArray<string> Exclusions, string? Model,
    double Temperature, int MaxOutputTokens, int Version, AgentProfile? Draft, bool BuiltIn, DateTimeOffset? ChangedAt)
{
    public ImmutableArray<string> Skills { get; init; } = [];

    public ImmutableArray<string> Languages { get; init; } = [];

    public ImmutableArray<string> Jurisdictions { get; init; } = [];

    public ImmutableArray<string> Plans { get; init; } = [];

    public double AbstainBelow { get; init; }

    public static AgentBody Of(AgentView view) => new(
        view.Profile.Id, view.Profile.Name, view.Profile.Description, view.Profile.Persona, view.Profile.Domains,
        view.Profile.Collections, view.Profile.Tools, view.Profile.ExampleQuestions, view.Profile.Exclusions, view.Profile.Model,
        view.Profile.Temperature, view.Profile.MaxOutputTokens, view.Profile.Version, view.Draft, view.BuiltIn, view.ChangedAt)
    {
        Skills = view.Profile.Skills,
        Languages = view.Profile.Languages,
        Jurisdictions = view.Profile.Jurisdictions,
        Plans = view.Profile.Plans,
        AbstainBelow = view.Profile.AbstainBelow,
    };
}
