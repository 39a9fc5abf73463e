using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>A request for vectors.</summary>
/// <param name="IsBase64">Whether vectors are sent as little-endian float32 in base64, as the official clients ask for.</param>
/// <param name="Dimensions">What the client expects, or null.</param>
internal sealed record EmbeddingRequest(string Model, ImmutableArray<string> Texts, bool IsBase64, long? Dimensions)
{
    /// <summary>Texts of a request, as at OpenAI.</summary>
    private const int TextsMax = 2048;

    /// <summary>Characters of a text: 8,192 tokens, as at OpenAI.</summary>
    private const int TextMax = 32_768;

    /// <summary>Characters of all texts: 300,000 tokens, as at OpenAI.</summary>
    private const int AllMax = 1_200_000;

    /// <exception cref="ProblemException">The request cannot be answered as it is meant.</exception>
    public static EmbeddingRequest Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            throw new ProblemException(new(ProblemCodes.InvalidRequest, "The body is no JSON object."));
        var model = Parameters.String(body, "model") is { Length: > 0 } named ? named : throw Parameters.Missing("model");
        var format = Parameters.String(body, "encoding_format") ?? "float";
        if (format is not ("float" or "base64"))
            throw Wrong("encoding_format", "Invalid value for 'encoding_format': expected 'float' or 'base64'.");
        return new(model, Inputs(Parameters.At(body, "input")), format is "base64", Parameters.Integer(body, "dimensions", 1, 65_536));
    }

    /// <summary>Refuses another length than the model has: none here can be shortened.</summary>
    public void Check(int dimensions)
    {
        if (Dimensions is { } wanted && wanted != dimensions)
            throw Wrong("dimensions", $"Invalid value for 'dimensions': this model has {dimensions}.");
    }

    private static ImmutableArray<string> Inputs(JsonElement input)
    {
        ImmutableArray<string> texts = input.ValueKind switch
        {
            JsonValueKind.Undefined => throw Parameters.Missing("input"),
            JsonValueKind.String => [Parameters.Text(input, "input")],
            JsonValueKind.Array when input.GetArrayLength() is > 0 and <= TextsMax => [.. input.EnumerateArray().Select(Text)],
            JsonValueKind.Array => throw Wrong("input", $"Invalid value for 'input': expected 1 to {TextsMax} texts."),
            _ => throw Parameters.WrongType("input", "a string or an array of strings"),
        };
        if (texts.Any(text => text.Length == 0))
            throw Wrong("input", "Invalid value for 'input': a text is empty.");
        if (texts.Any(text => text.Length > TextMax) || texts.Sum(text => (long)text.Length) > AllMax)
        {
            throw OpenAiCodes.Refuse(OpenAiCodes.StringTooLong, "input",
                $"Invalid 'input': expected at most {TextMax} characters in a text and {AllMax} in all.");
        }
        return texts;
    }

    private static string Text(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => Parameters.Text(item, "input"),
        JsonValueKind.Number or JsonValueKind.Array =>
            throw Parameters.WrongType("input", "text; tokens mean something else to every model"),
        _ => throw Parameters.WrongType("input", "a string or an array of strings"),
    };

    private static ProblemException Wrong(string parameter, string message) =>
        OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, parameter, message);
}
