using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;
using Colloquy.Sessions;

namespace Colloquy.Runs;

/// <summary>Journal lines on their way out: untouched, with what a reader needs to choose among them.</summary>
internal static class EventLines
{
    /// <summary>Bytes of one page, but for its first line.</summary>
    public const int PageBytes = 1024 * 1024;

    public static ImmutableArray<EventLine> Of(IReadOnlyList<JournalLine> lines) => [.. lines.Select(Of)];

    private static EventLine Of(JournalLine line)
    {
        var (type, run, message) = ("", (string?)null, (string?)null);
        var reader = new Utf8JsonReader(line.Utf8.Span);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType is not JsonTokenType.PropertyName)
                continue;
            if (reader.ValueTextEquals("type"))
                type = Next(ref reader);
            else if (reader.ValueTextEquals("runId"))
                run = Next(ref reader);
            else if (reader.ValueTextEquals("messageId"))
                message = Next(ref reader);
        }
        return new(line.Seq, type, run, line.Utf8.ToArray()) { MessageId = message };
    }

    private static string Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? "";
    }
}
