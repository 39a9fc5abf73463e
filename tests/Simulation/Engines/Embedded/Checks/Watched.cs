using System.Text;
using Colloquy.Journals;
using Colloquy.Sessions;
using Colloquy.Streams;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>What one viewer has seen of a journal, over all its visits.</summary>
internal class Watched(string session)
{
    private readonly List<EventLine> _lines = [];
    private readonly StringBuilder _text = new();
    private (string Message, long Attempt) _writing = ("", 0);

    public string Session => session;

    public long Cursor => _lines.Count;

    /// <summary>A new visit begins with nothing on the screen but what is durable.</summary>
    public virtual void Leave()
    {
        _text.Clear();
        _writing = ("", 0);
    }

    public void See(StreamItem item)
    {
        switch (item)
        {
            case StreamItem.Durable durable:
                Unless(durable.Line.Seq == Cursor + 1, $"I4: {session} shows {durable.Line.Seq} after {Cursor}");
                _lines.Add(durable.Line);
                break;
            case StreamItem.Live { Event: LiveEvent.Gap gap }:
                throw new BrokenPromiseException($"I4: {session} shows a gap from {gap.After} to {gap.Next}, and nothing was removed");
            case StreamItem.Live live:
                See(live.Event);
                break;
            default:
                break;
        }
    }

    /// <summary>Text that is written one message after the other.</summary>
    protected virtual void See(LiveEvent live)
    {
        switch (live)
        {
            case LiveEvent.Delta delta:
                Enter(delta.MessageId, delta.Attempt);
                Unless(delta.Offset == _text.Length || delta.Offset == 0,
                    $"I4: {session} shows text at {delta.Offset} after {_text.Length} characters");
                Write(delta.Offset, delta.Text);
                break;
            case LiveEvent.Snapshot snapshot:
                Enter(snapshot.MessageId, snapshot.Attempt);
                Write(0, snapshot.Text);
                break;
            case LiveEvent.Reset reset:
                Enter(reset.MessageId, reset.Attempt);
                _text.Clear();
                break;
            default:
                break;
        }
    }

    /// <summary>Everything that was seen is in the journal, byte for byte, and nothing is missing before it.</summary>
    public void IsBeginningOf(IReadOnlyList<JournalLine> journal)
    {
        Unless(_lines.Count <= journal.Count,
            $"I4: a viewer of {session} saw {_lines.Count} events, and there are {journal.Count}");
        foreach (var line in _lines)
            Unless(line.Json.AsSpan().SequenceEqual(journal[(int)line.Seq - 1].Utf8.Span),
                $"I4: a viewer of {session} saw another event {line.Seq} than the journal has");
    }

    private void Enter(string message, long attempt)
    {
        if (_writing.Message != message)
            _text.Clear();
        else
            Unless(attempt >= _writing.Attempt,
                $"I4: {session} shows attempt {attempt} after {_writing.Attempt} of {message}");
        _writing = (message, attempt);
    }

    private void Write(int offset, string text)
    {
        _text.Length = offset;
        _text.Append(text);
        // The outcome of a panel, "Decided by" or "Not decided by" its rule, comes whole and is compared with the panel.
        Unless(Words.IsBeginning(_text.ToString()) || _text.ToString().Contains("ecided by ", StringComparison.Ordinal),
            $"I4: {session} shows a mixture: {_text}");
    }
}
