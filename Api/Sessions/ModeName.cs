using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colloquy.Problems;

namespace Colloquy.Sessions;

/// <summary>A mode as a client writes it: by name, or by its number from 1 to 4.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record ModeName(string Text)
{
    public static readonly ModeName Manual = new("manual");

    public static readonly string[] Names = ["manual", "auto", "autonomous-auto", "autonomous-manual"];

    /// <summary>The mode of a name that was checked.</summary>
    public static SessionMode Of(ModeName? mode) => mode?.Text switch
    {
        null => SessionMode.None,
        "auto" or "2" => SessionMode.Auto,
        _ => SessionMode.Manual,
    };

    /// <summary>Refuses what is no mode, and modes that this deployment does not offer.</summary>
    public static Problem? Check(ModeName? mode) => mode?.Text switch
    {
        null or "manual" or "1" or "auto" or "2" => null,
        "3" or "4" or "autonomous-auto" or "autonomous-manual" =>
            Problem.Of(ProblemCodes.ModeUnavailable, "mode", "Only 'manual' and 'auto' are available."),
        _ => new Checks().OneOf(mode.Text, "mode", Names).Problem,
    };

    private sealed class Converter : JsonConverter<ModeName>
    {
        public override ModeName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => new(reader.GetString()!),
                JsonTokenType.Number when reader.TryGetInt32(out var number) =>
                    new(number.ToString(CultureInfo.InvariantCulture)),
                _ => throw new JsonException(),
            };

        public override void Write(Utf8JsonWriter writer, ModeName value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}
