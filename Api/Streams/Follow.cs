using Colloquy.Runs;
using Colloquy.Sessions;

namespace Colloquy.Streams;

/// <summary>What a follower has to do next.</summary>
internal enum FollowStep { Attach, Read, Wait, End }

/// <summary>Where a follower stands and what its viewer is shown: a pure state machine over what the grain answers and
/// pushes.</summary>
/// <remarks>
/// It attaches first, reads the journal from the cursor, and only then shows live text, so nothing falls between. Durable events
/// come from the journal alone; a push only says that there are more of them.
/// </remarks>
/// <param name="after">The last durable event that the viewer has.</param>
/// <param name="head">The journal's end as far as it is known.</param>
/// <param name="run">The only run that the viewer wants, or null for all of the session.</param>
internal sealed class Follow(long after, long head, string? run, TimeProvider time)
{
    /// <summary>The grain speaks once a second: two missed, and a half for the way.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(2.5);

    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BackoffFirst = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BackoffMost = TimeSpan.FromSeconds(1);

    private readonly LiveText _text = new(run);
    private readonly List<StreamItem> _items = [new StreamItem.Live(new LiveEvent.Opened(after, head)),
        new StreamItem.Heartbeat()];
    private readonly long _openedAt = time.GetTimestamp();
    private long _cursor = Math.Max(after, BeforeRun(run));
    private long _head = head;
    private long _heardAt;
    private long _attachedAt;
    private bool _isAttached;
    private bool _isOver;
    private int _failures;
    private TimeSpan _retryAt;
    private TimeSpan _heartbeatAt = HeartbeatEvery;
    private LivePosition? _position;

    private TimeSpan Now => time.GetElapsedTime(_openedAt);

    /// <summary>The last durable event that was shown or passed over.</summary>
    public long Cursor => _cursor;

    /// <summary>Takes what the viewer is to be shown now.</summary>
    public IReadOnlyList<StreamItem> Take()
    {
        if (!_isOver && Now >= _heartbeatAt)
        {
            _heartbeatAt = Now + HeartbeatEvery;
            _items.Add(new StreamItem.Heartbeat());
        }
        if (_items.Count == 0)
            return [];
        StreamItem[] taken = [.. _items];
        _items.Clear();
        return taken;
    }

    /// <summary>What is to be done, and how long a wait may be.</summary>
    public (FollowStep Step, TimeSpan Most) Next()
    {
        if (_isOver)
            return (FollowStep.End, TimeSpan.Zero);
        var now = Now;
        if (now < _retryAt)
            return (FollowStep.Wait, Least(_retryAt, _heartbeatAt) - now);
        var silentAt = time.GetElapsedTime(_openedAt, _heardAt) + Silence;
        var renewAt = time.GetElapsedTime(_openedAt, _attachedAt) + RenewEvery;
        if (_isAttached && now >= silentAt)
            (_isAttached, _text.WantsSnapshot) = (false, true);
        if (!_isAttached || _text.WantsSnapshot || now >= renewAt)
            return (FollowStep.Attach, TimeSpan.Zero);
        return _cursor < _head
            ? (FollowStep.Read, TimeSpan.Zero)
            : (FollowStep.Wait, Least(Least(silentAt, renewAt), _heartbeatAt) - now);
    }

    /// <summary>The grain has taken the viewer, and says where the session stands.</summary>
    public void Attached(LivePosition position)
    {
        _attachedAt = _heardAt = time.GetTimestamp();
        (_isAttached, _failures) = (true, 0);
        if (!position.Exists)
        {
            _isOver = true; // it was deleted while it was watched
            return;
        }
        _head = Math.Max(_head, position.Head);
        if (_text.WantsSnapshot)
            (_text.WantsSnapshot, _position) = (false, position);
        else
            _text.Expect(position.Partials);
        ShowText();
    }

    /// <summary>The journal has answered.</summary>
    public void Read(EventPage page)
    {
        var before = _cursor;
        _head = Math.Max(_head, page.Head);
        foreach (var line in page.Events)
        {
            if (line.Seq > _cursor && Show(line))
            {
                _isOver = true;
                return;
            }
        }
        if (_cursor == before && _cursor < _head)
            Failed(); // whoever answered is behind: ask again, but not at once
        else
            _failures = 0;
        ShowText();
    }

    /// <summary>The grain pushes.</summary>
    public void Shown(LiveFrame frame)
    {
        _heardAt = time.GetTimestamp();
        _head = Math.Max(_head, frame.Head);
        if (frame.MessageId is null)
            _text.Settle(_cursor); // text that has not come by now was lost
        else
            _text.Hold(frame);
        ShowText();
    }

    /// <summary>Frames were dropped because the viewer reads slowly.</summary>
    public void Overflowed() => _text.Lose();

    /// <summary>A call failed or took too long. It is made again for as long as the viewer stays.</summary>
    public void Failed()
    {
        var pause = BackoffFirst * Math.Pow(2, Math.Min(_failures++, 10));
        _retryAt = Now + Least(pause, BackoffMost);
    }

    // A run's id says where its question stands: nothing before it is the run's.
    private static long BeforeRun(string? run) => RunIds.TryParse(run, out _, out var first) ? first - 1 : 0;

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>Shows a line if it is wanted. True if it is the last one.</summary>
    private bool Show(EventLine line)
    {
        if (line.Seq > _cursor + 1)
            _items.Add(new StreamItem.Live(new LiveEvent.Gap(_cursor, line.Seq)));
        _cursor = line.Seq;
        var isTerminal = RunEvents.IsTerminal(line.Type);
        if (line.MessageId is { } message && RunEvents.EndsText(line.Type))
            _text.End(message);
        if (line.RunId is { } ended && isTerminal)
            _text.EndRun(ended);
        if (run is not null && line.RunId != run)
            return false;
        _items.Add(new StreamItem.Durable(line));
        return run is not null && isTerminal;
    }

    private void ShowText()
    {
        // Text belongs after the events before it.
        if (_position is { } position && _cursor >= position.Head)
        {
            _position = null;
            _text.Replace(position.Partials);
        }
        if (_position is null)
            _text.Drain(_cursor);
        foreach (var shown in _text.Take())
            _items.Add(new StreamItem.Live(shown));
    }
}
