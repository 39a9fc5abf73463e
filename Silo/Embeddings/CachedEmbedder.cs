using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Colloquy.Kernel;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Embeddings;

/// <summary>The vectors of late, of all embedders of a process. Texts are known by their hash alone.</summary>
internal sealed class VectorCache(TimeProvider clock, CacheLimits? limits = null)
{
    /// <summary>Vectors kept at most.</summary>
    public const int EntriesMax = 50_000;

    /// <summary>Bytes of all vectors kept: some 20,000 of 1,536 numbers.</summary>
    public const long BytesMax = 128L * 1024 * 1024;

    /// <summary>A key, a list node and two dictionary entries.</summary>
    private const int EntryBytes = 240;

    public SingleFlight<(string Embedder, UInt128 High, UInt128 Low), float[]> Flights { get; } = new(
        limits ?? new(EntriesMax, BytesMax), static (_, vector) => (vector.Length * sizeof(float)) + EntryBytes, clock);

    public static (string Embedder, UInt128 High, UInt128 Low) KeyOf(string embedder, string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return (embedder, BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}

/// <summary>Asks for a text once, however many need its vector now, and not at all while it is kept.</summary>
internal sealed class CachedEmbedder(
    string name, IEmbeddingGenerator<string, Embedding<float>> inner, VectorCache cache, EmbeddingTelemetry telemetry)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <summary>The usage is that of this call: what others asked for, or the cache knew, costs nothing.</summary>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        var keys = texts.ConvertAll(text => VectorCache.KeyOf(name, text));
        var byKey = new Dictionary<(string, UInt128, UInt128), string>();
        for (var at = 0; at < keys.Count; at++)
            byKey[keys[at]] = texts[at];
        var (used, asked) = (0L, 0L);
        var vectors = await cache.Flights.Get(keys, async (missing, cancellation) =>
        {
            var needed = missing.Select(key => byKey[key]).ToList();
            var made = await base.GenerateAsync(needed, options, cancellation);
            asked += needed.Sum(text => (long)TokenEstimate.Of(text));
            used += made.Usage?.InputTokenCount ?? 0;
            return [.. made.Select(one => one.Vector.ToArray())];
        }, cancellationToken);
        telemetry.Saved(name, Math.Max(0, texts.Sum(text => (long)TokenEstimate.Of(text)) - asked));
        return new(vectors.Select(vector => new Embedding<float>(vector) { ModelId = name }))
        {
            Usage = new UsageDetails { InputTokenCount = used, TotalTokenCount = used },
        };
    }
}
