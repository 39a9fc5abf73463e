using Microsoft.Net.Http.Headers;

namespace Colloquy.Streams;

/// <summary>How events are written.</summary>
internal enum StreamFormat { Sse, Ndjson, Json }

internal static class StreamFormats
{
    public const string Sse = "text/event-stream";
    public const string Ndjson = "application/x-ndjson";

    /// <summary>The format by name, else the first that the client accepts, else server-sent events. Null: no such
    /// format.</summary>
    public static StreamFormat? Of(HttpRequest request, string? name) => name switch
    {
        "sse" => StreamFormat.Sse,
        "ndjson" => StreamFormat.Ndjson,
        "json" => StreamFormat.Json,
        null => Accepted(request),
        _ => null,
    };

    /// <summary>Whether the client asks for server-sent events by name.</summary>
    public static bool AsksForSse(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(Sse, StringComparison.OrdinalIgnoreCase));

    private static StreamFormat Accepted(HttpRequest request)
    {
        foreach (var accepted in request.GetTypedHeaders().Accept.OrderByDescending(accepted => accepted.Quality ?? 1))
        {
            if (Is(accepted, Sse))
                return StreamFormat.Sse;
            if (Is(accepted, Ndjson) || Is(accepted, "application/jsonl"))
                return StreamFormat.Ndjson;
            if (Is(accepted, "application/json"))
                return StreamFormat.Json;
        }
        return StreamFormat.Sse;
    }

    private static bool Is(MediaTypeHeaderValue accepted, string type) =>
        accepted.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
