using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>How a seat's own passages rank options.</summary>
/// <remarks>
/// <code>score(option) = 0.7 carried + 0.3 relevant
///
/// carried   mean over the option's sentences of how far the best sentence of the seat's own passages carries it, less the share
///           of its sentences that they contradict, at least 0
/// relevant  share of the question's distinct words in the option
/// </code>
/// An option that is but a yes or a no has the score 1 where the seat's own stance says it, else 0. Of equals the first is ahead:
/// the order of options was drawn and betrays nobody.
/// </remarks>
internal static class Preferences
{
    private const double Carried = 0.7;

    public static Contribution Ballot(SeatBrief brief, SeatMaterial material)
    {
        var evidence = Statement.OfSources(material.OwnPassages);
        var scored = brief.Options.Select(option => (option.Label, Score: Math.Round(Score(brief.Question, option.Text, evidence), 3)))
            .OrderByDescending(one => one.Score).ToImmutableArray(); // the order is stable
        var text = new StringBuilder(SeatRules.Notice).Append("\n\n");
        if (scored.Select(one => one.Score).Distinct().Count() < 2)
            text.Append("Nothing that this expert can look up tells the options apart: they stay in the order in which they were drawn.");
        else
            text.AppendJoin('\n', scored.Select(one => string.Create(CultureInfo.InvariantCulture,
                $"- {one.Label}: its own sources carry {one.Score:P0} of it")));
        return new Contribution(text.ToString())
        {
            Choice = scored.IsEmpty ? null : scored[0].Label, Ranking = [.. scored.Select(one => one.Label)],
            // How far it is ahead: a ballot between equals says nothing, however well all are supported.
            Confidence = scored.Length > 1 ? Math.Clamp(scored[0].Score - scored[1].Score, 0, 1) : scored.FirstOrDefault().Score,
        };
    }

    private static double Score(string question, string option, ImmutableArray<Statement> evidence)
    {
        var asked = Relevance.Asked(question);
        if (option.Trim().TrimEnd('.', '!').ToUpperInvariant() is "YES" or "NO" && Stances.CanBeYes(question))
            return string.Equals(Stances.Of(question, Fitting(asked, evidence)), option.Trim().TrimEnd('.', '!'),
                StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        var words = Words.Of(option).ToImmutableSortedSet(StringComparer.Ordinal);
        var statements = Statement.Of(option);
        if (statements.IsEmpty)
            statements = [new(option, [], Claim.Of(option))];
        var carried = statements.Average(one => one.CarriedBy(evidence));
        var contradicted = (double)statements.Count(one => one.ContradictedBy(evidence) is not null) / statements.Length;
        var relevant = asked.IsEmpty ? 0 : (double)asked.Count(words.Contains) / asked.Count;
        return (Carried * Math.Max(0, carried - contradicted)) + ((1 - Carried) * relevant);
    }

    private static ImmutableArray<Statement> Fitting(ImmutableSortedSet<string> asked, ImmutableArray<Statement> evidence) =>
        [.. evidence.Where(one => one.Claim.Words.Overlaps(asked))];
}
