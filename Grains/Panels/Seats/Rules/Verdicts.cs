using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>Whose case is better supported.</summary>
/// <remarks>
/// <code>case(role) = share of the role's sentences, over all that it said, that a source which they cite carries
///                    (Claim.CarriedBy from Support.PartialFrom on)</code>
/// The role with the higher share prevails; where they are within <see cref="Apart"/>, none does, if the options hold such a
/// verdict, else the one that is named first. A judge of words cannot tell a good argument from a bad one: it can tell what
/// rests on a source from what does not.
/// </remarks>
internal static class Verdicts
{
    /// <summary>Shares that differ by less are no ground for a verdict.</summary>
    public const double Apart = 0.05;

    public static Contribution Of(SeatBrief brief, SeatMaterial material)
    {
        var cases = brief.Options.Select(option => (option.Label, Said: Statements(material, option.Label)))
            .Where(one => !one.Said.IsEmpty)
            .Select(one => (one.Label, Share: Share(one.Said, material), Sentences: one.Said.Length))
            .OrderByDescending(one => one.Share).ToImmutableArray();
        var neither = brief.Options.FirstOrDefault(option => Statements(material, option.Label).IsEmpty)?.Label;
        var isClear = cases is [var first, var second, ..] ? first.Share - second.Share >= Apart : !cases.IsEmpty;
        var choice = isClear || neither is null ? cases.FirstOrDefault().Label ?? brief.Options.FirstOrDefault()?.Label : neither;
        ImmutableArray<string> reasons =
        [
            .. cases.Select(one => string.Create(CultureInfo.InvariantCulture,
                $"Of {one.Sentences} sentences of the {one.Label}, {one.Share:P0} are carried by a source that they cite.")),
        ];
        return new Contribution(Objections.Lines(reasons, "Nobody said anything that could be weighed."))
        {
            Choice = choice, Points = reasons,
            Confidence = cases is [var ahead, var behind, ..] ? Math.Clamp(ahead.Share - behind.Share, 0, 1) : 0,
        };
    }

    private static ImmutableArray<Statement> Statements(SeatMaterial material, string label) =>
    [
        .. material.Entries.Where(entry => string.Equals(entry.Speaker, $"the {label}", StringComparison.OrdinalIgnoreCase)
                || string.Equals(entry.Speaker, label, StringComparison.OrdinalIgnoreCase))
            .SelectMany(entry => Statement.Of(entry.Said.Text)),
    ];

    internal static double Share(ImmutableArray<Statement> said, SeatMaterial material) => said.IsEmpty ? 0
        : (double)said.Count(one => one.Sources.Any(n => n >= 1 && n <= material.Sources.Length
            && one.CarriedBy(Statement.Of(material.Sources[n - 1].Text)) >= Support.PartialFrom)) / said.Length;
}
