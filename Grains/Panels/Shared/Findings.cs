using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Kernel;

namespace Colloquy.Panels.Shared;

/// <summary>Pieces of findings that protocols share.</summary>
internal static class Findings
{
    private const int OpeningCharacters = 300;

    /// <summary>Too few were there: what positions there are is shown, and no answer is made of them.</summary>
    /// <param name="answered">How many did; null counts positions.</param>
    public static PanelFindings NoQuorum(PanelState state, PanelRule rule, int? answered = null) => new(
        PanelDecisions.NoQuorum, null,
            rule with { Stopped = rule.Stopped is PanelStops.Deadline ? rule.Stopped : PanelStops.Quorum }, [],
        "Nothing is recommended: too few of the panel answered.",
        [string.Create(CultureInfo.InvariantCulture,
            $"{answered ?? state.Positions.Count} of {state.Members.Count()} seats answered; {state.Charter!.Quorum} are needed.")]);

    /// <summary>The beginning of a text, to the end of its first sentence where that is near.</summary>
    public static string Opening(string text)
    {
        var line = text.Trim().Split('\n')[0];
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return Texts.First(end > 0 ? line[..(end + 1)] : line, OpeningCharacters);
    }

    public static string AgreementGround(PanelState state, AgreementFigures agreement) =>
        string.Create(CultureInfo.InvariantCulture,
        $"{agreement.Clusters[0].Seats.Length} of {state.Positions.Count} positions say the same, {agreement.Share:P0} by weight.");

    /// <summary>What the prevailing positions cite, if anything.</summary>
    public static ImmutableArray<string> EvidenceGround(PanelState state, ImmutableArray<string> prevailing)
    {
        var documents = prevailing.Where(state.Positions.ContainsKey).SelectMany(seat => state.Positions[seat].Said.Citations)
            .Select(citation => citation.Title).Distinct(StringComparer.Ordinal).ToArray();
        return documents.Length == 0 ? ["No position that prevails cites a source."]
            : [$"It rests on {string.Join(", ", documents.Take(5))}{(documents.Length > 5 ? " and others" : "")}."];
    }
}
