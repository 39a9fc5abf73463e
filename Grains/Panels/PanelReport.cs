using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Colloquy.Panels;

/// <summary>An outcome as one text, for those who read no tables: the answer, how it was decided, and who does not agree.</summary>
internal static class PanelReport
{
    private const string Heading = "Minority report";

    /// <summary>Of a panel with an answer.</summary>
    public static string Of(PanelView panel)
    {
        var outcome = panel.Outcome!;
        var text = new StringBuilder(outcome.Answer).Append("\n\n").Append(How(panel, outcome));
        if (outcome.MinorityReport.IsEmpty)
            return text.Append("\n\n").Append(Heading).Append(": none, nobody disagrees.").ToString();
        text.Append("\n\n").Append(Heading).Append(':');
        foreach (var opinion in outcome.MinorityReport)
        {
            text.Append("\n- ").AppendJoin(", ", opinion.Seats.Select(seat => Name(panel, seat)));
            if (opinion.Stance is { } stance)
                text.Append(" (").Append(stance).Append(')');
            text.Append(": ").Append(Shared.Findings.Opening(opinion.Answer));
        }
        return text.ToString();
    }

    /// <summary>The rule in a line, with the number that decided.</summary>
    private static string How(PanelView panel, PanelOutcome outcome)
    {
        var seats = panel.Seats.Count(seat => seat.Id != PanelIds.Chair);
        var share = outcome.Rule.Agreement?.Share ?? 0;
        var line = string.Create(CultureInfo.InvariantCulture,
            $"Decided by {outcome.Rule.Name} of {seats} seats ({outcome.Decision}); {share:P0} by weight hold the leading position.");
        return outcome.Absent.IsEmpty ? line
            : $"{line} Absent: {string.Join(", ", outcome.Absent.Select(absence => Name(panel, absence.Seat)).Distinct(StringComparer.Ordinal))}.";
    }

    private static string Name(PanelView panel, string seat) =>
        panel.Seats.FirstOrDefault(one => one.Id == seat)?.Name ?? seat;
}
