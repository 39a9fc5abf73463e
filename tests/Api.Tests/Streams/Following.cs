using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Sessions;
using Colloquy.Streams;

namespace Colloquy.Tests.Streams;

/// <summary>A follower in the hands of a test: what it was told, and what it has shown, one short text for each item.</summary>
internal sealed class Following
{
    public const string Session = "ses_0123456789abcdefghjkmnpqrs";
    private readonly Follow _follow;

    public Following(long after = 0, long head = 0, string? run = null)
    {
        _follow = new Follow(after, head, run, Time);
        Collect();
    }

    public TestTime Time { get; } = new();

    public List<string> Shown { get; } = [];

    public List<StreamItem> Items { get; } = [];

    public FollowStep Step => _follow.Next().Step;

    public static string Run(long seq) => SessionIds.Run(Session, seq);

    public static string Answer(long seq) => SessionIds.Answer(Session, seq);

    /// <summary>An event of the run whose question has this number, or of none.</summary>
    public static EventLine Line(long seq, string type, long run = 0) =>
        new(seq, type, run == 0 ? null : Run(run), [(byte)'{', (byte)'}'])
        {
            MessageId = type is "message.completed" ? Answer(run) : null,
        };

    /// <summary>A seat has said what it was asked for.</summary>
    public static EventLine Position(long seq, string seat, long run = 2) =>
        new(seq, "panel.position", Run(run), [(byte)'{', (byte)'}']) { MessageId = seat };

    /// <summary>Words of a seat. Its message is called as the seat.</summary>
    public static LiveFrame Words(long head, string seat, int offset, string text, long attempt = 1) =>
        new(head, Run(2), seat, attempt, offset, text, seat, 1);

    public static PartialAnswer Written(string seat, string text, long attempt = 1) => new(Run(2), seat, attempt, text, seat, 1);

    public static LiveFrame Text(long head, int offset, string text, long run = 2, long attempt = 1) =>
        new(head, Run(run), Answer(run), attempt, offset, text);

    public Following Attaches(long head, string? partial, long run = 2, long attempt = 1) =>
        Attaches(head, partial is null ? [] : [new PartialAnswer(Run(run), Answer(run), attempt, partial)]);

    public Following Attaches(long head, params PartialAnswer[] partials)
    {
        Assert.Equal(FollowStep.Attach, Step);
        return Do(() => _follow.Attached(new(true, head, [.. partials])));
    }

    public Following IsGone() => Do(() => _follow.Attached(new(false, 0, [])));

    public Following Reads(long head, params EventLine[] lines)
    {
        Assert.Equal(FollowStep.Read, Step);
        return Do(() => _follow.Read(new EventPage(head, [.. lines])));
    }

    public Following Hears(LiveFrame frame) => Do(() => _follow.Shown(frame));

    public Following HearsHeartbeat(long head) => Hears(new(head, null, null, 0, 0, ""));

    public Following Overflows() => Do(_follow.Overflowed);

    public Following Fails() => Do(_follow.Failed);

    public Following Waits(double seconds) => Do(() => Time.Pass(seconds));

    /// <summary>Forgets what was shown so far.</summary>
    public Following Then()
    {
        Shown.Clear();
        return this;
    }

    private static string Seat(LiveEvent.OfText live) => live.Place is { } place
        ? string.Create(CultureInfo.InvariantCulture, $"{place.Seat}/{place.Round} ") : "";

    private Following Do(Action action)
    {
        action();
        Collect();
        return this;
    }

    private void Collect()
    {
        var items = _follow.Take();
        Items.AddRange(items);
        Shown.AddRange(items.Select(Of));
    }

    private static string Of(StreamItem item) => item switch
    {
        StreamItem.Durable durable => string.Create(CultureInfo.InvariantCulture, $"{durable.Line.Seq} {durable.Line.Type}"),
        StreamItem.Live { Event: LiveEvent.Opened opened } => $"opened {opened.After} {opened.Head}",
        StreamItem.Live { Event: LiveEvent.Gap gap } => $"gap {gap.After} {gap.Next}",
        StreamItem.Live { Event: LiveEvent.Delta delta } => $"delta {Seat(delta)}{delta.Offset} {delta.Text}",
        StreamItem.Live { Event: LiveEvent.Snapshot snapshot } => $"snapshot {Seat(snapshot)}{snapshot.Attempt} {snapshot.Text}",
        StreamItem.Live { Event: LiveEvent.Reset reset } => $"reset {Seat(reset)}{reset.Attempt}",
        _ => "hb",
    };
}
