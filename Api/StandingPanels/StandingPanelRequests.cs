using System.Collections.Immutable;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Panels.Standing;

/// <summary>A new standing panel.</summary>
/// <param name="Agents">Its members, in the order of their seats.</param>
/// <param name="Protocol">How it comes to an outcome unless a meeting says otherwise; <c>parallel</c> if it is missing.</param>
/// <param name="Rule">Of a vote: <c>majority</c>, <c>weighted</c> or <c>borda</c>.</param>
/// <param name="Rounds">Passes of the protocol; the protocol's own if it is missing.</param>
/// <param name="Quorum">How many members must answer; more than half if it is missing.</param>
/// <param name="Criteria">What a review judges by; the protocol's own if it is missing.</param>
internal sealed record CreateStandingRequest(
    string? Id, string? Name, string[]? Agents, string? Protocol, string? Rule, int? Rounds, int? Quorum, string[]? Criteria)
{
    public Problem? Check() => StandingRules.Check(Name, Agents, Protocol, Rule, Rounds, Quorum, Criteria)
        .That(TenantKey.IsName(Id), "id", "1 to 64 of a-z, 0-9 and -, beginning with a letter or digit.")
        .That(Name is not null, "name", $"A text of 1 to {StandingLimits.NameCharacters} characters.")
        .That(Agents is not null, "agents", StandingRules.Members)
        .Problem;

    public DefineStanding ToCommand(string author, string operation, string fingerprint) =>
        new(author, Name, [.. Agents!], Protocol, Rule, Rounds, Quorum, Criteria is null ? null : [.. Criteria])
        {
            Creates = true, Operation = operation, Fingerprint = fingerprint,
        };
}

/// <summary>Null leaves a field as it is. Another protocol drops the rule and the rounds of the one before.</summary>
internal sealed record ChangeStandingRequest(
    string? Name, string[]? Agents, string? Protocol, string? Rule, int? Rounds, int? Quorum, string[]? Criteria)
{
    public Problem? Check() => StandingRules.Check(Name, Agents, Protocol, Rule, Rounds, Quorum, Criteria).Problem;

    public DefineStanding ToCommand(string author) => new(
        author, Name, Agents is null ? null : ImmutableArray.Create(Agents), Protocol, Rule, Rounds, Quorum,
        Criteria is null ? null : ImmutableArray.Create(Criteria)) { Creates = false };
}

/// <summary>What every standing panel has to keep to. How many members a protocol needs, the panel itself knows.</summary>
internal static class StandingRules
{
    public static readonly string Members =
        $"Ids of {PanelLimits.SeatsMin} to {PanelLimits.SeatsMax} different agents, as many as the protocol takes.";

    private static readonly string[] Protocols =
    [
        PanelProtocols.Parallel, PanelProtocols.Roundtable, PanelProtocols.Vote, PanelProtocols.Consensus, PanelProtocols.Delphi,
        PanelProtocols.Adversarial, PanelProtocols.Socratic, PanelProtocols.Review,
    ];

    private static readonly string[] Rules = [VoteRules.Majority, VoteRules.Weighted, VoteRules.Borda];

    public static Checks Check(
        string? name, string[]? agents, string? protocol, string? rule, int? rounds, int? quorum, string[]? criteria)
    {
        var checks = new Checks()
            .That(name is null || !string.IsNullOrWhiteSpace(name), "name", $"A text of 1 to {StandingLimits.NameCharacters} characters.")
            .OptionalText(name, "name", StandingLimits.NameCharacters)
            .That(agents is null || AreMembers(agents), "agents", Members)
            .Within(rounds, "rounds", 1, PanelLimits.CyclesMax)
            .Within(quorum, "quorum", 1, PanelLimits.SeatsMax)
            .List(criteria, "criteria", PanelLimits.ListMax, PanelLimits.LineCharacters)
            .That(criteria?.Distinct(StringComparer.Ordinal).Count() == criteria?.Length, "criteria", "Each once.");
        checks = protocol is null ? checks : checks.OneOf(protocol, "protocol", Protocols);
        return rule is null ? checks : checks.OneOf(rule, "rule", Rules);
    }

    /// <summary>What is wrong with a field that does not go with the protocol.</summary>
    public static string Unfit(string field) => field switch
    {
        "agents" => Members,
        "rule" => "Only a vote has a rule.",
        _ => "A protocol of this deployment.",
    };

    private static bool AreMembers(string[] agents) =>
        agents.Length is >= PanelLimits.SeatsMin and <= PanelLimits.SeatsMax
        && agents.All(TenantKey.IsName) && agents.Distinct(StringComparer.Ordinal).Count() == agents.Length;
}
