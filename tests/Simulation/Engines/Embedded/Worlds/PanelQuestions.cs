using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Panels;
using Colloquy.Sessions;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>What panels are asked, and who is to sit on them.</summary>
internal static class PanelQuestions
{
    public const string Standing = "board";

    /// <summary>Members beside those of conversations.</summary>
    public static readonly ImmutableArray<AgentProfile> Clerks =
    [
        .. Enumerable.Range(1, 5).Select(number => new AgentProfile(
            $"clerk-{number}", $"Clerk {number}", "Knows rules.", $"You are clerk {number}.", ["rules"], [], [], [], [],
            number == 5 ? "other" : null, 0, number == 4 ? 1_500 : 300, 1)),
    ];

    /// <summary>Those that are on the standing panel.</summary>
    public static readonly ImmutableArray<string> Board = ["clerk-1", "clerk-2", "sailor"];

    private static readonly ImmutableArray<string> _members =
        ["clerk-1", "clerk-2", "clerk-3", "clerk-4", "clerk-5", "expert", "sailor", Conversation.Quoting];

    private static readonly string[] _questions =
        ["Is it safe?", "How many boats are there?", "Should roses be cut?", "What percentage of knots hold?"];

    private static readonly string[] _rules = [VoteRules.Majority, VoteRules.Weighted, VoteRules.Borda];

    /// <summary>A panel of any kind. What it is about names nobody's words.</summary>
    public static ConvenePanel Any(Simulation simulation, string name)
    {
        var random = simulation.Random;
        var protocol = Protocols.Names[random.Next(Protocols.Names.Length)];
        var shape = Protocols.Of(protocol).Shape;
        var seats = Math.Min(shape.MembersMax, random.Next(10) == 0 ? 8 : random.Next(2, 5));
        var people = random.Next(3) > 0 ? 0 : random.Next(1, Math.Min(3, seats));
        var isStanding = people == 0 && shape.MembersMax >= Board.Length && random.Next(3) == 0;
        var isReview = protocol == PanelProtocols.Review;
        return ConvenePanel.Of("ada", $"{name}: {_questions[random.Next(_questions.Length)]}", protocol,
            isStanding ? [] : Members(random, seats - people), $"print {name}") with
        {
            People = [.. Enumerable.Range(1, people).Select(number => $"Person {number}")],
            Chair = random.Next(5) == 0 ? "clerk-3" : null,
            Rule = protocol == PanelProtocols.Vote && random.Next(3) > 0 ? _rules[random.Next(3)] : null,
            Cycles = random.Next(2) == 0 ? null : random.Next(1, 4),
            Quorum = isStanding || random.Next(3) > 0 ? null : random.Next(1, seats + 1),
            Threshold = random.Next(3) > 0 ? null : 0.5 + (random.Next(6) / 10.0),
            Options = protocol == PanelProtocols.Vote && random.Next(2) == 0 ? ["Stay", "Go", "Ask again"] : [],
            Criteria = isReview && random.Next(2) == 0 ? ["clarity", "Evidence"] : [],
            Subject = isReview && random.Next(2) == 0 ? "All boats float." : null,
            SeatTokens = random.Next(4) > 0 ? null : random.Next(300, 6_000),
            SeatTime = TimeSpan.FromSeconds(random.Next(3) == 0 ? 60 : random.Next(2, 20)),
            PersonTime = TimeSpan.FromSeconds(random.Next(2, 30)),
            Deadline = random.Next(12) == 0 ? null : simulation.Time.GetUtcNow() + TimeSpan.FromSeconds(random.Next(5, 120)),
            Standing = isStanding ? Standing : null,
        };
    }

    /// <summary>A panel that a message is put to, or null for whoever is selected.</summary>
    public static SessionPanel? OfMessage(Simulation simulation)
    {
        var random = simulation.Random;
        var protocol = Protocols.Names[random.Next(Protocols.Names.Length)];
        return random.Next(4) == 0 ? null : new(protocol, Members(random, Math.Min(3, Protocols.Of(protocol).Shape.MembersMax)),
            Standing: null, Cycles: random.Next(2) == 0 ? 1 : null);
    }

    private static ImmutableArray<string> Members(Random random, int count) => [.. _members.OrderBy(_ => random.Next()).Take(count)];
}
