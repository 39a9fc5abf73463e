using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colloquy.Storage;

/// <summary>How documents are written, on every engine and in every store, so that one can be moved into another.</summary>
internal static class StateJson
{
    /// <summary>camelCase names, enums by name, and members of a newer release skipped.</summary>
    public static readonly JsonSerializerOptions Options = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
