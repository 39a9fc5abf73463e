namespace Colloquy.Streams;

/// <summary>The events that a stream has to know by name.</summary>
internal static class RunEvents
{
    public const string MessageCompleted = "message.completed";

    /// <summary>Whether a run ends with this event: each run has exactly one such.</summary>
    public static bool IsTerminal(string type) => type
        is "run.completed" or "run.failed" or "run.cancelled" or "run.expired" or "run.budget_exhausted";
}
