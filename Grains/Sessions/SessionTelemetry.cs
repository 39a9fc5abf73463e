using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Colloquy.Sessions;

/// <summary>What operators count about sessions. No label carries what users wrote.</summary>
internal static class SessionTelemetry
{
    private static readonly Meter Meter = new("Colloquy.Sessions");
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "colloquy_runs", description: "Runs that ended, by how.");
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(
        "colloquy_tokens", description: "Tokens by direction and agent.");
    private static readonly Counter<long> Events = Meter.CreateCounter<long>(
        "colloquy_journal_events", description: "Events committed.");
    private static readonly Counter<long> Appends = Meter.CreateCounter<long>(
        "colloquy_journal_appends", description: "Appends committed.");

    public static void Count(ImmutableArray<SessionEvent> events)
    {
        Appends.Add(1);
        Events.Add(events.Length);
        foreach (var @event in events)
            switch (@event)
            {
                case RunCompleted e:
                    Ended("completed");
                    Tokens.Add(e.Usage.InputTokens, new KeyValuePair<string, object?>("direction", "input"));
                    Tokens.Add(e.Usage.OutputTokens, new KeyValuePair<string, object?>("direction", "output"));
                    break;
                case RunFailed e:
                    Runs.Add(1, new("status", "failed"), new("code", e.Error.Code));
                    break;
                case RunCancelled:
                    Ended("cancelled");
                    break;
                case RunExpired:
                    Ended("expired");
                    break;
                case RunBudgetExhausted:
                    Ended("budget_exhausted");
                    break;
                default:
                    break;
            }
    }

    private static void Ended(string status) => Runs.Add(1, new KeyValuePair<string, object?>("status", status));
}
