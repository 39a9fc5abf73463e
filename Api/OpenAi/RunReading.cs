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
internal sealed class RunReading
{
    /// <summary>The event with which a run begins.</summary>
    public const string Accepted = "run.accepted";

    private JsonElement _message;
    private bool _isOneCall = true;

    public static DateTimeOffset TimeOf(EventLine line) => Parse(line).GetProperty("at").GetDateTimeOffset();

    /// <summary>Takes the next event. Answers the run's end with its last one.</summary>
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

    private RunEnd End(string type, JsonElement end) => new(
        type, Text(_message, "messageId"), Text(_message, "content"), At(_message, "citations"), At(_message, "confidence"),
        At(end, "usage") is { ValueKind: JsonValueKind.Object } usage
            ? new(Count(usage, "inputTokens"), Count(usage, "outputTokens")) : Usage.None,
        At(end, "error") is { ValueKind: JsonValueKind.Object } error ? new(Text(error, "code"), Text(error, "message")) : null,
        _isOneCall);

    private static JsonElement Parse(EventLine line) => JsonElement.Parse(line.Json);

    private static JsonElement At(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    private static string Text(JsonElement json, string name) =>
        At(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static long Count(JsonElement json, string name) => At(json, name) is { ValueKind: JsonValueKind.Number } count
        ? count.GetInt64() : 0;
}
