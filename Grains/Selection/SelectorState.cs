using System.Collections.Immutable;
using Colloquy.Kernel;

namespace Colloquy.Selection;

/// <summary>What the selector of a tenant has learned. Sizes are bounded by <see cref="RankerLearning"/>.</summary>
[GenerateSerializer, Alias("selector.state"), Immutable]
internal sealed record SelectorState
{
    /// <summary>Labels learned from, ever; 0 is as shipped.</summary>
    [Id(0)] public long Version { get; init; }

    /// <summary>What was added to the shipped weights, by signal; none is 0. Kept as a difference, so that better shipped weights
    /// reach a tenant that has learned.</summary>
    [Id(1)] public ImmutableSortedDictionary<string, double> Learned { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>By agent.</summary>
    [Id(2)] public ImmutableSortedDictionary<string, double> Biases { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The latest is the last.</summary>
    [Id(3)] public ImmutableArray<StoredLabel> Labels { get; init; } = [];

    /// <summary>Keys of labels, hashed; the latest is the last.</summary>
    [Id(4)] public ImmutableArray<string> Seen { get; init; } = [];

    /// <summary>The weights in use.</summary>
    public ImmutableSortedDictionary<string, double> Weights() => Learned.Aggregate(Ranker.Shipped, (weights, learned) =>
        weights.SetItem(learned.Key, weights.GetValueOrDefault(learned.Key) + learned.Value));
}

/// <param name="Question">At most <see cref="TextMax"/> characters of it.</param>
[GenerateSerializer, Alias("selector.label"), Immutable]
internal sealed record StoredLabel(string Question, string Agent, bool Fits)
{
    public const int TextMax = 512;

    public static string Clip(string question) => Texts.First(question, TextMax);
}
