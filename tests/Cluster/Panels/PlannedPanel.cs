using System.Globalization;

namespace Colloquy.Clusters.Panels;

/// <summary>How a panel is convened.</summary>
internal enum Convening { ByCall, BySession, ByOpenAi }

/// <summary>What a person on a panel does.</summary>
internal enum Person { None, Answers, Declines }

/// <summary>A panel of the scenario.</summary>
/// <param name="Number">Stands in its question, by which it is known everywhere.</param>
/// <param name="Agents">Null has it composed.</param>
/// <param name="IsSteered">The person says something to all before answering.</param>
internal sealed record PlannedPanel(
    int Number, string Protocol, string[]? Agents, Convening Convening = Convening.ByCall, Person Person = Person.None,
    bool IsSteered = false)
{
    private static readonly string[] Protocols =
        ["parallel", "roundtable", "vote", "consensus", "delphi", "adversarial", "socratic", "review"];

    public string Question => string.Create(CultureInfo.InvariantCulture, $"Panel {Number:00}: {Asked}");

    private string Asked => Convening is Convening.ByOpenAi ? "is an app that doses insulin a class III medical device?"
        : Protocol is "delphi" ? "how many minutes may the pump stand still?" : "may the pump be used at home?";

    /// <summary>The person's seat, behind those of agents.</summary>
    public string PersonSeat => string.Create(CultureInfo.InvariantCulture, $"s{Agents!.Length + 1}");

    /// <summary>What <c>POST /v1/panels</c> is sent.</summary>
    public object Request => new
    {
        question = Question, protocol = Protocol, agents = Agents, people = Person is Person.None ? Array.Empty<string>() : ["Ada"],
        rounds = Protocol is "consensus" or "delphi" or "socratic" or "adversarial" or "review" ? 2 : 1, seatSeconds = 120,
        personSeconds = 600,
    };

    /// <summary>Three panels of each protocol: agents alone, with a person, and in a way of its own.</summary>
    public static IReadOnlyList<PlannedPanel> All { get; } =
    [
        .. Protocols.SelectMany((protocol, at) => new PlannedPanel[]
        {
            new((3 * at) + 1, protocol, Experts3(protocol)),
            new((3 * at) + 2, protocol, protocol is "adversarial" ? [Experts.Name(4)] : [Experts.Name(2), Experts.Name(5)],
                Person: Person.Answers, IsSteered: at % 2 == 0),
            Own((3 * at) + 3, protocol),
        }),
    ];

    /// <summary>One of each protocol, of agents alone.</summary>
    public static IReadOnlyList<PlannedPanel> OneOfEach { get; } =
        [.. Protocols.Select((protocol, at) => new PlannedPanel(at + 1, protocol, Experts3(protocol)))];

    private static PlannedPanel Own(int number, string protocol) => protocol switch
    {
        "vote" => new(number, protocol, null, Convening.ByOpenAi),
        "parallel" or "review" => new(number, protocol, [Experts.Name(1), Experts.Name(2), Experts.Mute]),
        "socratic" => new(number, protocol, [Experts.Name(1), Experts.Name(2), Experts.Name(3)], Person: Person.Declines),
        _ => new(number, protocol, Experts3(protocol), Convening.BySession),
    };

    private static string[] Experts3(string protocol) =>
        [.. Enumerable.Range(1, protocol is "adversarial" ? 2 : 3).Select(Experts.Name)];
}
