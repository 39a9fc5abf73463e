using Colloquy.Sessions;

namespace Colloquy.Streams;

/// <summary>One thing that a viewer is shown.</summary>
internal abstract record StreamItem
{
    /// <summary>A committed event: it has a cursor, and comes exactly once and in order.</summary>
    public sealed record Durable(EventLine Line) : StreamItem;

    /// <summary>Something that is true at this moment and not kept: it has no cursor.</summary>
    public sealed record Live(LiveEvent Event) : StreamItem;

    /// <summary>A sign of life.</summary>
    public sealed record Heartbeat : StreamItem;
}

/// <summary>What only live viewers see. Offsets count characters (UTF-16 units) of the attempt's text.</summary>
internal abstract record LiveEvent(string Type)
{
    /// <summary>The first event of every stream: where it begins, and where the journal ends at this moment.</summary>
    public sealed record Opened(long After, long Head) : LiveEvent("stream.opened");

    /// <summary>Events that no longer exist: the stream goes on after them.</summary>
    public sealed record Gap(long After, long Next) : LiveEvent("stream.gap");

    /// <summary>Something about a text that is being written.</summary>
    /// <param name="Attempt">Grows when the text is begun anew.</param>
    public abstract record OfText(string Type, string RunId, string MessageId, long Attempt) : LiveEvent(Type)
    {
        /// <summary>Of a panel, who is writing; else null.</summary>
        public SeatPlace? Place { get; init; }
    }

    /// <summary>Text that follows what was shown of this attempt.</summary>
    public sealed record Delta(string RunId, string MessageId, long Attempt, int Offset, string Text)
        : OfText("message.delta", RunId, MessageId, Attempt);

    /// <summary>The whole text of this attempt so far: it replaces what was shown. Its offset is 0, like that of a delta which
    /// begins at the beginning.</summary>
    public sealed record Snapshot(string RunId, string MessageId, long Attempt, string Text)
        : OfText("message.snapshot", RunId, MessageId, Attempt);

    /// <summary>What was shown of this message is void: it is written anew.</summary>
    public sealed record Reset(string RunId, string MessageId, long Attempt)
        : OfText("message.reset", RunId, MessageId, Attempt);
}

/// <summary>Where on a panel a text is written.</summary>
internal sealed record SeatPlace(string Seat, int? Round);
