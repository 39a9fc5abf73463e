using System.Collections.Immutable;
using Colloquy.Embeddings;
using Colloquy.Knowledge;
using Microsoft.Extensions.AI;

namespace Colloquy.Doubles;

/// <summary>Embedders that hash words: <c>hashed</c> (the default) and any <c>other/…</c>; <c>paid</c> needs a setting. A test can
/// make the next calls fail.</summary>
public sealed class SeveralEmbedders : IEmbedders
{
    private int _calls;

    /// <summary>Asked before every call; what it returns is thrown.</summary>
    public Func<string, Exception?> Fault { get; set; } = _ => null;

    public int Calls => Volatile.Read(ref _calls);

    public Embedder Default => Resolve(null);

    public ImmutableArray<string> Names => ["hashed"];

    public Embedder Resolve(string? name) => name switch
    {
        null or "" or "hashed" or "hashed/1" => new("hashed/1", new Generator(this, "hashed/1", 64)),
        _ when name.StartsWith("other/", StringComparison.Ordinal) => new(name, new Generator(this, name, 32)),
        "paid" => throw new EmbedderMissingException(name, "PAID_API_KEY"),
        _ => throw new EmbedderMissingException(name, null),
    };

    private sealed class Generator(SeveralEmbedders owner, string name, int dimensions) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref owner._calls);
            return owner.Fault(name) is { } fault ? Task.FromException<GeneratedEmbeddings<Embedding<float>>>(fault)
                : Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Of(text)))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private float[] Of(string text)
        {
            var vector = new float[dimensions];
            foreach (var word in Words.Of(text))
            {
                var hash = 2166136261u;
                foreach (var unit in word)
                    hash = unchecked((hash ^ unit) * 16777619u);
                vector[hash % dimensions] += (hash & 0x10000) == 0 ? 1 : -1;
            }
            var length = MathF.Sqrt(vector.Sum(one => one * one));
            return length == 0 ? vector : [.. vector.Select(one => one / length)];
        }
    }
}
