using Colloquy.Agents;
using Colloquy.Tests.Agents;

namespace Colloquy.Panels.Standing;

/// <summary>Standing panels that tests speak of.</summary>
internal static class Boards
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly StandingState Board = StandingProtocol.Define(new(), "board", New("ada", "bob", "cyd"), null, Noon).Next;

    public static DefineStanding New(params string[] agents) =>
        new("ann", "The board", [.. agents], null, null, null, null, null) { Creates = true, Operation = "op", Fingerprint = "f" };

    public static readonly DefineStanding Nothing = new("ann", null, null, null, null, null, null, null) { Creates = false };

    public static Precedent Precedent(int number, string question = "Is it so?", string answer = "So it is.") =>
        new($"pan_{number}", question, answer, PanelDecisions.Decided, 0.75, Noon.AddMinutes(number));

    public static StandingRating Word(string key, string agent, bool? right, long revision = 1, string topic = "devices") =>
        new(key, agent, topic, right, revision);

    public static StandingState Said(this StandingState state, params StandingRating[] words) =>
        words.Aggregate(state, StandingProtocol.Rate);

    public static StandingState Kept(this StandingState state, params Precedent[] precedents) =>
        precedents.Aggregate(state, StandingProtocol.Record);

    public static AgentProfile Agent(string id, string[] domains, params string[] skills) =>
        Given.Profile(id) with { Domains = [.. domains], Skills = [.. skills] };
}
