using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Panels;

/// <summary>A question for several experts. Null takes what the protocol, or the standing panel, has.</summary>
/// <param name="Protocol">One of <c>GET /v1/panels/protocols</c>; that of the standing panel, or <c>parallel</c>, if it is
/// missing.</param>
/// <param name="Agents">Members in the order of their seats. Missing: composed of those who fit the question and differ from each
/// other. Empty: people alone.</param>
/// <param name="People">Names of people who take a seat each, after the agents.</param>
/// <param name="Chair">The agent that chairs or judges; else the weightiest member's takes the chair.</param>
/// <param name="Rule">Of a vote: <c>majority</c>, <c>weighted</c> or <c>borda</c>.</param>
/// <param name="Rounds">How often the protocol is gone through at most, 1 to 6.</param>
/// <param name="Quorum">Members who must answer; more than half if it is missing.</param>
/// <param name="Threshold">The share that agreement or stability needs: above 0.5, at most 1.</param>
/// <param name="Options">Of a vote, what to vote on; the answers if it is missing.</param>
/// <param name="Criteria">Of a review, what to judge by.</param>
/// <param name="Subject">Of a review, the text to judge; the first member writes it if it is missing.</param>
/// <param name="SeatTokens">Tokens that each seat may spend in all.</param>
/// <param name="Seed">Of every order in which something is shown; drawn from the panel's id if it is missing.</param>
/// <param name="SeatSeconds">What an agent has for a round, 1 to 600; 60 if it is missing.</param>
/// <param name="PersonSeconds">What a person has for a round, 1 to 604,800; 3,600 if it is missing.</param>
/// <param name="Deadline">When the panel ends with what it has, at most 30 days from now.</param>
/// <param name="Standing">The standing panel whose members, precedents and weights these are.</param>
internal sealed record ConveneRequest(
    string? Question, string? Protocol = null, string[]? Agents = null, string[]? People = null, string? Chair = null,
    string? Rule = null, int? Rounds = null, int? Quorum = null, double? Threshold = null, string[]? Options = null,
    string[]? Criteria = null, string? Subject = null, long? SeatTokens = null, long? Seed = null, int? SeatSeconds = null,
    int? PersonSeconds = null, DateTimeOffset? Deadline = null, string? Standing = null)
{
    private const long SeatTokensMax = 100_000_000;

    private static readonly string[] _protocols = [.. PanelCards.All.Select(card => card.Name)];
    private static readonly string[] _rules = [VoteRules.Majority, VoteRules.Weighted, VoteRules.Borda];

    private int? MembersNamed => Agents is null ? null : Agents.Length + (People?.Length ?? 0);

    private bool HasPeopleOnly => Agents is { Length: 0 };

    /// <summary>What is wrong with it, whoever asks and whenever; null if nothing is.</summary>
    public Problem? Check()
    {
        if (Question?.Length > PanelLimits.QuestionCharacters)
            return Problem.Of(ProblemCodes.ContentTooLarge, "question",
                $"A text of at most {PanelLimits.QuestionCharacters} characters.");
        if (Subject?.Length > PanelLimits.SubjectCharacters)
            return Problem.Of(ProblemCodes.ContentTooLarge, "subject",
                $"A text of at most {PanelLimits.SubjectCharacters} characters.");
        var protocol = Protocol ?? PanelCards.Default;
        var checks = new Checks()
            .Text(Question, "question", PanelLimits.QuestionCharacters)
            .OneOf(protocol, "protocol", _protocols)
            .That(Subject is null || !string.IsNullOrWhiteSpace(Subject), "subject", "A text that says something.")
            .That(Chair is null || TenantKey.IsName(Chair), "chair", "The id of an agent.")
            .That(Standing is null || TenantKey.IsName(Standing), "standing", "The id of a standing panel.")
            .That(Rule is null || _rules.Contains(Rule), "rule", $"One of {string.Join(", ", _rules)}.")
            .Within(Rounds, "rounds", 1, PanelLimits.CyclesMax)
            .Within(Quorum, "quorum", 1, MembersNamed is > 0 and <= PanelLimits.SeatsMax
                ? MembersNamed.Value : PanelLimits.SeatsMax)
            .That(Threshold is null or (> 0.5 and <= 1), "threshold", "A number above 0.5 and at most 1.")
            .That(SeatTokens is null or (> 0 and <= SeatTokensMax), "seatTokens", $"A number from 1 to {SeatTokensMax}.")
            .That(Seed is null or (>= -PanelLimits.SeedMost and <= PanelLimits.SeedMost), "seed",
                "A number of at most 2^53 - 1, either way.")
            .Within(SeatSeconds, "seatSeconds", Seconds(PanelLimits.SeatTimeMin), Seconds(PanelLimits.SeatTimeMax))
            .Within(PersonSeconds, "personSeconds", 1, Seconds(PanelLimits.PersonTimeMax));
        CheckLists(checks);
        checks.That(Agents is null || Standing is null, "agents", "A standing panel has its own members.");
        // What a standing panel's own protocol allows, nobody knows here.
        if ((Protocol is not null || Standing is null) && PanelCards.Of(protocol) is { } card)
            CheckAgainst(card, checks);
        return checks.Problem;
    }

    /// <summary>What is wrong with the deadline at this moment.</summary>
    public Problem? CheckDeadline(DateTimeOffset now) => new Checks()
        .That(Deadline is null || Deadline > now, "deadline", "An instant in the future.")
        .That(Deadline is null || Deadline <= now + PanelLimits.PanelTimeMax, "deadline",
            $"At most {PanelLimits.PanelTimeMax.TotalDays} days from now.")
        .Problem;

    public ConvenePanel ToCommand(string author, string fingerprint) => new(
        author, Question!, Protocol, [.. Agents ?? []], [.. (People ?? []).Select(name => name.Trim())],
        Chair, Rule, Rounds, Quorum, Threshold, [.. Options ?? []], [.. Criteria ?? []], Subject, SeatTokens, Seed,
        SeatSeconds is { } seat ? TimeSpan.FromSeconds(seat) : PanelLimits.SeatTime,
        PersonSeconds is { } person ? TimeSpan.FromSeconds(person) : PanelLimits.PersonTime, Deadline, Standing, Session: null,
        fingerprint)
    {
        HasPeopleOnly = HasPeopleOnly,
    };

    private void CheckLists(Checks checks) => checks
        .That(Agents is null || Agents.All(TenantKey.IsName), "agents", "Ids of agents.")
        .That(AreDistinct(Agents), "agents", "No agent twice.")
        .List(People, "people", PanelLimits.SeatsMax, PanelLimits.NameCharacters)
        .That(HasNoBlank(People), "people", "Names that say something.")
        .That(AreDistinct(People), "people", "No name twice.")
        .List(Options, "options", PanelLimits.ListMax, PanelLimits.LineCharacters)
        .That(Options is null or { Length: > 1 } && HasNoBlank(Options), "options", "At least two texts that say something.")
        .That(AreDistinct(Options), "options", "No option twice.")
        .List(Criteria, "criteria", PanelLimits.ListMax, PanelLimits.LineCharacters)
        .That(Criteria is null or { Length: > 0 } && HasNoBlank(Criteria), "criteria", "At least one text that says something.")
        .That(AreDistinct(Criteria), "criteria", "No criterion twice.");

    private void CheckAgainst(PanelCard card, Checks checks)
    {
        var size = $"The protocol {card.Name} has {card.MembersMin} to {card.MembersMax} members, people included.";
        checks
            .That(MembersNamed is not { } members || Standing is not null
                || (members >= card.MembersMin && members <= card.MembersMax), "agents", size)
            .That(People is null || People.Length <= card.MembersMax, "people", size)
            .That(card.HasChair || Chair is null, "chair", $"The protocol {card.Name} has no chair.")
            .That(!card.HasChair || !HasPeopleOnly || Chair is not null, "chair", "Who chairs people alone has to be named.")
            .That(Rule is null || card.Rules.Contains(Rule), "rule", $"The protocol {card.Name} is not counted by it.")
            .That(Options is null || card.TakesOptions, "options", $"The protocol {card.Name} takes none.")
            .That(Criteria is null || card.TakesCriteria, "criteria", $"The protocol {card.Name} takes none.")
            .That(Subject is null || card.TakesCriteria, "subject", $"The protocol {card.Name} takes none.");
    }

    private static int Seconds(TimeSpan time) => (int)time.TotalSeconds;

    private static bool HasNoBlank(string[]? texts) =>
        texts is null || Array.TrueForAll(texts, text => !string.IsNullOrWhiteSpace(text));

    private static bool AreDistinct(string[]? texts) => texts is null
        || texts.Select(text => text?.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() == texts.Length;
}

/// <summary>Something that every round from the next on is told.</summary>
internal sealed record SteerRequest(string? Text)
{
    public Problem? Check() => Text?.Length > PanelLimits.SteeringCharacters
        ? Problem.Of(ProblemCodes.ContentTooLarge, "text", $"A text of at most {PanelLimits.SteeringCharacters} characters.")
        : new Checks().Text(Text, "text", PanelLimits.SteeringCharacters).Problem;
}

/// <summary>A panel that was convened, and where to watch it.</summary>
internal sealed record AcceptedPanel(string RunId, string PanelId, string EventsUrl);

/// <summary>The protocols that there are.</summary>
internal sealed record PanelProtocolList(IReadOnlyList<PanelCard> Items);
