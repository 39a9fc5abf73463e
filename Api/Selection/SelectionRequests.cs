using System.Collections.Immutable;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Selection;

/// <summary>A question for which agents are sought.</summary>
/// <param name="Limit">Of a search, 1 to 50; 10 if it is missing.</param>
/// <param name="Language">BCP 47. Agents that state other languages are left out.</param>
/// <param name="Jurisdiction">Such as <c>eu</c>. Agents that state others are left out.</param>
/// <param name="Tools">Tools that the agent must have.</param>
/// <param name="Agents">Only among these; null for all.</param>
internal sealed record AgentQueryRequest(
    string? Query, int? Limit, string? Language, string? Jurisdiction, string[]? Tools, string[]? Agents)
{
    private const int LimitDefault = 10;
    private const int LimitMax = 50;

    public Problem? Check() => Query?.Length > SelectionLimits.TextCharacters
        ? Problem.Of(ProblemCodes.ContentTooLarge, "query", $"A text of at most {SelectionLimits.TextCharacters} characters.")
        : new Checks()
            .Text(Query, "query", SelectionLimits.TextCharacters)
            .Within(Limit, "limit", 1, LimitMax)
            .That(Language is null || Tags.IsLanguage(Language), "language", Tags.LanguageRule)
            .That(Jurisdiction is null || Tags.IsJurisdiction(Jurisdiction), "jurisdiction", Tags.JurisdictionRule)
            .List(Tools, "tools", 32, 64)
            .List(Agents, "agents", 50, 64)
            .Problem;

    public AgentQuery ToQuery() =>
        new(Query!, Limit ?? LimitDefault, Language, Jurisdiction, [.. Tools ?? []], [.. Agents ?? []]);
}

/// <summary>Questions of which it is known who should answer.</summary>
/// <param name="Questions">At most 500; null or no body takes the set that ships: the half that nothing was tuned on.</param>
internal sealed record EvaluateRequest(LabelledRequest[]? Questions)
{
    public Problem? Check(IReadOnlySet<string> agents)
    {
        if (Questions is null)
            return null;
        var checks = new Checks().That(
            Questions.Length is > 0 and <= SelectionLimits.Labelled, "questions", $"1 to {SelectionLimits.Labelled} questions.");
        if (checks.Problem is { } wrongCount)
            return wrongCount;
        foreach (var (at, question) in Questions.Index())
            checks = Check(checks, $"questions[{at}]", question);
        if (checks.Problem is { } problem)
            return problem;
        var unknown = Questions.SelectMany(question => question.Acceptable ?? []).FirstOrDefault(agent => !agents.Contains(agent));
        return unknown is null ? null : Problem.Of(ProblemCodes.UnknownAgent, "questions", $"There is no agent '{unknown}'.");
    }

    private static Checks Check(Checks checks, string field, LabelledRequest? question) => question is null
        ? checks.That(false, field, "A question with text, acceptable agents and what to expect.")
        : checks
            .Text(question.Text, $"{field}.text", SelectionLimits.TextCharacters)
            .OneOf(question.Expect, $"{field}.expect", SelectionLimits.Decisions)
            .List(question.Acceptable, $"{field}.acceptable", 10, 64)
            .That(question.Expect != "one" || question.Acceptable is { Length: > 0 }, $"{field}.acceptable", "At least one agent.")
            .That(question.Expect != "several" || question.Acceptable is { Length: > 1 }, $"{field}.acceptable", "At least two agents.");
}

/// <param name="Acceptable">Agents that are right, the best first; none for a question that nobody covers.</param>
/// <param name="Expect"><c>one</c>, <c>several</c>, <c>ask</c> or <c>none</c>.</param>
internal sealed record LabelledRequest(string? Text, string[]? Acceptable, string? Expect)
{
    public LabelledQuestion ToQuestion() => new(Text!, [.. Acceptable ?? []], Expect!);
}

/// <summary>What a search found, best first.</summary>
internal sealed record AgentHits(ImmutableArray<AgentHit> Items);

/// <summary>What a language and a jurisdiction look like.</summary>
internal static class Tags
{
    public const string LanguageRule = "A BCP 47 tag such as 'de' or 'pt-BR', of at most 35 characters.";
    public const string JurisdictionRule = "A short name such as 'eu': 1 to 32 letters, digits and hyphens.";

    public static bool IsLanguage(string text) => text is { Length: >= 2 and <= 35 } && IsWord(text)
        && text.Split('-') is [{ Length: >= 2 and <= 8 } first, ..] && first.All(char.IsAsciiLetter);

    public static bool IsJurisdiction(string text) => text is { Length: >= 1 and <= 32 } && IsWord(text);

    private static bool IsWord(string text) =>
        text.Split('-').All(part => part.Length > 0 && part.All(char.IsAsciiLetterOrDigit));
}
