using System.Collections.Concurrent;
using Colloquy.Knowledge;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Embeddings;

/// <summary>
/// The embedder that every deployment has: hashed words and runs of letters (<see cref="HashedWords"/>), weighed by how much they
/// tell. It knows spelling and not meaning, needs no network, and gives the same vector everywhere and for ever.
/// </summary>
/// <remarks>
/// <code>vector(text) = unit( sum over words w of  tf(count of w) * features(w) ),  tf(n) = 1 + ln n, for n up to 8</code>
/// Function words (<see cref="Words.IsFrequent"/>) are left out; a text that has no other word has the zero vector. Sums and roots
/// are made in one order and without library functions whose last digit differs between machines.
/// </remarks>
internal sealed class HashedEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    public const string Name = "hashed/1";

    /// <summary>Words whose features are remembered; about 12 MB. Most text is made of fewer.</summary>
    private const int RememberedMax = 32_768;

    // By count, at most 8.
    private static readonly float[] _repeated = [0, 1, 1.6931472f, 2.0986123f, 2.3862944f, 2.609438f, 2.7917595f, 2.94591f, 3.0794415f];
    private static readonly EmbeddingGeneratorMetadata _metadata = new("colloquy", null, Name, HashedWords.Dimensions);

    private readonly ConcurrentDictionary<string, Feature[]> _features = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Feature[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public HashedEmbedder() => _lookup = _features.GetAlternateLookup<ReadOnlySpan<char>>();

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var made = new GeneratedEmbeddings<Embedding<float>>();
        var tokens = 0L;
        foreach (var text in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            made.Add(new Embedding<float>(Vector(text)) { ModelId = Name });
            tokens += TokenEstimate.Of(text);
        }

        made.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        return Task.FromResult(made);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // It holds nothing that must be given back.
    }

    /// <summary>Of length 1, or zero.</summary>
    public float[] Vector(string text)
    {
        var counts = new OrderedDictionary<Feature[], int>(); // by reference: one array stands for one word
        Dictionary<string, Feature[]>? rare = null;
        Span<char> buffer = stackalloc char[HashedWords.LettersMax];
        foreach (var span in Words.Spans(text))
        {
            var letters = text.AsSpan(span.Start, Math.Min(span.Length, HashedWords.LettersMax));
            var features = FeaturesOf(buffer[..letters.ToLowerInvariant(buffer)], ref rare);
            if (features.Length > 0)
                counts[features] = counts.GetValueOrDefault(features) + 1;
        }

        var vector = new float[HashedWords.Dimensions];
        foreach (var (features, count) in counts)
        {
            var times = _repeated[Math.Min(count, _repeated.Length - 1)];
            foreach (var feature in features)
                vector[feature.At] += times * feature.Value;
        }

        Shorten(vector);
        return vector;
    }

    private Feature[] FeaturesOf(ReadOnlySpan<char> word, ref Dictionary<string, Feature[]>? rare)
    {
        if (_lookup.TryGetValue(word, out var known))
            return known;
        var text = word.ToString();
        if (_features.Count < RememberedMax)
            return _features.GetOrAdd(text, HashedWords.Of);
        rare ??= new(StringComparer.Ordinal);
        return rare.TryGetValue(text, out known) ? known : rare[text] = HashedWords.Of(text);
    }

    private static void Shorten(float[] vector)
    {
        var squares = 0.0;
        foreach (var value in vector)
            squares += (double)value * value;
        if (squares == 0)
            return;
        var length = Math.Sqrt(squares);
        for (var at = 0; at < vector.Length; at++)
            vector[at] = (float)(vector[at] / length);
    }
}
