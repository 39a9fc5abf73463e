using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace Colloquy.Clusters;

/// <summary>What a viewer of one run saw, put together as the protocol says: of a session's run one text, of a panel's one for every
/// seat and round.</summary>
internal sealed class WatchedRun(string run)
{
    private readonly Dictionary<string, Writing> _writing = new(StringComparer.Ordinal);
    private readonly List<long> _seqs = [];

    public string Run => run;
    public string? Cursor { get; private set; }
    public string? Final { get; private set; }
    public string? End { get; private set; }

    /// <summary>Why the run failed, if it did.</summary>
    public string? Why { get; private set; }

    public int Breaks { get; private set; }
    public List<string> Faults { get; } = [];
    public bool HasEnded => End is not null;
    public DateTimeOffset EndedAt { get; private set; }

    /// <summary>The text as it was when the answer was complete.</summary>
    public string Written { get; private set; } = "";

    /// <summary>The places of the durable events, as they came.</summary>
    public IReadOnlyList<long> Seqs => _seqs;

    /// <summary>Texts of seats of which something was seen before they were committed.</summary>
    public int SeenLive { get; private set; }

    public void Broken() => Breaks++;

    public void Take(SseItem<string> item)
    {
        var data = JsonNode.Parse(item.Data)!;
        if (item.EventId is { Length: > 0 } id && item.EventType != "stream.opened" && data["seq"] is { } seq)
        {
            if (_seqs.Count > 0 && (long)seq <= _seqs[^1])
                Faults.Add($"{run}: event {seq} after {_seqs[^1]}");
            Cursor = id;
            _seqs.Add((long)seq);
        }
        switch (item.EventType)
        {
            case "stream.opened": // a cursor is of durable events: text that was under way is shown anew
                _writing.Clear();
                break;
            case "message.delta" or "message.reset" or "message.snapshot":
                TakeText(item.EventType, data);
                break;
            case "message.completed":
                (Final, Written) = ((string)data["content"]!, TextOf(data));
                break;
            case "panel.position" or "panel.vote" or "panel.remark":
                Commit(data);
                break;
            case "run.completed" or "run.failed" or "run.cancelled" or "run.expired" or "run.budget_exhausted":
                if (End is not null)
                    Faults.Add($"{run}: ended twice, {End} and {item.EventType}");
                (End, EndedAt, Why) = (item.EventType, (DateTimeOffset)data["at"]!, data["error"]?.ToJsonString());
                break;
            default:
                break;
        }
    }

    private void TakeText(string type, JsonNode data)
    {
        var (message, attempt) = ((string)data["messageId"]!, (long)data["attempt"]!);
        var writing = _writing.GetValueOrDefault(message, new(0, new()));
        if (type == "message.delta")
        {
            if (attempt != writing.Attempt && writing.Text.Length > 0)
                Faults.Add($"{message}: text of attempt {attempt} follows that of {writing.Attempt}");
            if ((int)data["offset"]! != writing.Text.Length)
                Faults.Add($"{message}: offset {data["offset"]} at length {writing.Text.Length}");
        }
        else
            writing.Text.Clear();
        _writing[message] = new(attempt, writing.Text.Append((string?)data["text"] ?? ""));
    }

    /// <summary>What a seat said is in the journal: what was read of it live must be its beginning.</summary>
    private void Commit(JsonNode data)
    {
        var (text, said) = (TextOf(data), (string)data["said"]!["text"]!);
        _writing.Remove((string)data["messageId"]!);
        SeenLive += text.Length > 0 ? 1 : 0;
        if (!said.StartsWith(text, StringComparison.Ordinal))
            Faults.Add($"{data["messageId"]}: read '{text}' and not the beginning of '{said}'");
    }

    private string TextOf(JsonNode data) => _writing.GetValueOrDefault((string)data["messageId"]!)?.Text.ToString() ?? "";

    private sealed record Writing(long Attempt, StringBuilder Text);
}
