using System.Text;
using Colloquy.Streams;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>What one viewer has seen of a panel: many seats write at the same time, each a message of its own (P6).</summary>
internal sealed class PanelWatched(string panel, SeatBook book) : Watched(panel)
{
    private readonly Dictionary<string, (long Attempt, StringBuilder Text)> _seats = new(StringComparer.Ordinal);

    /// <summary>Characters that were shown live.</summary>
    public long Shown { get; private set; }

    public override void Leave()
    {
        base.Leave();
        _seats.Clear();
    }

    protected override void See(LiveEvent live)
    {
        switch (live)
        {
            case LiveEvent.Delta delta:
                Write(delta.MessageId, delta.Attempt, delta.Offset, delta.Text);
                break;
            case LiveEvent.Snapshot snapshot:
                Write(snapshot.MessageId, snapshot.Attempt, 0, snapshot.Text);
                break;
            case LiveEvent.Reset reset:
                Of(reset.MessageId, reset.Attempt).Clear();
                break;
            default:
                break;
        }
    }

    private void Write(string message, long attempt, int offset, string words)
    {
        var text = Of(message, attempt);
        Unless(offset == 0 || offset == text.Length, $"P6: {message} is shown at {offset} after {text.Length} characters");
        text.Length = offset;
        text.Append(words);
        Shown += words.Length;
        Unless(book.IsBeginning(message, text.ToString()), $"P6: {message} is shown as what nobody wrote: {text}");
    }

    private StringBuilder Of(string message, long attempt)
    {
        if (!_seats.TryGetValue(message, out var seat))
            _seats[message] = seat = (attempt, new());
        Unless(attempt >= seat.Attempt, $"P6: {message} shows attempt {attempt} after {seat.Attempt}");
        if (attempt > seat.Attempt)
            _seats[message] = seat = (attempt, new());
        return seat.Text;
    }
}
