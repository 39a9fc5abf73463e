using System.Collections.Immutable;
using Colloquy.Sessions;

namespace Colloquy.Streams;

/// <summary>Puts the texts that are being written together from frames that come late, twice, out of order or not at all: of a
/// session one text at a time, of a panel one for every seat. Each goes its own way, told apart by its message.</summary>
/// <param name="run">The only run whose text is wanted, or null for all.</param>
internal sealed class LiveText(string? run)
{
    /// <summary>Frames that may wait for those before them: more, and a snapshot is cheaper.</summary>
    public const int HeldMax = 256;

    /// <summary>Texts that are shown side by side: more than a panel has seats. What is beyond comes when it is whole.</summary>
    public const int TextsMax = 32;

    /// <summary>Ends that are remembered: late frames come within seconds, and in that time no more texts end.</summary>
    private const int EndedMax = 128;

    private readonly List<LiveFrame> _held = [];
    private readonly List<LiveEvent> _shown = [];
    private readonly Dictionary<string, Writing> _writing = new(StringComparer.Ordinal);
    private readonly Lately _endedRuns = new(EndedMax);
    private readonly Lately _endedMessages = new(EndedMax);
    private ImmutableArray<PartialAnswer> _expected = [];

    /// <summary>Whether the grain must be asked for the whole texts: at first, and whenever some was lost.</summary>
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
        if (!IsWanted(frame.RunId, frame.MessageId))
            return;
        if (_held.Count >= HeldMax)
            Lose();
        else
            _held.Add(frame);
    }

    /// <summary>These texts exist. If one has not been shown by the next heartbeat, some was lost.</summary>
    public void Expect(ImmutableArray<PartialAnswer> partials) => _expected = partials;

    /// <summary>Gives up waiting for what should have come.</summary>
    public void Settle(long cursor)
    {
        if (_held.Exists(frame => frame.Head <= cursor)
            || _expected.Any(partial => IsWanted(partial.RunId, partial.MessageId) && !Covers(partial)))
            WantsSnapshot = true;
        _expected = [];
    }

    /// <summary>Forgets what waits: the grain will be asked for all.</summary>
    public void Lose()
    {
        _held.Clear();
        WantsSnapshot = true;
    }

    /// <summary>The text is in the journal now, or will never be: what comes of it live is late.</summary>
    public void End(string messageId)
    {
        _endedMessages.Add(messageId);
        _held.RemoveAll(frame => frame.MessageId == messageId);
        _writing.Remove(messageId);
    }

    /// <summary>The run is over, and with it all of its texts.</summary>
    public void EndRun(string runId)
    {
        _endedRuns.Add(runId);
        _held.RemoveAll(frame => frame.RunId == runId);
        foreach (var writing in _writing.Values.Where(writing => writing.RunId == runId).ToList())
            _writing.Remove(writing.MessageId);
    }

    /// <summary>Takes the whole texts from the grain.</summary>
    public void Replace(ImmutableArray<PartialAnswer> partials)
    {
        // Nobody goes on with texts that the grain does not know.
        _held.RemoveAll(frame => frame.Offset > 0 && !partials.Any(partial => partial.MessageId == frame.MessageId));
        foreach (var partial in partials.Where(partial => IsWanted(partial.RunId, partial.MessageId)))
            if (Enter(new(partial.RunId, partial.MessageId, partial.Attempt, partial.Seat, partial.Round)) is { } writing
                && partial.Text.Length > writing.Length)
                Snapshot(writing, partial.Text);
    }

    /// <summary>Shows what can be shown once the journal has been shown up to here.</summary>
    public void Drain(long cursor)
    {
        if (_held.Count == 0)
            return;
        _held.Sort((left, right) => left.Attempt != right.Attempt
            ? left.Attempt.CompareTo(right.Attempt) : left.Offset.CompareTo(right.Offset));
        _held.RemoveAll(frame => frame.Head <= cursor && (!IsWanted(frame.RunId, frame.MessageId) || IsDone(frame)));
    }

    /// <summary>Shows a frame if its turn has come. True if it has served.</summary>
    private bool IsDone(LiveFrame frame)
    {
        var before = _writing.GetValueOrDefault(frame.MessageId!);
        if (frame.Offset > 0 && before is null)
            return _writing.Count >= TextsMax; // its beginning is missing, or there was no place for it
        if (Enter(new(frame.RunId!, frame.MessageId!, frame.Attempt, frame.Seat, frame.Round)) is not { } writing)
            return true;
        var shown = writing.Length;
        if (frame.Offset > shown)
            return false;
        if (before is not null && before != writing)
        {
            Snapshot(writing, frame.Text);
            return true;
        }
        if (frame.Offset + frame.Text.Length <= shown)
            return true;
        var text = frame.Text[(shown - frame.Offset)..];
        _shown.Add(new LiveEvent.Delta(writing.RunId, writing.MessageId, writing.Attempt, shown, text) { Place = writing.Place });
        writing.Length += text.Length;
        return true;
    }

    /// <summary>Makes this attempt the one that is shown of its message. Null if a later one is, or if too many texts
    /// are.</summary>
    private Writing? Enter(Writing next)
    {
        if (_writing.GetValueOrDefault(next.MessageId) is not { } writing)
            return _writing.Count < TextsMax && _writing.TryAdd(next.MessageId, next) ? next : null;
        if (next.Attempt <= writing.Attempt)
            return next.Attempt == writing.Attempt ? writing : null;
        _writing[next.MessageId] = next;
        _shown.Add(new LiveEvent.Reset(next.RunId, next.MessageId, next.Attempt) { Place = next.Place });
        return next;
    }

    private void Snapshot(Writing writing, string text)
    {
        _shown.Add(new LiveEvent.Snapshot(writing.RunId, writing.MessageId, writing.Attempt, text) { Place = writing.Place });
        writing.Length = text.Length;
    }

    private bool Covers(PartialAnswer partial) => partial.Text.Length == 0
        || (_writing.GetValueOrDefault(partial.MessageId) is { } writing
            ? writing.Attempt > partial.Attempt || (writing.Attempt == partial.Attempt && writing.Length >= partial.Text.Length)
            : _writing.Count >= TextsMax);

    private bool IsWanted(string? runId, string? messageId) => runId is not null && messageId is not null
        && (run is null || runId == run) && !_endedRuns.Contains(runId) && !_endedMessages.Contains(messageId);

    /// <summary>A text as far as it was shown. Each attempt is another one.</summary>
    private sealed class Writing(string runId, string messageId, long attempt, string? seat, int? round)
    {
        public string RunId => runId;

        public string MessageId => messageId;

        public long Attempt => attempt;

        public SeatPlace? Place { get; } = seat is null ? null : new(seat, round);

        /// <summary>Characters that were shown.</summary>
        public int Length { get; set; }
    }

    /// <summary>The latest of many names.</summary>
    private sealed class Lately(int most)
    {
        private readonly Queue<string> _names = new();

        public void Add(string name)
        {
            if (_names.Contains(name))
                return;
            if (_names.Count >= most)
                _names.Dequeue();
            _names.Enqueue(name);
        }

        public bool Contains(string name) => _names.Contains(name);
    }
}
