using System.Collections.Immutable;
using Colloquy.Problems;

namespace Colloquy.Panels;

/// <summary>What a person says for a seat in a round. What matters depends on the round's phase: <c>asks</c> of the panel says
/// it.</summary>
/// <param name="Answer">The answer, critique, question or reasons.</param>
/// <param name="Stance">The position in a few words: equal stances are one position.</param>
/// <param name="Confidence">How sure the person is, 0 to 1.</param>
/// <param name="Estimate">A number, where the question asks for one.</param>
/// <param name="Choice">The label of an option; of a judge the role that prevails; of a review its decision.</param>
/// <param name="Ranking">Labels of options, best first.</param>
/// <param name="Points">Objections, questions, assumptions or demands.</param>
/// <param name="Scores">1 (poor) to 5 by criterion.</param>
/// <param name="IsContent">Whether nothing is left to object to or to ask.</param>
/// <param name="Decline">True leaves the seat empty in this round.</param>
internal sealed record AnswerRequest(
    string? Seat, int? Round, string? Answer = null, string? Stance = null, double? Confidence = null, double? Estimate = null,
    string? Choice = null, string[]? Ranking = null, string[]? Points = null, Dictionary<string, int>? Scores = null,
    bool? IsContent = null, bool? Decline = null)
{
    private const int SeatMax = 16;

    private bool SaysSomething => !string.IsNullOrWhiteSpace(Answer) || !string.IsNullOrWhiteSpace(Stance) || Estimate is not null
        || Choice is not null || IsContent is not null || Ranking is { Length: > 0 } || Points is { Length: > 0 }
            || Scores is { Count: > 0 };

    public Problem? Check() => Answer?.Length > PanelLimits.TextCharacters
        ? Problem.Of(ProblemCodes.ContentTooLarge, "answer", $"A text of at most {PanelLimits.TextCharacters} characters.")
        : new Checks()
            .Text(Seat, "seat", SeatMax)
            .That(Round is >= 1 and <= PanelLimits.RoundsMax, "round", $"A number from 1 to {PanelLimits.RoundsMax}.")
            .OptionalText(Answer, "answer", PanelLimits.TextCharacters)
            .OptionalText(Stance, "stance", PanelLimits.LineCharacters)
            .That(Confidence is null or (>= 0 and <= 1), "confidence", "A number from 0 to 1.")
            .That(Estimate is null or (>= -PanelLimits.EstimateMost and <= PanelLimits.EstimateMost), "estimate",
                "A number of at most 10^15, either way.")
            .OptionalText(Choice, "choice", PanelLimits.LineCharacters)
            .List(Ranking, "ranking", PanelLimits.ListMax, PanelLimits.LineCharacters)
            .That(Ranking is null || Ranking.Distinct(StringComparer.Ordinal).Count() == Ranking.Length, "ranking",
                "No label twice.")
            .List(Points, "points", PanelLimits.ListMax, PanelLimits.LineCharacters)
            .That(Scores is null || (Scores.Count <= PanelLimits.ListMax && Scores.All(IsScore)), "scores",
                $"At most {PanelLimits.ListMax} numbers from 1 to 5, by names of {PanelLimits.LineCharacters} characters.")
            .That(Decline is true || SaysSomething, "answer", "Say something, or decline.")
            .That(Decline is not true || !SaysSomething, "decline", "Either decline or say something.")
            .Problem;

    /// <summary>What is wrong with it for who was asked this.</summary>
    public Problem? Check(SeatBrief ask)
    {
        var (labels, criteria) = (ask.Options.Select(option => option.Label).ToList(), ask.Criteria);
        return new Checks()
            .That(labels.Count == 0 || Choice is null || labels.Contains(Choice), "choice",
                $"One of {string.Join(", ", labels)}.")
            .That(labels.Count == 0 || Ranking is null || Ranking.All(labels.Contains), "ranking",
                $"Of {string.Join(", ", labels)}.")
            .That(criteria.IsEmpty || Scores is null || Scores.Keys.All(name => criteria.Contains(name)), "scores",
                $"By {string.Join(", ", criteria)}.")
            .Problem;
    }

    public PersonAnswer ToAnswer(string author) => new(author, Seat!, Round!.Value, new(Answer?.Trim() ?? "")
    {
        Stance = string.IsNullOrWhiteSpace(Stance) ? null : Stance.Trim(),
        Confidence = Confidence,
        Estimate = Estimate,
        Choice = Choice,
        Ranking = [.. Ranking ?? []],
        Points = [.. Points ?? []],
        Scores = (Scores ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal),
        IsContent = IsContent,
    }, Decline is true);

    private static bool IsScore(KeyValuePair<string, int> score) =>
        score is { Key.Length: > 0 and <= PanelLimits.LineCharacters, Value: >= 1 and <= 5 };
}
