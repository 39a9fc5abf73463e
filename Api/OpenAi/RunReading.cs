using System.Text.Json;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Streams;

namespace Colloquy.OpenAi;

/// <summary>How a run ended, as its events tell it.</summary>
/// <param name="Terminal">The name of its last event.</param>
/// <param name="MessageId">The answer.</param>
/// <param name="Content">What the answer says: the whole, if the run completed.</param>
/// <param name="Citations">As the journal has them, or undefined.</param>
/// <param name="Confidence">As the journal has it, or undefined.</param>
/// <param name="IsOneCall">Whether one call of the model made it, so that the usage is that of the answer alone.</param>
internal sealed record RunEnd(
    string Terminal, string MessageId, string Content, JsonElement Citations, JsonElement Confidence, Usage Usage,
    RunError? Error, bool IsOneCall)
{
    public bool IsCompleted => Terminal is "run.completed";
}

/// <summary>Reads the committed events of one run for what an answer needs.</summary>
internal sealed class RunReading : IAnswerReading
{
    /// <summary>The event with which a run begins.</summary>
    public const string Accepted = "run.accepted";

    private JsonElement _message;
    private bool _isOneCall = true;

    public static DateTimeOffset TimeOf(EventLine line) => Parse(line).GetProperty("at").GetDateTimeOffset();

    /// <summary>A run of a session writes nothing but its answer.</summary>
    public bool IsOfAnswer(LiveEvent.OfText live) => true;

    public RunEnd? Take(EventLine line)
    {
        switch (line.Type)
        {
            case "tool.called" or "context.summarised":
                _isOneCall = false;
                return null;
            case RunEvents.MessageCompleted:
                _message = Parse(line);
                return null;
            default:
                return RunEvents.IsTerminal(line.Type) ? End(line.Type, Parse(line)) : null;
        }
    }

    /// <summary>What a run's last event says of itself: not what the answer was.</summary>
    public static RunEnd EndOf(string type, JsonElement end) => new(
        type, MessageId: "", Content: "", Citations: default, Confidence: default,
        At(end, "usage") is { ValueKind: JsonValueKind.Object } usage
            ? new(Count(usage, "inputTokens"), Count(usage, "outputTokens")) : Usage.None,
        At(end, "error") is { ValueKind: JsonValueKind.Object } error ? new(Text(error, "code"), Text(error, "message")) : null,
        IsOneCall: false);

    private RunEnd End(string type, JsonElement end) => EndOf(type, end) with
    {
        MessageId = Text(_message, "messageId"),
        Content = Text(_message, "content"),
        Citations = At(_message, "citations"),
        Confidence = At(_message, "confidence"),
        IsOneCall = _isOneCall,
    };

    public static JsonElement Parse(EventLine line) => JsonElement.Parse(line.Json);

    public static JsonElement At(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    public static string Text(JsonElement json, string name) =>
        At(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static long Count(JsonElement json, string name) => At(json, name) is { ValueKind: JsonValueKind.Number } count
        ? count.GetInt64() : 0;
}
