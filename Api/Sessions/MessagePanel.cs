using Colloquy.Panels;
using Colloquy.Problems;

namespace Colloquy.Sessions;

/// <summary>The panel that is to answer a message, as a panel is convened otherwise; only people cannot sit on it, since a
/// conversation does not wait for hours.</summary>
/// <param name="Protocol">One of <c>GET /v1/panels/protocols</c>; that of the standing panel, or <c>parallel</c>, if it is
/// missing.</param>
/// <param name="Agents">Members in the order of their seats; missing, it is composed of those who fit the message.</param>
/// <param name="Rule">Of a vote: <c>majority</c>, <c>weighted</c> or <c>borda</c>.</param>
/// <param name="Rounds">How often the protocol is gone through at most, 1 to 6.</param>
/// <param name="Quorum">Members who must answer; more than half if it is missing.</param>
/// <param name="Standing">The standing panel that answers.</param>
internal sealed record MessagePanel(
    string? Protocol = null, string[]? Agents = null, string? Rule = null, int? Rounds = null, int? Quorum = null,
    string? Standing = null)
{
    /// <summary>What is wrong with it, by the rules for panels; null if nothing is.</summary>
    public Problem? Check()
    {
        if (Agents is { Length: 0 })
            return Problem.Of(ProblemCodes.InvalidValue, "panel.agents", "Ids of agents, or leave it out to have it composed.");
        const string Question = "The message, which has its own rules.";
        var request = new ConveneRequest(
            Question, Protocol, Agents, Rule: Rule, Rounds: Rounds, Quorum: Quorum, Standing: Standing);
        return request.Check() is not { Errors: { } errors } problem ? null : problem with
        {
            Errors = errors.ToDictionary(error => $"panel.{error.Key}", error => error.Value, StringComparer.Ordinal),
        };
    }

    public SessionPanel ToCommand() => new(Protocol, [.. Agents ?? []], Rule, Rounds, Quorum, Standing);
}
