using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Agents;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>Who can be asked in a world, what about, and what people tell of themselves.</summary>
internal static class Conversation
{
    /// <summary>An agent that was taken out of use before anybody asked.</summary>
    public const string Retired = "astronomer";

    /// <summary>An agent that goes without a language model.</summary>
    public const string Quoting = "chess";

    /// <summary>The first answers where nobody is named and nobody selected. The second may write so much that what was set aside
    /// before it was selected is too little; the third goes without a language model where facts are read.</summary>
    public static readonly ImmutableArray<AgentProfile> Agents =
    [
        Agent("expert", "Gardener", ["gardening", "roses", "soil"], 60, null),
        Agent("sailor", "Sailor", ["sailing", "boats", "knots"], 6_000, null),
        Agent(Quoting, "Chess master", ["chess", "openings", "endgames"], 60, "extractive"),
        Agent(Retired, "Astronomer", ["astronomy", "planets", "telescopes"], 60, null),
    ];

    private static readonly ImmutableArray<string> _questions =
    [
        "How do roses in gardening like their soil?", "Which knots do boats need when sailing?",
        "Which chess openings lead to good endgames?", "Which planets do telescopes show in astronomy?",
        "Do roses like sailing boats?", "Is chess played on boats when sailing?", "And what now?",
    ];

    private static readonly ImmutableArray<(string Statement, string Predicate, string Object)> _facts =
    [
        ("My name is Ada", "name is", "Ada"), ("My name is Berta", "name is", "Berta"),
        ("I live in Graz", "lives in", "Graz"), ("I live in Linz", "lives in", "Linz"),
        ("I am allergic to penicillin", "allergic to", "penicillin"), ("I take metformin", "takes", "metformin"),
    ];

    public static string Question(Simulation simulation) => _questions[simulation.Random.Next(_questions.Length)];

    /// <summary>Up to two sentences that tell something, often what was told before.</summary>
    public static string Facts(Simulation simulation) => string.Concat(Enumerable.Range(0, simulation.Random.Next(3))
        .Select(_ => $" {_facts[simulation.Random.Next(_facts.Length)].Statement}."));

    /// <summary>What a model reads from an exchange: mostly all that was said, and now and then less, or what nobody said.</summary>
    public static string Read(string exchange, Simulation simulation)
    {
        using var json = JsonDocument.Parse(exchange);
        var said = json.RootElement.GetProperty("user").GetString()!;
        var facts = _facts.Where(fact => said.Contains(fact.Statement, StringComparison.Ordinal) != simulation.Chance(0.05))
            .Where(_ => !simulation.Chance(0.2))
            .Select(fact => new
            {
                subject = "user", predicate = fact.Predicate, @object = fact.Object,
                text = $"The user {fact.Predicate} {fact.Object}.", confidence = 0.8, quote = fact.Statement,
            });
        var text = JsonSerializer.Serialize(new { facts });
        return simulation.Random.Next(10) switch
        {
            0 => text[..(text.Length / 2)],
            1 => "Nothing of note.",
            2 => """{"facts":[{"subject":"user"},7,null]}""",
            _ => text,
        };
    }

    /// <summary>Whom a model chooses: somebody of the list or nobody, and now and then somebody who is not there.</summary>
    public static string Choose(string request, Simulation simulation)
    {
        using var json = JsonDocument.Parse(request);
        var ids = json.RootElement.GetProperty("experts").EnumerateArray()
            .Select(one => one.GetProperty("id").GetString()!).ToList();
        var first = simulation.Random.Next(ids.Count);
        var (decision, agents) = simulation.Random.Next(8) switch
        {
            0 => ("ask", (string[])[]),
            1 => ("none", []),
            2 => ("one", [Retired]),
            3 => ("nonsense", ids.ToArray()),
            4 when ids.Count > 1 => ("several", [ids[first], ids[(first + 1) % ids.Count]]),
            _ => ("one", [ids[first]]),
        };
        return JsonSerializer.Serialize(new { decision, agents });
    }

    private static AgentProfile Agent(string id, string name, ImmutableArray<string> domains, int tokens, string? model) => new(
        id, name, $"Answers questions about {string.Join(", ", domains)}.", $"You are a {name}.", domains, [], ["ledger", "siren"],
        [$"What do you know of {domains[0]} and {domains[1]}?"], [], model, 0, tokens, 1);
}
