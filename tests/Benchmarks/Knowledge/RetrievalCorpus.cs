using System.Numerics.Tensors;
using Colloquy.Knowledge;

namespace Colloquy.Benchmarks.Knowledge;

/// <summary>Texts as people write them: most words from a vocabulary in which the n-th word is n times as rare as the first, and
/// now and then a sentence of the shipped notes. Vectors are random, which is the hardest case: none is near.</summary>
internal sealed class RetrievalCorpus(int dimensions)
{
    private const int VocabularySize = 30_000;

    private static readonly string[] Notes = [.. NoteLibrary.Shipped.Passages
        .SelectMany(entry => Sentences.Of(entry.Passage.Text).Select(sentence => sentence.Span.In(entry.Passage.Text)))
        .Where(sentence => sentence.Length is > 30 and < 200)];

    private static readonly double[] Cumulated = Cumulate();

    private readonly Random _random = new(1);

    public string Text(int words)
    {
        var text = string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));
        return words > 20 && _random.Next(3) == 0 ? $"{text}. {Notes[_random.Next(Notes.Length)]}" : text;
    }

    public float[] Vector()
    {
        var vector = new float[dimensions];
        for (var n = 0; n < dimensions; n++)
            vector[n] = (float)(_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    public DocumentFields Fields() => new(
        $"{_random.Next(1, 6)}", _random.Next(2) == 0 ? "adults" : "children", _random.Next(3) == 0 ? "eu" : "us", "en",
        new DateOnly(2015, 1, 1).AddDays(_random.Next(4000)), _random.Next(50) == 0);

    /// <summary>A sentence of the notes or words of the vocabulary; every second one with a filter.</summary>
    public IndexQuery Query(int number, int limit) => new(
        number % 4 < 2 ? Notes[_random.Next(Notes.Length)] : Text(_random.Next(2, 12)), Vector(),
        number % 2 == 0
            ? KnowledgeFilter.None
            : new KnowledgeFilter($"{_random.Next(1, 6)}", ["adults"], _random.Next(2) == 0 ? ["eu"] : [],
                PublishedFrom: new DateOnly(2015, 1, 1).AddDays(_random.Next(2000))),
        limit);

    /// <summary>What of a filter this corpus uses.</summary>
    public static bool Passes(DocumentFields fields, KnowledgeFilter filter) =>
        !fields.IsRetracted
        && (filter.EvidenceAtLeast is null || string.CompareOrdinal(fields.EvidenceLevel, filter.EvidenceAtLeast) <= 0)
        && (filter.Populations.IsDefaultOrEmpty || filter.Populations.Contains(fields.Population!))
        && (filter.Jurisdictions.IsDefaultOrEmpty || filter.Jurisdictions.Contains(fields.Jurisdiction!))
        && (filter.PublishedFrom is null || fields.PublishedOn >= filter.PublishedFrom);

    private string Word()
    {
        var at = Array.BinarySearch(Cumulated, _random.NextDouble() * Cumulated[^1]);
        return $"wort{Math.Min(at < 0 ? ~at : at, VocabularySize - 1)}";
    }

    private static double[] Cumulate()
    {
        var (sums, sum) = (new double[VocabularySize], 0.0);
        for (var n = 0; n < VocabularySize; n++)
            sums[n] = sum += 1 / (n + 2.7);
        return sums;
    }
}
