using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colloquy.FakeModel;

/// <summary>How the server writes JSON.</summary>
internal static class Json
{
    /// <summary>Characters as they are, so that a reader meets bytes of UTF-8 and not only escapes.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The server's own controls.</summary>
    public static readonly JsonSerializerOptions Snake = new(Plain)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
