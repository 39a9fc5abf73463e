using Colloquy.Agents;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Standing;

/// <summary>Which of a member's domains a question belongs to: by words alone, so that it is the same tomorrow.</summary>
/// <remarks>
/// Okapi BM25 of the question's distinct words over one text for each domain: its name, and every skill that shares a word with the
/// name; of an agent with one domain all of its skills. The best text that shares a word with the question wins, of equals the
/// domain that the profile names first.
/// </remarks>
internal static class Topics
{
    /// <summary>Of questions that fit no domain of the member.</summary>
    public const string General = "general";

    /// <param name="agent">Null if it is not published any more.</param>
    public static string Of(AgentProfile? agent, string question)
    {
        if (agent is null or { Domains.IsEmpty: true })
            return General;
        var scores = new Bm25(agent.Domains.Select(domain => Text(agent, domain)))
            .Scores(Words.Of(question).Distinct(StringComparer.Ordinal).Select(word => (word, 1.0)));
        var best = scores.Max();
        return best > 0 ? agent.Domains[Array.IndexOf(scores, best)] : General;
    }

    private static IReadOnlyList<string> Text(AgentProfile agent, string domain)
    {
        var name = Words.Of(domain);
        return
        [
            .. name,
            .. agent.Skills.Select(Words.Of).Where(skill => agent.Domains.Length == 1 || skill.Any(name.Contains))
                .SelectMany(skill => skill),
        ];
    }
}
