using System.Collections.Immutable;
using System.Text;
using Colloquy.Agents;
using Colloquy.Feedback;

namespace Colloquy.Knowledge;

/// <summary>When an expert says that it does not know, as its profile's <see cref="AgentProfile.AbstainBelow"/> demands.</summary>
/// <remarks>
/// Before anything is generated only retrieval is known. If even the best answer that these passages allow would stay below the
/// limit (<see cref="ConfidenceEstimate.Most"/>), generating one is a waste: the question is answered with what is missing.
/// Afterwards an answer that stays below is not taken back, for it has been streamed; it ends with a sentence that says so.
/// </remarks>
internal static class Abstention
{
    private const int WordsNamed = 6;
    private const int QuestionsNamed = 3;

    /// <summary>What to answer instead of generating, or null where an answer may be tried.</summary>
    public static string? Before(
        AgentProfile agent, string question, IReadOnlyList<Passage> passages, double? margin = null, CalibrationMap? map = null) =>
        agent.AbstainBelow > 0 && ConfidenceEstimate.Most(question, passages, margin, map) < agent.AbstainBelow
            ? Explain(agent, question, passages) : null;

    /// <summary>What to add at the end of an answer of this confidence: nothing where it is high enough.</summary>
    public static string After(AgentProfile agent, Confidence confidence) => confidence.Value < agent.AbstainBelow
        ? "\n\nTake this answer as a lead, not as advice: its sources carry too little of it for this expert to vouch for it." : "";

    private static string Explain(AgentProfile agent, string question, IReadOnlyList<Passage> passages)
    {
        var text = new StringBuilder("I do not know enough to answer this. ");
        var missing = Relevance.Missing(question, passages);
        text.Append(passages.Count == 0 ? "Nothing that I can look up speaks of it."
            : missing.IsEmpty ? "What I can look up touches it and does not answer it."
            : $"Nothing that I can look up speaks of {Quoted(missing)}.");
        var questions = Nearest(agent, question);
        if (!questions.IsEmpty)
            text.Append(" You could ask me instead:\n").AppendJoin("", questions.Select(one => $"\n- {one}"));
        else if (!agent.Domains.IsDefaultOrEmpty)
            text.Append(" You could ask me about ").AppendJoin(", ", agent.Domains).Append('.');
        return text.ToString();
    }

    private static string Quoted(ImmutableArray<string> words)
    {
        var named = string.Join(", ", words.Take(WordsNamed).Select(word => $"\"{word}\""));
        return words.Length > WordsNamed ? $"{named} and more" : named;
    }

    /// <summary>Its example questions, those nearest to the question by words first.</summary>
    private static ImmutableArray<string> Nearest(AgentProfile agent, string question)
    {
        if (agent.ExampleQuestions.IsDefaultOrEmpty)
            return [];
        var asked = Relevance.Asked(question);
        return
        [
            .. agent.ExampleQuestions.OrderByDescending(one => Relevance.Asked(one).Intersect(asked).Count)
                .Take(QuestionsNamed), // the order is stable: equals stay as their owner listed them
        ];
    }
}
