using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What the engine says.</summary>
static partial class Logs
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Grain} could not be activated")]
    public static partial void NotActivated(this ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Grain} failed in OnDeactivateAsync")]
    public static partial void NotDeactivated(this ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} is still busy, and the silo stops without it")]
    public static partial void LeftBehind(this ILogger log, GrainId grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Call} failed, and has no caller to tell")]
    public static partial void NobodyToTell(this ILogger log, Exception failure, Call call);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Call} finds no observer; its caller will wait in vain")]
    public static partial void NoObserver(this ILogger log, Call call);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An enumeration of {Grain} could not be closed; it will be swept there")]
    public static partial void NotClosed(this ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Observer {Observer} failed and is dropped")]
    public static partial void ObserverDropped(this ILogger log, Exception failure, object observer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A stream's item for {Consumer} was not taken")]
    public static partial void ItemNotTaken(this ILogger log, Exception failure, GrainId? consumer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminder {Reminder} of {Grain} failed")]
    public static partial void ReminderFailed(this ILogger log, Exception failure, string reminder, GrainId grain);
}
