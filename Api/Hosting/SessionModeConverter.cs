using System.Text.Json;
using System.Text.Json.Serialization;
using Colloquy.Sessions;

namespace Colloquy.Hosting;

/// <summary>Writes a session's mode by its public name.</summary>
internal sealed class SessionModeConverter : JsonConverter<SessionMode>
{
    public override SessionMode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() switch
        {
            "manual" => SessionMode.Manual,
            "auto" => SessionMode.Auto,
            _ => throw new JsonException(),
        };

    public override void Write(Utf8JsonWriter writer, SessionMode value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case SessionMode.Manual:
                writer.WriteStringValue("manual"u8);
                break;
            case SessionMode.Auto:
                writer.WriteStringValue("auto"u8);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
