using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Runs;

namespace Colloquy.Sessions;

/// <summary>Finds what a fork takes along. It reads a bounded stretch of the journal before the message, however long the
/// session.</summary>
internal sealed class ForkPoints(IJournalStore store, string key, SessionState state)
{
    /// <summary>Enough for a full window of plain turns, twice over.</summary>
    private const int LinesMax = 512;

    public async Task<ForkPoint?> At(string messageId)
    {
        if (!state.Exists || !SessionIds.TryParseMessage(messageId, out var session, out var question) || session != state.Id
            || (state.ForkedFrom?.Depth ?? 0) >= SessionLimits.ForkDepth)
            return null;
        var past = SessionState.Empty with { Id = state.Id };
        var (after, origin) = (Math.Max(0, question - LinesMax), (ForkOrigin?)null);
        // An answer can stand a while behind its question: others may have been accepted and dropped in between.
        for (var read = 0; origin is null && read < 2 * LinesMax;)
        {
            var lines = await store.Read(key, after, 128, EventLines.PageBytes, CancellationToken.None);
            if (lines.Count == 0)
                return null;
            foreach (var line in lines)
            {
                past = (past with { Seq = line.Seq - 1 }).Apply(Read(line));
                if (Holds(line, messageId))
                {
                    origin = new(state.Id!, messageId, line.Seq, (state.ForkedFrom?.Depth ?? 0) + 1);
                    break;
                }
            }
            (after, read) = (lines[^1].Seq, read + lines.Count);
        }
        return origin is null ? null
            : new(origin, state.Agent, state.Tier, state.Title, state.Instructions, past.Summary, past.Window,
                state.Mode);
    }

    private static bool Holds(JournalLine line, string messageId) => Read(line) switch
    {
        MessageAccepted e => e.MessageId == messageId,
        MessageCompleted e => e.MessageId == messageId,
        _ => false,
    };

    private static SessionEvent Read(JournalLine line) =>
        JsonSerializer.Deserialize<SessionEvent>(line.Utf8.Span, JournalJson.Options)!;
}
