using System.Collections.Immutable;
using Colloquy.Agents;

namespace Colloquy.Selection;

/// <summary>A candidate with its score.</summary>
internal sealed record Ranked(AgentProfile Agent, double Score, ImmutableSortedDictionary<string, double> Signals);

/// <summary>Who chose; shown to clients.</summary>
internal static class SelectionMethods
{
    /// <summary>The ranker.</summary>
    public const string Ranker = "ranker";

    /// <summary>The ranker, by words alone: the embedding model did not answer.</summary>
    public const string WordsOnly = "ranker_words";

    /// <summary>The deployment's model, among the ranker's candidates.</summary>
    public const string Model = "model";

    /// <summary>The ranker, because the model was to be asked and gave nothing that can be used, or cannot be paid for.</summary>
    public const string ModelUnusable = "ranker_fallback";
}

/// <summary>Limits of the decision; see <see cref="SelectionProtocol"/>. Probabilities, 0 to 1.</summary>
internal sealed record DecisionLimits(double OneFrom, double MarginMin, double SeveralFrom, double NoneBelow)
{
    /// <summary>Set by <c>./colloquy bench selection-weights</c> on the tuning half.</summary>
    public static readonly DecisionLimits Shipped = new(OneFrom: 0.2, MarginMin: 0.13, SeveralFrom: 0.15, NoneBelow: 0.04);
}

/// <summary>
/// Chooses among ranked agents. A pure function; the limits were set on the tuning half of the labelled set and on
/// nothing else.
/// With p1 and p2 the best two scores:
/// <code>
/// none     p1 below NoneBelow
/// one      p1 at least OneFrom and p1 - p2 at least MarginMin
/// several  p2 at least SeveralFrom and p1 - p2 less than MarginMin
/// ask      otherwise
/// </code>
/// </summary>
internal static class SelectionProtocol
{
    public const string One = "one";
    public const string Several = "several";
    public const string Ask = "ask";
    public const string None = "none";

    /// <summary>Agents of one choice.</summary>
    public const int SeveralMax = 3;

    /// <summary>Whom to take instead, and whom a question to the user names.</summary>
    public const int AlternativesMax = 3;

    /// <summary>Whether a query may be given an agent. What an agent does not state, it is not filtered by; a plan that is not
    /// known is none.</summary>
    public static bool May(AgentProfile agent, AgentQuery query, string? plan, Func<string?, bool> isHealthy) =>
        (query.Agents.IsDefaultOrEmpty || query.Agents.Contains(agent.Id, StringComparer.Ordinal))
        && (agent.Plans.IsEmpty || (plan is not null && agent.Plans.Contains(plan, StringComparer.Ordinal)))
        && (query.Language is null || agent.Languages.IsEmpty || agent.Languages.Any(own => Speaks(own, query.Language)))
        && (query.Jurisdiction is null || agent.Jurisdictions.IsEmpty
            || agent.Jurisdictions.Contains(query.Jurisdiction, StringComparer.OrdinalIgnoreCase))
        && (query.Tools.IsDefaultOrEmpty || query.Tools.All(tool => agent.Tools.Contains(tool, StringComparer.Ordinal)))
        && isHealthy(agent.Model);

    /// <param name="ranked">Best first.</param>
    /// <param name="limits">Other than as shipped, to try them.</param>
    public static AgentSelection Decide(
        ImmutableArray<Ranked> ranked, string method, long version, DecisionLimits? limits = null)
    {
        var (oneFrom, marginMin, severalFrom, noneBelow) = limits ?? DecisionLimits.Shipped;
        var (first, second) = (ranked.IsEmpty ? 0 : ranked[0].Score, ranked.Length < 2 ? 0 : ranked[1].Score);
        var isClear = first - second >= marginMin;
        var decision = ranked.IsEmpty || first < noneBelow ? None
            : first >= oneFrom && isClear ? One
            : second >= severalFrom && !isClear ? Several
            : Ask;
        var chosen = decision switch
        {
            One => 1,
            Several => ranked.TakeWhile(one => one.Score >= severalFrom && first - one.Score < marginMin).Take(SeveralMax).Count(),
            _ => 0,
        };
        return Selection(decision, [.. ranked.Take(chosen)], ranked, method, version);
    }

    /// <summary>What the ranker is not sure of is for the model to say, where there is one.</summary>
    public static bool IsUnsure(AgentSelection selection) => selection.Decision != One && !selection.Scores.IsEmpty;

    /// <summary>The model's choice in place of the ranker's.</summary>
    public static AgentSelection Decide(ImmutableArray<Ranked> ranked, ModelVerdict verdict, long version) => Selection(
        verdict.Decision, [.. verdict.Agents.Select(id => ranked.First(one => one.Agent.Id == id))], ranked, SelectionMethods.Model,
        version);

    private static AgentSelection Selection(
        string decision, ImmutableArray<Ranked> chosen, ImmutableArray<Ranked> ranked, string method, long version)
    {
        var others = ranked.Where(one => !chosen.Contains(one)).Take(AlternativesMax).ToImmutableArray();
        return new(
            decision, [.. chosen.Select(one => one.Agent.Id)],
            [.. ranked.Take(SelectionLimits.Candidates).Select(Told)],
            Rounded(ranked.Length < 2 ? (ranked.IsEmpty ? 0 : ranked[0].Score) : ranked[0].Score - ranked[1].Score),
            method, [.. others.Select(one => one.Agent.Id)], decision == Ask ? Question(others) : null, version);
    }

    // It is journaled with every choice: digits that nobody reads would be most of it.
    private static AgentScore Told(Ranked ranked) => new(ranked.Agent.Id, Rounded(ranked.Score),
        ranked.Signals.ToImmutableSortedDictionary(signal => signal.Key, signal => Rounded(signal.Value), StringComparer.Ordinal));

    private static double Rounded(double value) => Math.Round(value, 3);

    private static string Question(ImmutableArray<Ranked> candidates) => candidates.Length < 2
        ? "Could you say more about what you need?"
        : $"Could you say more, or choose who should answer? {string.Join("; ", candidates.Select(one => Covers(one.Agent)))}.";

    private static string Covers(AgentProfile agent)
    {
        var topics = agent.Domains.Concat(agent.Skills).Take(3).ToList();
        return topics.Count == 0 ? $"{agent.Name}: {agent.Description.TrimEnd('.')}" : $"{agent.Name} covers {string.Join(", ", topics)}";
    }

    // RFC 4647, 3.3.1: a range matches a tag that it begins. Here either may be the shorter one: who writes "de" can read a
    // question in "de-AT", and the other way round.
    private static bool Speaks(string own, string asked) => Begins(own, asked) || Begins(asked, own);

    private static bool Begins(string shorter, string longer) => longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase)
        && (longer.Length == shorter.Length || longer[shorter.Length] == '-');
}
