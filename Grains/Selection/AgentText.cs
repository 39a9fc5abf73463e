using Colloquy.Agents;
using Colloquy.Kernel;
using Colloquy.Knowledge;

namespace Colloquy.Selection;

/// <summary>What of a profile is searched: as words, and as the texts that get a vector each.</summary>
internal static class AgentText
{
    /// <summary>Characters of one text that is embedded.</summary>
    private const int TextMax = 2_000;

    // Of each kind: 500 agents with all of it take some 40 MB of vectors.
    private const int SkillsMax = 24;
    private const int ExamplesMax = 16;
    private const int ExclusionsMax = 8;

    /// <summary>The words of all fields. What names the agent's subject counts twice, as if it stood there twice.</summary>
    public static IReadOnlyList<string> WordsOf(AgentProfile agent) =>
        Words.Of(string.Join('\n', (string[])
        [
            agent.Name, agent.Name, agent.Description, .. agent.Domains, .. agent.Domains, .. agent.Skills, .. agent.ExampleQuestions,
        ]));

    public static IReadOnlyList<string> ExclusionWordsOf(AgentProfile agent) => Words.Of(string.Join('\n', agent.Exclusions));

    /// <summary>Stems of domains and skills.</summary>
    public static IReadOnlySet<string> TagsOf(AgentProfile agent) =>
        Words.Of(string.Join('\n', (string[])[.. agent.Domains, .. agent.Skills])).ToHashSet(StringComparer.Ordinal);

    /// <summary>Description and domains, as one text.</summary>
    public static string Description(AgentProfile agent) =>
        Texts.First($"{agent.Name}. {agent.Description} {string.Join(", ", agent.Domains)}", TextMax);

    public static IEnumerable<string> Skills(AgentProfile agent) => agent.Skills.Concat(agent.Domains).Take(SkillsMax);

    public static IEnumerable<string> Examples(AgentProfile agent) => agent.ExampleQuestions.Take(ExamplesMax);

    public static IEnumerable<string> Exclusions(AgentProfile agent) => agent.Exclusions.Take(ExclusionsMax);

    /// <summary>Everything of an agent that gets a vector.</summary>
    public static IEnumerable<string> All(AgentProfile agent) =>
        [Description(agent), .. Skills(agent), .. Examples(agent), .. Exclusions(agent)];
}
