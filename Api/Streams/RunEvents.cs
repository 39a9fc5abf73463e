namespace Colloquy.Streams;

/// <summary>The events that a stream has to know by name.</summary>
internal static class RunEvents
{
    public const string MessageCompleted = "message.completed";

    /// <summary>What a seat of a panel says when it has neither a position nor a vote.</summary>
    public const string PanelRemark = "panel.remark";

    public const string PanelRoundOpened = "panel.round.opened";
    public const string PanelConcluded = "panel.concluded";

    /// <summary>Whether the text of the event's message is whole with it, or will never be.</summary>
    public static bool EndsText(string type) => type
        is MessageCompleted or "panel.position" or "panel.vote" or PanelRemark or "panel.absent";

    /// <summary>Whether a run ends with this event: each run has exactly one such.</summary>
    public static bool IsTerminal(string type) => type
        is "run.completed" or "run.failed" or "run.cancelled" or "run.expired" or "run.budget_exhausted";
}
