using System.Collections.Immutable;
using Colloquy.Agents;

namespace Colloquy.Selection;

/// <summary>Has labelled questions answered by the selector and by the two baselines. The model is not asked: what is measured costs
/// nothing and repeats.</summary>
internal static class SelectionTrial
{
    /// <summary>Questions after which other calls get a turn.</summary>
    private const int TurnOf = 4;

    public static async Task<SelectionReport> Run(
        Selector selector, SelectorState state, Func<AgentProfile, bool> may, ImmutableArray<LabelledQuestion> questions)
    {
        List<Outcome> chosen = [], words = [], vectors = [];
        for (var at = 0; at < questions.Length; at++)
        {
            var ranking = await selector.Rank(questions[at].Text, state, may);
            var matches = ranking.Index.Match(ranking.Question, may);
            chosen.Add(SelectionEvaluation.BySelector(ranking.Decide(state)));
            words.Add(SelectionEvaluation.ByWords(matches));
            vectors.Add(SelectionEvaluation.ByVectors(matches));
            if (at % TurnOf == 0)
                await Task.Yield();
        }
        return SelectionEvaluation.Report(questions, chosen, words, vectors);
    }
}
