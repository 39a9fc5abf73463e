using System.Text.Json;
using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>Reads values out of a client's JSON. Null is as good as absent; another type is refused by its name.</summary>
internal static class Parameters
{
    /// <summary>The value, or undefined if there is none or null.</summary>
    public static JsonElement At(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : default;

    public static bool IsGiven(JsonElement value) => value.ValueKind is not JsonValueKind.Undefined;

    public static bool Bool(JsonElement json, string name, string? parameter = null) => At(json, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Undefined => false,
        _ => throw WrongType(parameter ?? name, "a boolean"),
    };

    public static string? String(JsonElement json, string name, string? parameter = null) => At(json, name) switch
    {
        { ValueKind: JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => Text(text, parameter ?? name),
        _ => throw WrongType(parameter ?? name, "a string"),
    };

    public static long? Integer(JsonElement json, string name, long least, long most) => At(json, name) switch
    {
        { ValueKind: JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) =>
            value >= least && value <= most ? value : throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, name,
                $"Invalid value for '{name}': expected an integer from {least} to {most}, but got {value} instead."),
        _ => throw WrongType(name, "an integer"),
    };

    public static double? Number(JsonElement json, string name, double least, double most) => At(json, name) switch
    {
        { ValueKind: JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) =>
            value >= least && value <= most ? value : throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, name,
                string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"Invalid value for '{name}': expected a number from {least} to {most}.")),
        _ => throw WrongType(name, "a number"),
    };

    /// <summary>The object, or undefined.</summary>
    public static JsonElement Object(JsonElement json, string name) => At(json, name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Object } value => value,
        _ => throw WrongType(name, "an object"),
    };

    /// <summary>A text that can be stored: whole characters, and no NUL, at which some stores end a text.</summary>
    public static string Text(JsonElement text, string parameter)
    {
        try
        {
            var value = text.GetString()!;
            return !value.Contains('\0', StringComparison.Ordinal) ? value : throw OpenAiCodes.Refuse(
                OpenAiCodes.InvalidValue, parameter, $"Invalid value for '{parameter}': the text has a NUL character.");
        }
        catch (InvalidOperationException)
        {
            throw OpenAiCodes.Refuse(
                OpenAiCodes.InvalidValue, parameter, $"Invalid value for '{parameter}': the text has half a surrogate pair.");
        }
    }

    public static ProblemException WrongType(string parameter, string expected) => OpenAiCodes.Refuse(
        OpenAiCodes.InvalidType, parameter, $"Invalid type for '{parameter}': expected {expected}.");

    public static ProblemException Missing(string parameter) => OpenAiCodes.Refuse(
        OpenAiCodes.MissingParameter, parameter, $"Missing required parameter: '{parameter}'.");

    public static ProblemException Unsupported(string parameter, string what) => OpenAiCodes.Refuse(
        OpenAiCodes.UnsupportedParameter, parameter, $"Unsupported parameter: '{parameter}'. {what}");
}
