using System.Collections.Immutable;

namespace Colloquy.Selection;

/// <summary>What one way of choosing did with one question.</summary>
/// <param name="Top">Its best-ranked agent, whatever it decided; null if it had none.</param>
internal sealed record Outcome(string Decision, ImmutableArray<string> Chosen, string? Top)
{
    /// <summary>Of a way of choosing that always takes its best.</summary>
    public static Outcome Best(string? agent) =>
        new(agent is null ? SelectionProtocol.None : SelectionProtocol.One, agent is null ? [] : [agent], agent);
}

/// <summary>Counts how well choices fit labels. Pure.</summary>
/// <remarks>
/// <code>
/// right chosen   chosen agents that are acceptable
/// precision      right chosen / chosen                              over all questions together
/// recall         right chosen / needed; needed is 1 for "one", all acceptable agents for "several", 0 otherwise
/// exact match    "one": one agent, acceptable (or several, all acceptable, where several are);
///                "several": two or more, all acceptable; or asking, which counts alike;
///                "ask", "none": nobody chosen
/// top one        of questions with acceptable agents: the best-ranked is one of them
/// abstention     of "several", "ask" and "none": not one single agent chosen
/// false abstention   of "one": nobody chosen
/// </code>
/// </remarks>
internal static class SelectionEvaluation
{
    /// <summary>Misses that a report tells.</summary>
    public const int MissesMax = 200;

    /// <summary>What choosing by words alone takes: the agent with the best BM25 score over all fields.</summary>
    public static Outcome ByWords(IEnumerable<AgentMatch> matches) => Best(matches, match => match.Bm25);

    /// <summary>What choosing by one vector an agent takes: the best cosine with its description and domains.</summary>
    public static Outcome ByVectors(IEnumerable<AgentMatch> matches) => Best(matches, match => match.Description);

    public static Outcome BySelector(AgentSelection selection) =>
        new(selection.Decision, selection.Agents, selection.Scores.IsEmpty ? null : selection.Scores[0].Agent);

    public static SelectionReport Report(
        ImmutableArray<LabelledQuestion> questions, IReadOnlyList<Outcome> selector, IReadOnlyList<Outcome> words,
        IReadOnlyList<Outcome> vectors) => new(
        questions.Length, Figures(questions, selector), Figures(questions, words), Figures(questions, vectors),
        [
            .. questions.Zip(selector).Where(one => !IsExact(one.First, one.Second)).Take(MissesMax)
                .Select(one => new SelectionMiss(one.First.Text, one.First.Acceptable, one.Second.Decision, one.Second.Chosen)),
        ]);

    public static SelectionFigures Figures(ImmutableArray<LabelledQuestion> questions, IReadOnlyList<Outcome> outcomes)
    {
        var all = questions.Zip(outcomes).ToList();
        var chosen = all.Sum(one => one.Second.Chosen.Length);
        var right = all.Sum(one => one.Second.Chosen.Count(one.First.Acceptable.Contains));
        var found = all.Sum(one => Math.Min(Needed(one.First), one.Second.Chosen.Count(one.First.Acceptable.Contains)));
        var (precision, recall) = (Share(right, chosen), Share(found, questions.Sum(Needed)));
        var single = all.Where(one => one.First.Expect == SelectionProtocol.One).ToList();
        var unsure = all.Where(one => one.First.Expect != SelectionProtocol.One).ToList();
        var covered = all.Where(one => !one.First.Acceptable.IsEmpty).ToList();
        return new(
            precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall),
            Share(all.Count(one => IsExact(one.First, one.Second)), all.Count),
            Share(covered.Count(one => one.Second.Top is { } top && one.First.Acceptable.Contains(top)), covered.Count),
            Share(unsure.Count(one => one.Second.Chosen.Length != 1), unsure.Count),
            Share(single.Count(one => one.Second.Chosen.IsEmpty), single.Count));
    }

    private static bool IsExact(LabelledQuestion question, Outcome outcome) => question.Expect switch
    {
        SelectionProtocol.One => !outcome.Chosen.IsEmpty && outcome.Chosen.All(question.Acceptable.Contains),
        SelectionProtocol.Several => outcome.Chosen.Length > 1 ? outcome.Chosen.All(question.Acceptable.Contains)
            : outcome.Decision == SelectionProtocol.Ask,
        _ => outcome.Chosen.IsEmpty,
    };

    private static int Needed(LabelledQuestion question) => question.Expect switch
    {
        SelectionProtocol.One => 1,
        SelectionProtocol.Several => question.Acceptable.Length,
        _ => 0,
    };

    private static Outcome Best(IEnumerable<AgentMatch> matches, Func<AgentMatch, double> score) => Outcome.Best(matches
        .Where(match => score(match) > 0)
        .OrderByDescending(score).ThenBy(match => match.Agent.Profile.Id, StringComparer.Ordinal)
        .FirstOrDefault()?.Agent.Profile.Id);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
