using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Colloquy.Panels;

/// <summary>What operators count about panels. No label carries what users wrote.</summary>
internal static class PanelTelemetry
{
    private static readonly Meter Meter = new("Colloquy.Panels");
    private static readonly Counter<long> Panels = Meter.CreateCounter<long>("colloquy_panels", description: "Panels that ended, by how.");
    private static readonly Counter<long> Rounds = Meter.CreateCounter<long>("colloquy_panel_rounds", description: "Rounds that closed.");
    private static readonly Counter<long> Absences = Meter.CreateCounter<long>(
        "colloquy_panel_absences", description: "Seats that said nothing in a round, by reason.");

    public static void Count(ImmutableArray<PanelEvent> events)
    {
        foreach (var @event in events)
            switch (@event)
            {
                case RoundClosed:
                    Rounds.Add(1);
                    break;
                case SeatAbsent e:
                    Absences.Add(1, new KeyValuePair<string, object?>("reason", e.Reason));
                    break;
                case PanelConcluded e:
                    Panels.Add(1, new KeyValuePair<string, object?>("decision", e.Outcome.Decision));
                    break;
                case PanelCancelled:
                    Panels.Add(1, new KeyValuePair<string, object?>("decision", "cancelled"));
                    break;
                default:
                    break;
            }
    }
}
