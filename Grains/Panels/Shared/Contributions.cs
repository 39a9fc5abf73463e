using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Kernel;

namespace Colloquy.Panels.Shared;

/// <summary>
/// Makes what a seat says valid for the phase in which it says it. Models and people say it, so anything may be missing or absurd;
/// after this nothing is, and no rule has to look again.
/// </summary>
/// <remarks>
/// Numbers outside their scale (a confidence of 7, a score of 10) are on a scale that nobody knows: they count as not given, and
/// are not bent to the nearest valid one, which would be the strongest. Texts and lists are clipped to <see cref="PanelLimits"/>.
/// </remarks>
internal static class Contributions
{
    /// <summary>What is valid of it, or null where nothing is: such a seat has not answered.</summary>
    public static Contribution? Valid(string phase, Contribution said)
    {
        var (isPosition, isVote) = (PanelPhases.IsPosition(phase), PanelPhases.IsVote(phase));
        var confidence = said.Confidence is >= 0 and <= 1 ? said.Confidence : null;
        var valid = new Contribution(Texts.First((said.Text ?? "").Trim(), PanelLimits.TextCharacters))
        {
            Stance = Line(said.Stance),
            Confidence = confidence,
            IsCalibrated = said.IsCalibrated && confidence is not null,
            Stated = said.Stated is >= 0 and <= 1 && confidence is not null ? said.Stated : null,
            Estimate = isPosition && said.Estimate is >= -PanelLimits.EstimateMost and <= PanelLimits.EstimateMost
                ? said.Estimate : null,
            Choice = isVote ? Line(said.Choice) : null,
            Ranking = isVote ? Lines(said.Ranking) : [],
            Points = Lines(said.Points),
            Scores = isVote ? Scores(said.Scores) : ImmutableSortedDictionary<string, int>.Empty,
            Citations = said.Citations.IsDefault ? []
                : [.. said.Citations.Where(one => one is not null).Take(PanelLimits.Citations)],
            IsContent = said.IsContent,
        };
        return isPosition || phase == PanelPhases.Synthesize ? Worded(valid) : SaysSomething(valid) ? valid : null;
    }

    /// <summary>A position without words is said in those that it has.</summary>
    private static Contribution? Worded(Contribution said)
    {
        var words = said.Text.Length > 0 ? said.Text
            : said.Stance ?? said.Estimate?.ToString(CultureInfo.InvariantCulture) ?? string.Join('\n', said.Points);
        return words.Length > 0 ? said with { Text = words } : null;
    }

    private static bool SaysSomething(Contribution said) =>
        said.Text.Length > 0 || said.Stance is not null || said.Choice is not null || said.IsContent is not null
        || !said.Ranking.IsEmpty || !said.Points.IsEmpty || !said.Scores.IsEmpty;

    private static string? Line(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Texts.First(text.Trim(), PanelLimits.LineCharacters);

    private static ImmutableArray<string> Lines(ImmutableArray<string> lines) => lines.IsDefault ? [] :
        [.. lines.Select(Line).OfType<string>().Distinct(StringComparer.Ordinal).Take(PanelLimits.ListMax)];

    private static ImmutableSortedDictionary<string, int> Scores(ImmutableSortedDictionary<string, int>? scores) =>
        (scores ?? ImmutableSortedDictionary<string, int>.Empty)
            .Where(score => score.Value is >= 1 and <= 5)
            .Select(score => (Criterion: score.Key.Trim(), score.Value))
            .Where(score => score.Criterion.Length is > 0 and <= PanelLimits.LineCharacters)
            .DistinctBy(score => score.Criterion).Take(PanelLimits.ListMax)
            .ToImmutableSortedDictionary(score => score.Criterion, score => score.Value, StringComparer.Ordinal);
}
