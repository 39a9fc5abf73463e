using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace Colloquy.Streams;

/// <summary>Writes what a viewer is shown, as server-sent events or as lines of JSON. Durable events are the journal's own
/// lines.</summary>
internal sealed class StreamWriter(PipeWriter output, StreamFormat format, string session, TimeProvider time)
{
    private readonly string _tag = StreamCursor.TagOf(session);

    /// <summary>Writes a batch and waits until the connection has taken it.</summary>
    public async ValueTask Write(IReadOnlyList<StreamItem> items, CancellationToken cancellation)
    {
        foreach (var item in items)
        {
            switch (item)
            {
                case StreamItem.Durable durable:
                    Begin(durable.Line.Type, durable.Line.Seq);
                    output.Write(durable.Line.Json);
                    End();
                    break;
                case StreamItem.Live live:
                    Begin(live.Event.Type, null);
                    output.Write(Json(live.Event));
                    End();
                    break;
                default:
                    WriteHeartbeat();
                    break;
            }
        }
        await output.FlushAsync(cancellation);
    }

    private void Begin(string type, long? seq)
    {
        if (format is not StreamFormat.Sse)
            return;
        if (seq is { } place)
            Text($"id: {place.ToString(CultureInfo.InvariantCulture)}-{_tag}\n");
        Text($"event: {type}\ndata: ");
    }

    private void End() => Text(format is StreamFormat.Sse ? "\n\n" : "\n");

    private void WriteHeartbeat()
    {
        if (format is StreamFormat.Sse)
            Text(": hb\n\n");
        else
            Text($"{{\"type\":\"stream.heartbeat\",\"at\":\"{Now()}\"}}\n"); // lines of JSON know no comments
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private ReadOnlySpan<byte> Json(LiveEvent live)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, live.Type);
            json.WriteString("at"u8, Now());
            WriteFields(json, live);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private void WriteFields(Utf8JsonWriter json, LiveEvent live)
    {
        switch (live)
        {
            case LiveEvent.Opened opened:
                json.WriteString("cursor"u8, StreamCursor.Of(session, opened.After));
                json.WriteString("head"u8, StreamCursor.Of(session, opened.Head));
                break;
            case LiveEvent.Gap gap:
                json.WriteString("after"u8, StreamCursor.Of(session, gap.After));
                json.WriteString("next"u8, StreamCursor.Of(session, gap.Next));
                break;
            case LiveEvent.Delta delta:
                WriteMessage(json, delta);
                json.WriteNumber("offset"u8, delta.Offset);
                json.WriteString("text"u8, delta.Text);
                break;
            case LiveEvent.Snapshot snapshot:
                WriteMessage(json, snapshot);
                json.WriteNumber("offset"u8, 0);
                json.WriteString("text"u8, snapshot.Text);
                break;
            case LiveEvent.Reset reset:
                WriteMessage(json, reset);
                break;
        }
    }

    private static void WriteMessage(Utf8JsonWriter json, LiveEvent.OfText live)
    {
        json.WriteString("runId"u8, live.RunId);
        json.WriteString("messageId"u8, live.MessageId);
        json.WriteNumber("attempt"u8, live.Attempt);
        if (live.Place is not { } place)
            return;
        json.WriteString("seat"u8, place.Seat);
        if (place.Round is { } round)
            json.WriteNumber("round"u8, round);
    }
}
