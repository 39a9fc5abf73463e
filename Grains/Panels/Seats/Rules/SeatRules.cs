using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Kernel;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>What a seat says where no language model is: made of quotations, and of counts that anybody can check.</summary>
/// <remarks>Every rule is pure. None of them understands what it reads: they compare words, numbers and negations, and say so.</remarks>
internal static class SeatRules
{
    /// <summary>Stands once before what rules say of others' words; positions are quotations and need no such note.</summary>
    public const string Notice = "No language model is configured; this was found by comparing words with the sources.";

    /// <summary>Whether the phase is answered with sentences that the model quotes.</summary>
    public static bool NeedsQuotes(string phase) => PanelPhases.IsPosition(phase);

    /// <param name="quoted">What the model quoted of the seat's own passages, its markers counting in those it was given.</param>
    /// <returns>What the seat says, and what it notes for itself.</returns>
    public static (Contribution Said, string Note) Apply(SeatBrief brief, SeatMaterial material, string quoted)
    {
        var said = brief.Phase switch
        {
            PanelPhases.Draft or PanelPhases.Estimate or PanelPhases.Propose or PanelPhases.Answer =>
                Positions.First(brief, material, quoted),
            PanelPhases.Speak or PanelPhases.Revise or PanelPhases.Rebut => Positions.Next(brief, material, quoted),
            PanelPhases.Challenge => Objections.Challenge(brief, material, quoted),
            PanelPhases.Critique => Objections.Critique(material),
            PanelPhases.Ballot => Preferences.Ballot(brief, material),
            PanelPhases.Judge => Verdicts.Of(brief, material),
            PanelPhases.Question => OpenQuestions.Of(brief, material),
            PanelPhases.Review => Reviews.Of(brief, material),
            _ => Synthesis.Of(brief, material),
        };
        return (Held(said), Note(brief, material));
    }

    private static string Note(SeatBrief brief, SeatMaterial material)
    {
        var missing = Knowledge.Relevance.Missing(brief.Question, material.OwnPassages);
        return string.Create(CultureInfo.InvariantCulture, $"I read {material.Own} passages of my own.")
            + (missing.IsEmpty ? "" : $" None of them speaks of {string.Join(", ", missing.Take(PanelLimits.ListMax))}.");
    }

    private static Contribution Held(Contribution said) => said with
    {
        Text = Texts.First(said.Text, PanelLimits.TextCharacters),
        Stance = said.Stance is { } stance ? Texts.First(stance, PanelLimits.LineCharacters) : null,
        Points = [.. said.Points.Distinct(StringComparer.Ordinal).Take(PanelLimits.ListMax)
            .Select(point => Texts.First(point, PanelLimits.LineCharacters))],
        Ranking = [.. said.Ranking.Take(PanelLimits.ListMax)],
    };
}
