using System.Text;
using Colloquy.Sessions;
using Microsoft.Extensions.Logging;

namespace Colloquy.Panels.Seats;

/// <summary>
/// Shows a panel the words of one attempt while they are written: one call after the other, each from where the panel said it
/// stands, so nothing is lost and nothing comes out of order. Words gather while a call is under way, and for
/// <see cref="SessionLimits.Gather"/>. Nothing here can fail the answer: the whole of it is told at its end.
/// </summary>
/// <param name="nobodyWaits">The panel has no use for the answer any more.</param>
internal sealed partial class SeatVoice(
    IPanelReceiver panel, SeatBrief brief, int attempt, TimeProvider clock, Action nobodyWaits, ILogger logger)
{
    private readonly StringBuilder _text = new();
    private int _known;
    private bool _closed;
    private Task? _showing;

    public void Append(string words)
    {
        if (_closed || words.Length == 0)
            return;
        _text.Append(words);
        if (_showing is null or { IsCompleted: true })
            _showing = Show();
    }

    /// <summary>Waits a moment for the last words to be shown.</summary>
    public async Task Finish()
    {
        if (_showing is { IsCompleted: false } showing)
            await Task.WhenAny(showing, Task.Delay(SeatLimits.LastWords, clock));
        _closed = true;
    }

    public void Close() => _closed = true;

    // Runs on the activation's scheduler, like everything here, so there is nothing to lock. Nobody waits for it but Finish.
    private async Task Show()
    {
        while (!_closed && _known < _text.Length)
        {
            var began = clock.GetTimestamp();
            var pause = SessionLimits.Gather;
            try
            {
                var known = await panel.Saying(new(
                    brief.Round, brief.Seat, attempt, _known, _text.ToString(_known, _text.Length - _known)));
                if (known < 0)
                {
                    _closed = true;
                    nobodyWaits();
                    return;
                }
                _known = Math.Min(known, _text.Length);
            }
            catch (Exception failure)
            {
                LogNotShown(failure, brief.MessageId);
                pause = SeatLimits.ShowAgainAfter;
            }
            var rest = pause - clock.GetElapsedTime(began);
            if (rest > TimeSpan.Zero && !_closed)
                await Task.Delay(rest, clock);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Words of {MessageId} could not be shown; they are shown again")]
    private partial void LogNotShown(Exception failure, string messageId);
}
