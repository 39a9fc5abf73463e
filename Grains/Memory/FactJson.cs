using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;

namespace Colloquy.Memory;

/// <summary>How facts are spelled on disk. Golden files hold it still.</summary>
internal static class FactJson
{
    public static FactRow ToRow(KeptFact kept) => new(
        kept.Fact.Id,
        JsonSerializer.SerializeToUtf8Bytes(new Body(kept.Fact, kept.Told.IsEmpty ? null : kept.Told), JournalJson.Options),
        kept.Vector?.Embedder,
        kept.Vector is { } vector ? Bytes(vector.Values) : ReadOnlyMemory<byte>.Empty);

    public static KeptFact Read(FactRow row)
    {
        var body = JsonSerializer.Deserialize<Body>(row.Json.Span, JournalJson.Options)
            ?? throw new JsonException($"The fact {row.Id} is null.");
        return new(body.Fact, body.Told ?? [],
            row.Embedder is { } embedder ? new FactVector(embedder, Floats(row.Vector)) : null);
    }

    private static byte[] Bytes(ReadOnlyMemory<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var at = 0; at < values.Length; at++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at * sizeof(float)), values.Span[at]);
        return bytes;
    }

    private static float[] Floats(ReadOnlyMemory<byte> bytes)
    {
        var values = new float[bytes.Length / sizeof(float)];
        for (var at = 0; at < values.Length; at++)
            values[at] = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[(at * sizeof(float))..]);
        return values;
    }

    private sealed record Body(Fact Fact, ImmutableArray<string>? Told);
}
