using System.Collections.Immutable;

namespace Colloquy.Selection;

/// <summary>
/// The numbers that an agent's score is computed from, each 0 to 1 but <see cref="History"/>. Their names are shown to clients and
/// stored with learned weights, hence never renamed.
/// </summary>
internal static class Signals
{
    /// <summary>BM25 over name, domains, skills, examples and description, as a share of the most that the question could
    /// get.</summary>
    public const string Words = "words";

    /// <summary>The share of the question's information whose stems stand among domains and skills.</summary>
    public const string Tags = "tags";

    /// <summary>Cosine with the description and domains.</summary>
    public const string Description = "description";

    /// <summary>The best cosine with a skill.</summary>
    public const string Skill = "skill";

    /// <summary>The best cosine with an example question.</summary>
    public const string Example = "example";

    /// <summary>The mean of the three best cosines: one lucky phrase is less than three.</summary>
    public const string Breadth = "breadth";

    /// <summary>How much it is what the agent does not do: the higher of BM25's share and the best cosine with an exclusion.</summary>
    public const string Exclusion = "exclusion";

    /// <summary>How much of the question the agent's collections hold; see <see cref="KnowledgeCoverage"/>.</summary>
    public const string Knowledge = "knowledge";

    /// <summary>What people said of the agent on questions like this one, -1 to 1; see <see cref="LabelMemory"/>.</summary>
    public const string History = "history";

    public static readonly ImmutableArray<string> All =
        [Words, Tags, Description, Skill, Example, Breadth, Exclusion, Knowledge, History];

    /// <param name="coverage">0 to 1.</param>
    /// <param name="history">-1 to 1.</param>
    public static ImmutableSortedDictionary<string, double> Of(
        AgentMatch match, ReadQuestion question, double coverage, double history) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Words] = question.Share(match.Bm25),
            [Tags] = question.Share(match.Agent.Tags.Contains),
            [Description] = match.Description,
            [Skill] = match.Skill,
            [Example] = match.Example,
            [Breadth] = match.Breadth,
            [Exclusion] = Math.Max(question.Share(match.ExclusionBm25), match.Exclusion),
            [Knowledge] = coverage,
            [History] = history,
        });
}
