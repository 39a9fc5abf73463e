using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Colloquy.FakeModel;

/// <summary>Vectors of words: texts that share words lie near one another, the same text lies always in the same place.</summary>
internal static class EmbeddingWire
{
    public static JsonObject Answer(RecordedRequest request, FaultKind? fault)
    {
        var inputs = Reading.Inputs(request.Json);
        var dimensions = request.Json.Number("dimensions") ?? 1536;
        var asText = request.Json.Text("encoding_format") is "base64";
        var tokens = inputs.Sum(Words.Count);
        var entries = inputs.Select((input, index) => Entry(index, Spoilt(Vector(input, dimensions), index, fault), asText));
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. fault is FaultKind.Unordered ? entries.Reverse()
                : fault is FaultKind.Short ? entries.SkipLast(1) : entries]),
            ["model"] = request.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }

    public static float[] Vector(string text, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var word in text.ToLowerInvariant().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))
        {
            // FNV-1a, for string.GetHashCode differs from process to process. Low bits choose a place, high bits a side.
            var hash = word.Where(char.IsLetterOrDigit)
                .Aggregate(14695981039346656037UL, (so, sign) => (so ^ sign) * 1099511628211UL);
            hash ^= hash >> 29;
            vector[hash % (ulong)dimensions] += (hash >> 63) == 0 ? 1 : -1;
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        vector[0] = length == 0 ? 1 : vector[0];
        return length == 0 ? vector : [.. vector.Select(value => value / length)];
    }

    private static JsonObject Entry(int index, float[] vector, bool asText) => new()
    {
        ["object"] = "embedding",
        ["index"] = index,
        ["embedding"] = asText ? Base64(vector) : Numbers(vector),
    };

    private static float[] Spoilt(float[] vector, int index, FaultKind? fault) => fault switch
    {
        FaultKind.NaN => [float.NaN, .. vector[1..]],
        FaultKind.Uneven when index > 0 => vector[1..],
        FaultKind.Zeros => new float[vector.Length],
        _ => vector,
    };

    private static JsonArray Numbers(float[] vector) => new([.. vector.Select(value => (JsonNode)JsonValue.Create(value))]);

    // Little-endian float32, as the SDKs ask for by themselves.
    private static JsonValue Base64(float[] vector) =>
        JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)));
}
