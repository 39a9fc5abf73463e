using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colloquy.Hosting;

/// <summary>How the API reads and writes JSON: strictly, and with names in camel case.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Default = Apply(new(JsonSerializerDefaults.Web));

    /// <summary>Bodies with fields that nobody knows are mistakes, and a number is no text.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new SessionModeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        return options;
    }
}
