using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;

namespace Colloquy.FakeModel;

/// <summary>Writes server-sent events.</summary>
internal sealed class EventWriter(PipeWriter body, bool splits, CancellationToken left)
{
    public const string ContentType = "text/event-stream; charset=utf-8";

    public Task Write(JsonObject json) => Write(json.ToJsonString(Json.Plain));

    public async Task Write(string data)
    {
        var bytes = Encoding.UTF8.GetBytes($"data: {data}\n\n");
        if (!splits)
        {
            await body.WriteAsync(bytes, left);
            return;
        }

        // Every packet but the last of an event ends inside a character if the event holds one of several bytes, and the
        // last holds but one of the two line ends: a reader that takes packets for events, or for text, gets both wrong.
        var cut = Array.FindIndex(bytes, value => value >= 0x80) + 1;
        await body.WriteAsync(bytes.AsMemory(0, cut > 0 ? cut : bytes.Length / 2), left);
        await body.WriteAsync(bytes.AsMemory((cut > 0 ? cut : bytes.Length / 2)..^1), left);
        await body.WriteAsync(bytes.AsMemory(bytes.Length - 1), left);
    }

    /// <summary>An event that breaks off inside a character.</summary>
    public async Task WriteTruncated(JsonObject json)
    {
        var bytes = Encoding.UTF8.GetBytes($"data: {json.ToJsonString(Json.Plain)}\n\n");
        await body.WriteAsync(WholeAnswer.Truncated(bytes), left);
    }
}
