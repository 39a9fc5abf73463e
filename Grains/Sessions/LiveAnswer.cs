using System.Text;

namespace Colloquy.Sessions;

/// <summary>
/// The answer while it is being written: nothing of it is durable. The first words go out at once, later ones are gathered for
/// <see cref="SessionLimits.Gather"/>, because every frame costs more than the words in it.
/// </summary>
internal sealed class LiveAnswer(RunState run, long attempt, TimeProvider clock, Action<LiveAnswer, int, string> send)
{
    private readonly StringBuilder _text = new();
    private int _sent;
    private long _sentAt;
    private bool _gathering;
    private bool _closed;

    public RunState Run => run;

    public long Attempt => attempt;

    public string Text => _text.ToString();

    public int Length => _text.Length;

    public PartialAnswer View() => new(run.Id, run.AnswerId, attempt, Text);

    public void Append(string words)
    {
        if (_closed || words.Length == 0)
            return;
        _text.Append(words);
        var rest = SessionLimits.Gather - clock.GetElapsedTime(_sentAt);
        if (_sent == 0 || rest <= TimeSpan.Zero)
            Flush();
        else if (!_gathering)
            _ = FlushAfter(rest);
    }

    public void Flush()
    {
        if (_closed || _sent == _text.Length)
            return;
        var (offset, words) = (_sent, _text.ToString(_sent, _text.Length - _sent));
        (_sent, _sentAt) = (_text.Length, clock.GetTimestamp());
        send(this, offset, words);
    }

    /// <summary>From now on nothing is sent: the journal has the whole.</summary>
    public void Close() => _closed = true;

    // Runs on the activation's scheduler, like everything here, so there is nothing to lock.
    private async Task FlushAfter(TimeSpan rest)
    {
        _gathering = true;
        await Task.Delay(rest, clock);
        _gathering = false;
        Flush();
    }
}
