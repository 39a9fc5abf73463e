using System.Globalization;
using System.Text.Json;
using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>Who said something, as far as it matters to a session.</summary>
internal enum Speaker { Instructor, User, Assistant }

internal sealed record Said(Speaker Speaker, string Text);

/// <summary>Reads <c>messages</c>.</summary>
internal static class MessageReader
{
    private const int MessagesMax = 4096;

    /// <exception cref="ProblemException">A message is none, or none that an agent can read.</exception>
    public static List<Said> Read(JsonElement body)
    {
        var messages = Parameters.At(body, "messages");
        if (!Parameters.IsGiven(messages))
            throw Parameters.Missing("messages");
        if (messages.ValueKind is not JsonValueKind.Array)
            throw Parameters.WrongType("messages", "an array of objects");
        return messages.GetArrayLength() is > 0 and <= MessagesMax
            ? [.. messages.EnumerateArray().Select((message, at) => Read(message, Name("messages", at)))]
            : throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, "messages",
                $"Invalid 'messages': expected an array of 1 to {MessagesMax} messages.");
    }

    private static Said Read(JsonElement message, string name)
    {
        if (message.ValueKind is not JsonValueKind.Object)
            throw Parameters.WrongType(name, "an object");
        var speaker = Parameters.String(message, "role", $"{name}.role") switch
        {
            "system" or "developer" => Speaker.Instructor,
            "user" => Speaker.User,
            "assistant" => Speaker.Assistant,
            null => throw Parameters.Missing($"{name}.role"),
            "tool" or "function" =>
                throw Parameters.Unsupported($"{name}.role", "A request cannot bring tools, nor their results."),
            var role => throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, $"{name}.role",
                $"Invalid value: '{OpenAiCodes.Shown(role)}'. Supported values are: 'system', 'developer', 'user', 'assistant'."),
        };
        foreach (var member in (string[])["tool_calls", "function_call", "audio"])
        {
            if (Parameters.At(message, member) is var value && Parameters.IsGiven(value) && IsFilled(value))
                throw Parameters.Unsupported($"{name}.{member}", "Messages are text here.");
        }
        return new(speaker, Content(message, speaker, $"{name}.content"));
    }

    private static bool IsFilled(JsonElement value) => value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > 0;

    private static string Content(JsonElement message, Speaker speaker, string name) => Parameters.At(message, "content") switch
    {
        { ValueKind: JsonValueKind.String } text => Parameters.Text(text, name),
        { ValueKind: JsonValueKind.Array } parts =>
            string.Join('\n', parts.EnumerateArray().Select((part, at) => Part(part, speaker, Name(name, at)))),
        { ValueKind: JsonValueKind.Undefined } when speaker is Speaker.Assistant =>
            Parameters.String(message, "refusal", name.Replace("content", "refusal", StringComparison.Ordinal)) ?? "",
        { ValueKind: JsonValueKind.Undefined } => throw Parameters.Missing(name),
        _ => throw Parameters.WrongType(name, "a string or an array of content parts"),
    };

    private static string Part(JsonElement part, Speaker speaker, string name)
    {
        if (part.ValueKind is not JsonValueKind.Object)
            throw Parameters.WrongType(name, "an object");
        return Parameters.String(part, "type", $"{name}.type") switch
        {
            "text" => Parameters.String(part, "text", $"{name}.text") ?? throw Parameters.Missing($"{name}.text"),
            "refusal" when speaker is Speaker.Assistant =>
                Parameters.String(part, "refusal", $"{name}.refusal") ?? throw Parameters.Missing($"{name}.refusal"),
            null => throw Parameters.Missing($"{name}.type"),
            var type => throw OpenAiCodes.Refuse(OpenAiCodes.UnsupportedParameter, $"{name}.type",
                $"Invalid content type: '{OpenAiCodes.Shown(type)}'. Agents read text only."),
        };
    }

    private static string Name(string array, int at) => $"{array}[{at.ToString(CultureInfo.InvariantCulture)}]";
}
