using System.Collections.Immutable;
using System.Text;
using Colloquy.Panels.Seats;
using Colloquy.Sessions;

namespace Colloquy.Panels;

/// <summary>What seats are writing at this moment: nothing of it is durable.</summary>
internal sealed class LiveSeats(Action<LiveFrame> show)
{
    private readonly SortedDictionary<string, Writing> _writing = new(StringComparer.Ordinal);

    /// <summary>Takes words of a seat and shows those that are new. Answers how many characters of the attempt are known.</summary>
    public int Take(PanelState state, long head, SeatWords words)
    {
        if (!_writing.TryGetValue(words.Seat, out var writing) || writing.Round != words.Round || words.Attempt > writing.Attempt)
            _writing[words.Seat] = writing = new(words.Round, words.Attempt, new());
        if (words.Attempt < writing.Attempt)
            return writing.Text.Length; // of an attempt that was overtaken
        var shown = writing.Text.Length;
        if (words.Offset <= shown && words.Offset + words.Text.Length > shown)
        {
            var text = words.Text[(shown - words.Offset)..];
            writing.Text.Append(text);
            show(new(head, state.RunId, PanelIds.Message(state.Charter!.PanelId, words.Round, words.Seat), words.Attempt, shown, text,
                words.Seat, words.Round));
        }
        return writing.Text.Length;
    }

    /// <summary>Forgets what nobody waits for any more: the journal has it, or never will.</summary>
    public void Follow(PanelState state)
    {
        foreach (var seat in _writing.Keys.Except(state.Outstanding, StringComparer.Ordinal).ToList())
            _writing.Remove(seat);
    }

    public ImmutableArray<PartialAnswer> View(PanelState state) =>
    [
        .. _writing.Select(one => new PartialAnswer(
            state.RunId, PanelIds.Message(state.Charter!.PanelId, one.Value.Round, one.Key), one.Value.Attempt,
            one.Value.Text.ToString(), one.Key, one.Value.Round)),
    ];

    private sealed record Writing(int Round, long Attempt, StringBuilder Text);
}
