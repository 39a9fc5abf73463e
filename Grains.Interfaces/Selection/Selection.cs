using System.Collections.Immutable;

namespace Colloquy.Selection;

/// <summary>Which agents fit a question, and why.</summary>
/// <param name="Decision"><c>one</c>, <c>several</c>, <c>ask</c> (the user has to say more) or <c>none</c> (nobody here covers
/// it).</param>
/// <param name="Agents">The chosen, best first; empty with <c>ask</c> and <c>none</c>.</param>
/// <param name="Scores">Every candidate, best first, at most <see cref="SelectionLimits.Candidates"/>.</param>
/// <param name="Margin">Score of the first less the score of the second; the first's own score when it stands alone.</param>
/// <param name="Method"><c>ranker</c>; <c>ranker_words</c> where the embedding model did not answer; <c>model</c> where the model was
/// asked and chose; <c>ranker_fallback</c> where it was to be asked and gave nothing that can be used, or cannot be paid for.</param>
/// <param name="Alternatives">Whom to take instead, best first.</param>
/// <param name="Question">With <c>ask</c>, what to ask the user.</param>
/// <param name="Ranker">The version of the weights: it counts the labels that they were learned from, and 0 is as shipped.</param>
[GenerateSerializer, Alias("selection"), Immutable]
public sealed record AgentSelection(
    string Decision, ImmutableArray<string> Agents, ImmutableArray<AgentScore> Scores, double Margin, string Method,
    ImmutableArray<string> Alternatives, string? Question, long Ranker);

/// <param name="Score">0 to 1: how likely the agent is the right one, as far as the ranker can tell.</param>
/// <param name="Signals">What the score was computed from, by name.</param>
[GenerateSerializer, Alias("selection.score"), Immutable]
public sealed record AgentScore(string Agent, double Score, ImmutableSortedDictionary<string, double> Signals);

/// <summary>A search in the catalogue. What an agent does not state, it is not filtered by.</summary>
/// <param name="Text">1 to 8,192 characters.</param>
/// <param name="Limit">1 to 50.</param>
/// <param name="Language">BCP 47, or null for any.</param>
/// <param name="Jurisdiction">Such as <c>eu</c>, or null for any.</param>
/// <param name="Tools">Tools that the agent must have.</param>
/// <param name="Agents">Only among these; default for all.</param>
[GenerateSerializer, Alias("selection.query"), Immutable]
public sealed record AgentQuery(
    string Text, int Limit = 10, string? Language = null, string? Jurisdiction = null, ImmutableArray<string> Tools = default,
    ImmutableArray<string> Agents = default);

/// <summary>An agent that a search found.</summary>
/// <param name="Explain">Rank and score of each search, by name; the fused score is their reciprocal ranks' sum.</param>
/// <param name="Matched">The words and example questions that matched.</param>
[GenerateSerializer, Alias("selection.hit"), Immutable]
public sealed record AgentHit(
    string Agent, string Name, string Description, double Score, ImmutableSortedDictionary<string, double> Explain,
    ImmutableArray<string> Matched);

/// <summary>Somebody said which agent is right for a question.</summary>
/// <param name="Key">What makes a repeat known as one: 1 to 256 characters.</param>
/// <param name="Kind"><c>override</c> (another agent was taken by hand) or <c>feedback</c>.</param>
/// <param name="Agent">The agent that the label is about.</param>
/// <param name="Fits">Whether it is right for the question.</param>
[GenerateSerializer, Alias("selection.label"), Immutable]
public sealed record SelectionLabel(string Key, string Kind, string Question, string Agent, bool Fits);

/// <summary>A question of an evaluation with the agents that should answer it; none for one that nobody here covers.</summary>
/// <param name="Acceptable">Agents that are right, the first the best. With two or more, choosing several is right too.</param>
/// <param name="Expect"><c>one</c>, <c>several</c>, <c>ask</c> or <c>none</c>; several and ask count alike as not sure.</param>
[GenerateSerializer, Alias("selection.labelled"), Immutable]
public sealed record LabelledQuestion(string Text, ImmutableArray<string> Acceptable, string Expect);

/// <summary>How well three ways of choosing did on a labelled set.</summary>
[GenerateSerializer, Alias("selection.report"), Immutable]
public sealed record SelectionReport(
    int Questions, SelectionFigures Selector, SelectionFigures Words, SelectionFigures Vectors, ImmutableArray<SelectionMiss> Misses);

/// <param name="Precision">Chosen agents that are right, over all questions (micro average).</param>
/// <param name="Recall">Right agents that were chosen, over all questions (micro average).</param>
/// <param name="ExactMatch">Questions whose chosen set is the right one.</param>
/// <param name="TopOne">Questions with a right agent whose best-ranked candidate is a right one.</param>
/// <param name="Abstention">Of the questions that call for it, those where no single expert was chosen.</param>
/// <param name="FalseAbstention">Of the questions with one right agent, those where none was chosen.</param>
[GenerateSerializer, Alias("selection.figures"), Immutable]
public sealed record SelectionFigures(
    double Precision, double Recall, double F1, double ExactMatch, double TopOne, double Abstention, double FalseAbstention);

[GenerateSerializer, Alias("selection.miss"), Immutable]
public sealed record SelectionMiss(string Text, ImmutableArray<string> Acceptable, string Decision, ImmutableArray<string> Chosen);

/// <summary>The ranker of a tenant: its weights by signal, as shipped and as learned.</summary>
[GenerateSerializer, Alias("selection.ranker"), Immutable]
public sealed record RankerView(
    long Version, long Labels, ImmutableSortedDictionary<string, double> Weights, ImmutableSortedDictionary<string, double> Shipped);

public static class SelectionLimits
{
    public const int Candidates = 10;
    public const int TextCharacters = 8_192;

    /// <summary>Questions of one evaluation.</summary>
    public const int Labelled = 500;

    /// <summary>What can be decided.</summary>
    public static readonly ImmutableArray<string> Decisions = ["one", "several", "ask", "none"];
}
