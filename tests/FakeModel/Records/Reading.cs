using System.Text.Json;

namespace Colloquy.FakeModel;

/// <summary>Reads what may be absent or of another kind: a request is the caller's, and may be anything.</summary>
internal static class Reading
{
    public static JsonElement At(this JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    public static bool Is(this JsonElement json, string name) => json.At(name).ValueKind is JsonValueKind.True;

    public static string? Text(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Number(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json) =>
        json.ValueKind is JsonValueKind.Array ? json.EnumerateArray() : [];

    public static JsonElement Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            // A body that is no JSON is recorded and refused later, with the status OpenAI gives it.
            return default;
        }
    }

    public static IReadOnlyList<SentMessage> Messages(JsonElement json) =>
    [
        .. json.At("messages").Items()
            .Select(message => new SentMessage(message.Text("role") ?? "", Content(message.At("content")), message)),
    ];

    /// <summary>The inputs of an embedding request; a list of tokens is the text of its numbers.</summary>
    public static IReadOnlyList<string> Inputs(JsonElement json)
    {
        var input = json.At("input");
        return input.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? []
            : input.ValueKind is JsonValueKind.String ? [input.GetString()!]
            : input.Items().Any(item => item.ValueKind is JsonValueKind.Number) ? [input.GetRawText()]
            : [.. input.Items().Select(item => item.ValueKind is JsonValueKind.String ? item.GetString()! : item.GetRawText())];
    }

    private static string Content(JsonElement content) => content.ValueKind is JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.Items().Select(part => part.Text("text")));
}
