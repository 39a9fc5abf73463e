using System.Collections.Immutable;
using Colloquy.Embeddings;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Doubles;

/// <summary>An embedder whose vectors are counts of words in 256 places, of length 1. It fails, and changes its name, when it is
/// told to. Starts no thread and reads no clock.</summary>
public sealed class WordEmbedders : IEmbedders, IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Places = 256;

    /// <summary>Words that mean the same to this model.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["residence"] = "lives", ["town"] = "lives", ["medicine"] = "takes", ["drug"] = "takes",
    };

    public string Name { get; set; } = "words/1";

    public bool IsDown { get; set; }

    /// <summary>Texts that were embedded.</summary>
    public int Texts { get; private set; }

    public Embedder Default => new(Name, this);

    public ImmutableArray<string> Names => [Name];

    public Embedder Resolve(string? name) =>
        string.IsNullOrWhiteSpace(name) || name == Name ? Default : throw new EmbedderMissingException(name, null);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (IsDown)
            throw new ModelException(ModelErrors.Unreachable, "The embedder is down.");
        var made = values.Select(text => new Embedding<float>(VectorOf(text))).ToList();
        Texts += made.Count;
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(made));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static float[] VectorOf(string text)
    {
        var vector = new float[Places];
        foreach (var word in text.ToLowerInvariant().Split([' ', '.', ',', '?', '!', '\n'],
            StringSplitOptions.RemoveEmptyEntries))
            if (word is not ("the" or "is" or "a" or "in" or "user" or "of" or "what" or "to" or "which" or "does"))
                vector[Place(Synonyms.GetValueOrDefault(word, word))]++;
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return length == 0 ? vector : [.. vector.Select(value => value / length)];
    }

    private static int Place(string word) => (int)(word.Aggregate(2166136261u, (hash, letter) =>
        (hash ^ letter) * 16777619) % Places);
}
