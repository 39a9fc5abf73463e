using System.Text.Json;
using System.Text.Json.Serialization;
using Colloquy.Sessions;

namespace Colloquy.Hosting;

/// <summary>Writes a session's mode by its public name.</summary>
internal sealed class SessionModeConverter : JsonConverter<SessionMode>
{
    public override SessionMode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is "manual" ? SessionMode.Manual : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, SessionMode value, JsonSerializerOptions options)
    {
        if (value is SessionMode.Manual)
            writer.WriteStringValue("manual"u8);
        else
            writer.WriteNullValue();
    }
}
