using Colloquy.Sessions;

namespace Colloquy.Streams;

/// <summary>Puts the text that is being written together from frames that come late, twice, out of order or not at all.</summary>
/// <param name="run">The only run whose text is wanted, or null for all.</param>
internal sealed class LiveText(string? run)
{
    /// <summary>Frames that may wait for those before them: more, and a snapshot is cheaper.</summary>
    public const int HeldMax = 256;

    /// <summary>Runs whose end is remembered: late frames come within seconds, and a session answers one message at a
    /// time.</summary>
    private const int EndedMax = 32;

    private readonly List<LiveFrame> _held = [];
    private readonly List<LiveEvent> _shown = [];
    private readonly Queue<string> _ended = new(EndedMax);
    private Writing? _writing;
    private PartialAnswer? _expected;

    /// <summary>Whether the grain must be asked for the whole text: at first, and whenever some was lost.</summary>
    public bool WantsSnapshot { get; set; } = true;

    public IReadOnlyList<LiveEvent> Take()
    {
        if (_shown.Count == 0)
            return [];
        LiveEvent[] taken = [.. _shown];
        _shown.Clear();
        return taken;
    }

    public void Hold(LiveFrame frame)
    {
        if (!IsWanted(frame.RunId))
            return;
        if (_held.Count >= HeldMax)
            Lose();
        else
            _held.Add(frame);
    }

    /// <summary>This text exists. If it has not been shown by the next heartbeat, some was lost.</summary>
    public void Expect(PartialAnswer? partial) => _expected = partial;

    /// <summary>Gives up waiting for what should have come.</summary>
    public void Settle(long cursor)
    {
        if (_held.Exists(frame => frame.Head <= cursor)
            || (_expected is { } partial && IsWanted(partial.RunId) && !Covers(partial)))
            WantsSnapshot = true;
        _expected = null;
    }

    /// <summary>Forgets what waits: the grain will be asked for all.</summary>
    public void Lose()
    {
        _held.Clear();
        WantsSnapshot = true;
    }

    /// <summary>The run's text is in the journal now, or will never be: what comes of it live is late.</summary>
    public void End(string runId)
    {
        if (_ended.Count >= EndedMax)
            _ended.Dequeue();
        _ended.Enqueue(runId);
        _held.RemoveAll(frame => frame.RunId == runId);
        if (_writing?.RunId == runId)
            _writing = null;
    }

    /// <summary>Takes the whole text from the grain.</summary>
    public void Replace(PartialAnswer? partial)
    {
        if (partial is null || !IsWanted(partial.RunId))
        {
            _held.RemoveAll(frame => frame.Offset > 0); // nobody goes on with these
            return;
        }
        if (!Enter(partial.RunId, partial.MessageId, partial.Attempt))
            return;
        if (partial.Text.Length > _writing!.Length)
            Snapshot(partial.Text);
    }

    /// <summary>Shows what can be shown once the journal has been shown up to here.</summary>
    public void Drain(long cursor)
    {
        if (_held.Count == 0)
            return;
        _held.Sort((left, right) => left.Attempt != right.Attempt
            ? left.Attempt.CompareTo(right.Attempt) : left.Offset.CompareTo(right.Offset));
        _held.RemoveAll(frame => frame.Head <= cursor && (!IsWanted(frame.RunId) || IsDone(frame)));
    }

    /// <summary>Shows a frame if its turn has come. True if it has served.</summary>
    private bool IsDone(LiveFrame frame)
    {
        if (frame.Offset > 0 && _writing?.MessageId != frame.MessageId)
            return false; // its beginning is missing
        var wasReset = _writing is { } writing && writing.MessageId == frame.MessageId && frame.Attempt > writing.Attempt;
        if (!Enter(frame.RunId!, frame.MessageId!, frame.Attempt))
            return true;
        var shown = _writing!.Length;
        if (frame.Offset > shown)
            return false;
        if (wasReset)
        {
            Snapshot(frame.Text);
            return true;
        }
        if (frame.Offset + frame.Text.Length <= shown)
            return true;
        var text = frame.Text[(shown - frame.Offset)..];
        _shown.Add(new LiveEvent.Delta(_writing.RunId, _writing.MessageId, _writing.Attempt, shown, text));
        _writing.Length += text.Length;
        return true;
    }

    /// <summary>Makes this attempt the one that is shown. False if a later one is.</summary>
    private bool Enter(string runId, string messageId, long attempt)
    {
        if (_writing is not { } writing || writing.MessageId != messageId)
        {
            _writing = new Writing(runId, messageId, attempt);
            return true;
        }
        if (attempt <= writing.Attempt)
            return attempt == writing.Attempt;
        _writing = new Writing(runId, messageId, attempt);
        _shown.Add(new LiveEvent.Reset(runId, messageId, attempt));
        return true;
    }

    private void Snapshot(string text)
    {
        _shown.Add(new LiveEvent.Snapshot(_writing!.RunId, _writing.MessageId, _writing.Attempt, text));
        _writing.Length = text.Length;
    }

    private bool Covers(PartialAnswer partial) => partial.Text.Length == 0
        || (_writing is { } writing && writing.MessageId == partial.MessageId
            && (writing.Attempt > partial.Attempt
                || (writing.Attempt == partial.Attempt && writing.Length >= partial.Text.Length)));

    private bool IsWanted(string? runId) => runId is not null && (run is null || runId == run) && !_ended.Contains(runId);

    private sealed record Writing(string RunId, string MessageId, long Attempt)
    {
        /// <summary>Characters that were shown.</summary>
        public int Length { get; set; }
    }
}
