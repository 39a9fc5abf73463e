using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>Judges a text by what can be counted in it.</summary>
/// <remarks>
/// <code>
/// covers    share of the question's distinct words that the text holds
/// cites     share of its sentences that a source which they cite carries (see Verdicts)
/// agrees    1 less the share of its sentences that the reviewer's own passages contradict
/// measured  1 for 40 to 800 words, else words / 40 or 800 / words
///
/// score = 1 + 4 figure, rounded, of the figure that a criterion's name asks for: evidence, source, cite, support, ground -> cites;
///         correct, accura, consisten, sound, valid -> agrees; clear, clarity, length, concise, readab -> measured; else covers
/// mean  = of the four figures:  accept from 0.8, minor from 0.6, major from 0.35, else reject; a contradiction is at best major
/// </code>
/// </remarks>
internal static class Reviews
{
    private const int WordsMin = 40;
    private const int WordsMax = 800;

    private static readonly ImmutableArray<(string Figure, string[] Names)> _figures =
    [
        ("cites", ["evidence", "source", "cit", "support", "ground"]),
        ("agrees", ["correct", "accura", "consisten", "sound", "valid"]),
        ("measured", ["clear", "clarity", "length", "concise", "readab"]),
    ];

    public static Contribution Of(SeatBrief brief, SeatMaterial material)
    {
        var text = material.Positions.FirstOrDefault()?.Said.Text ?? "";
        var (said, evidence) = (Statement.Of(text), Statement.OfSources(material.OwnPassages));
        var contradictions = said.Select(one => (one.Text, Against: one.ContradictedBy(evidence))).Where(one => one.Against is not null)
            .ToImmutableArray();
        var figures = Figures(brief.Question, text, said, contradictions.Length, material);
        var mean = figures.Values.Average();
        var decision = mean >= 0.8 ? "accept" : mean >= 0.6 ? "minor" : mean >= 0.35 ? "major" : "reject";
        if (!contradictions.IsEmpty && decision is "accept" or "minor")
            decision = "major";
        var missing = Relevance.Asked(brief.Question).Count == 0 ? []
            : OpenQuestions.Uncovered(brief.Question, new BriefEntry("The text", PanelPhases.Draft, 0, new(text)));
        ImmutableArray<string> points =
        [
            .. contradictions.Select(one => $"\"{one.Text}\" goes against {material.Sources[one.Against!.Sources[0] - 1].Title}: "
                + $"\"{one.Against.Text}\" [{one.Against.Sources[0]}]"),
            .. missing,
            .. said.Where(one => one.Sources.IsEmpty).Take(3).Select(one => $"A source is needed for \"{one.Text}\""),
        ];
        return new Contribution(Objections.Lines([.. figures.Select(one => string.Create(CultureInfo.InvariantCulture,
            $"{one.Key}: {one.Value:P0}")), .. points], ""))
        {
            Choice = brief.Options.IsEmpty || brief.Options.Any(option => option.Label == decision) ? decision : brief.Options[0].Label,
            Points = points, IsContent = points.IsEmpty, Confidence = Math.Round(evidence.IsEmpty ? 0 : mean, 3),
            Scores = brief.Criteria.Distinct(StringComparer.Ordinal).ToImmutableSortedDictionary(
                one => one, one => (int)Math.Round(1 + (4 * figures[FigureOf(one)])), StringComparer.Ordinal),
        };
    }

    private static ImmutableSortedDictionary<string, double> Figures(
        string question, string text, ImmutableArray<Statement> said, int contradictions, SeatMaterial material)
    {
        var (asked, held) = (Relevance.Asked(question), Words.Of(text).ToHashSet(StringComparer.Ordinal));
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal)
            .Add("covers", asked.IsEmpty ? 1 : (double)asked.Count(held.Contains) / asked.Count)
            .Add("cites", Verdicts.Share(said, material))
            .Add("agrees", said.IsEmpty ? 0 : 1 - ((double)contradictions / said.Length))
            .Add("measured", words < WordsMin ? (double)words / WordsMin : words > WordsMax ? (double)WordsMax / words : 1);
    }

    private static string FigureOf(string criterion) => _figures.FirstOrDefault(figure =>
        Array.Exists(figure.Names, name => criterion.Contains(name, StringComparison.OrdinalIgnoreCase))).Figure ?? "covers";
}
