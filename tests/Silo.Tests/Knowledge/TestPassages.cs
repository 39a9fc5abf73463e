using System.Collections.Immutable;
using System.Numerics.Tensors;
using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

/// <summary>Makes documents, vectors and filters for the contract of passage indexes, from seeds.</summary>
internal static class TestPassages
{
    public const int Dimensions = 24;

    public static readonly IndexScope Scope = new("acme", "notes", Generation: 1, Dimensions);

    private static readonly string[] Vocabulary =
        [.. "aspirin warfarin heparin stent valve graft kidney liver glucose insulin device notified body trial cohort placebo"
            .Split(' '), .. Enumerable.Range(0, 80).Select(n => $"term{n}")];

    public static IndexedDocument Document(string id, string title, params string[] chunks) =>
        Document(id, title, DocumentFields.None, chunks);

    /// <summary>A document whose chunks have vectors that follow from their texts.</summary>
    public static IndexedDocument Document(string id, string title, DocumentFields fields, params string[] chunks) =>
        new(id, title, fields, [.. chunks.Select((text, n) => new IndexedChunk("", n * 100, text, VectorOf(text)))]);

    public static IndexQuery Query(string text, int limit = 10, KnowledgeFilter? filter = null) =>
        new(text, VectorOf(text), filter ?? KnowledgeFilter.None, limit);

    public static IndexQuery Query(ReadOnlyMemory<float> vector, int limit = 10, KnowledgeFilter? filter = null) =>
        new("", vector, filter ?? KnowledgeFilter.None, limit);

    /// <summary>The same text has the same vector on every machine; a blank text has the zero vector.</summary>
    public static float[] VectorOf(string text, int dimensions = Dimensions)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new float[dimensions];
        var seed = 17;
        foreach (var sign in text)
            seed = unchecked((seed * 31) + sign);
        return Unit(new Random(seed), dimensions);
    }

    public static float[] Unit(Random random, int dimensions = Dimensions)
    {
        var vector = new float[dimensions];
        for (var n = 0; n < dimensions; n++)
            vector[n] = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble()) - 1.5);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    public static string Words(Random random, int count) => string.Join(' ',
        Enumerable.Range(0, count).Select(_ => Vocabulary[(int)(Vocabulary.Length * random.NextDouble() * random.NextDouble())]));

    /// <summary>Documents of one to four chunks with random fields, each field now and then left out.</summary>
    public static IReadOnlyList<IndexedDocument> Corpus(int seed, int documents)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, documents).Select(n => Document(
            $"d{n:d4}", Words(random, 3), Fields(random),
            [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Words(random, random.Next(3, 25)))]))];
    }

    public static DocumentFields Fields(Random random) => new(
        Pick(random, "1", "2", "3", "4", "5"), Pick(random, "adults", "children", "pregnant"), Pick(random, "eu", "us", "int"),
        Pick(random, "en", "de", "zh"), random.Next(4) == 0 ? null : new DateOnly(2020, 1, 1).AddDays(random.Next(100)),
        random.Next(6) == 0, Url: null,
        random.Next(3) == 0
            ? null
            : ImmutableSortedDictionary<string, string>.Empty
                .Add("topic", random.Next(2) == 0 ? "heart" : "kidney")
                .Add("owner", random.Next(2) == 0 ? "ada" : "bo"));

    public static KnowledgeFilter Filter(Random random) => new(
        random.Next(3) == 0 ? Pick(random, "1", "2", "3", "4", "5") : null,
        Some(random, "adults", "children", "pregnant", "nobody"), Some(random, "eu", "us", "int"), Some(random, "en", "de", "fr"),
        random.Next(4) == 0 ? new DateOnly(2020, 1, 1).AddDays(random.Next(100)) : null,
        random.Next(4) == 0 ? new DateOnly(2020, 1, 1).AddDays(random.Next(100)) : null,
        random.Next(5) == 0 ? [.. Enumerable.Range(0, 30).Select(_ => $"notes:d{random.Next(90):d4}"), "other:d0001"] : default,
        random.Next(2) == 0,
        random.Next(4) == 0
            ? ImmutableSortedDictionary<string, string>.Empty.Add("topic", random.Next(2) == 0 ? "heart" : "lung")
            : null);

    private static string? Pick(Random random, params string[] values) =>
        random.Next(4) == 0 ? null : values[random.Next(values.Length)];

    private static ImmutableArray<string> Some(Random random, params string[] values) => random.Next(4) switch
    {
        0 => [values[random.Next(values.Length)]],
        1 => [values[random.Next(values.Length)], values[random.Next(values.Length)]],
        2 => [],
        _ => default,
    };
}
