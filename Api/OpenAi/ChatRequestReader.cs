using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>Reads a chat completion request, or says what is wrong with it.</summary>
/// <remarks>
/// Elsewhere in this API an unknown member is refused, because there it can only be a mistake. Here it is ignored and named in
/// the answer: OpenAI's clients send members of later versions of a protocol that is not ours, and must go on working.
/// </remarks>
internal static class ChatRequestReader
{
    private const int ChoicesMax = 8;
    private const int StopMax = 4;
    private const int StopLengthMax = 256;
    private const int EntriesMax = 16;
    private const int NameMax = 64;
    private const int ValueMax = 512;

    /// <exception cref="ProblemException">The request cannot be answered as it is meant.</exception>
    public static ChatRequest Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            throw new ProblemException(new(ProblemCodes.InvalidRequest, "The body is no JSON object."));
        var model = Parameters.String(body, "model") is { Length: > 0 } named ? named : throw Parameters.Missing("model");
        UnsupportedParameters.Refuse(body);
        var options = Parameters.Object(body, "stream_options");
        var isStreamed = Parameters.Bool(body, "stream");
        if (Parameters.IsGiven(options) && !isStreamed)
            throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, "stream_options",
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        return new(
            model, Conversation.Of(MessageReader.Read(body)), isStreamed,
            Parameters.IsGiven(options) && Parameters.Bool(options, "include_usage", "stream_options.include_usage"),
            (int)(Parameters.Integer(body, "n", 1, ChoicesMax) ?? 1), Stop(body), Parameters.Bool(body, "store"), Metadata(body),
            Least(Tokens(body, "max_completion_tokens"), Tokens(body, "max_tokens")),
            Parameters.Number(body, "temperature", 0, 2), IgnoredParameters.In(body),
            OperationKey.Hash($"chat.completions\n{JsonSerializer.Serialize(body)}"));
    }

    private static long? Tokens(JsonElement body, string name) => Parameters.Integer(body, name, 1, int.MaxValue);

    private static long? Least(long? one, long? other) => one is null || other < one ? other ?? one : one;

    private static ImmutableArray<string> Stop(JsonElement body)
    {
        var stop = Parameters.At(body, "stop");
        ImmutableArray<string> sequences = stop.ValueKind switch
        {
            JsonValueKind.Undefined => [],
            JsonValueKind.String => [Parameters.Text(stop, "stop")],
            JsonValueKind.Array => [.. stop.EnumerateArray().Select(one => one.ValueKind is JsonValueKind.String
                ? Parameters.Text(one, "stop") : throw Parameters.WrongType("stop", "a string or an array of strings"))],
            _ => throw Parameters.WrongType("stop", "a string or an array of strings"),
        };
        return sequences.Length <= StopMax && sequences.All(sequence => sequence.Length is > 0 and <= StopLengthMax)
            ? sequences
            : throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, "stop",
                $"Invalid value for 'stop': expected at most {StopMax} texts of 1 to {StopLengthMax} characters.");
    }

    private static ImmutableSortedDictionary<string, string> Metadata(JsonElement body)
    {
        var metadata = Parameters.Object(body, "metadata");
        if (!Parameters.IsGiven(metadata))
            return ImmutableSortedDictionary<string, string>.Empty;
        var entries = metadata.EnumerateObject().ToList();
        if (entries.Exists(entry => entry.Value.ValueKind is not JsonValueKind.String))
            throw Parameters.WrongType("metadata", "an object of strings");
        var read = entries.ToImmutableSortedDictionary(
            entry => entry.Name, entry => Parameters.Text(entry.Value, "metadata"), StringComparer.Ordinal);
        return read.Count <= EntriesMax
            && read.All(entry => entry is { Key.Length: > 0 and <= NameMax, Value.Length: <= ValueMax })
            && read.Keys.All(name => !name.Contains('\0', StringComparison.Ordinal))
            ? read
            : throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, "metadata", $"Invalid value for 'metadata': expected at most "
                + $"{EntriesMax} texts of at most {ValueMax} characters, under names of 1 to {NameMax}.");
    }
}
