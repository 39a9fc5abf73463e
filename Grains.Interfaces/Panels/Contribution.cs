using System.Collections.Immutable;
using Colloquy.Knowledge;

namespace Colloquy.Panels;

/// <summary>What a seat says in one round. Which members matter follows from the round's phase.</summary>
/// <param name="Text">For people: the answer, critique, question or reasons; at most <see cref="PanelLimits.TextCharacters"/>.</param>
[GenerateSerializer, Alias("panel.contribution"), Immutable]
public sealed record Contribution(string Text)
{
    /// <summary>The position in a few words, or null. Equal stances are one position.</summary>
    [Id(0)] public string? Stance { get; init; }

    /// <summary>How sure the seat is, 0 to 1, calibrated where <see cref="IsCalibrated"/>; null if it did not say.</summary>
    [Id(1)] public double? Confidence { get; init; }

    [Id(2)] public bool IsCalibrated { get; init; }

    /// <summary>A number, where the question asks for one.</summary>
    [Id(3)] public double? Estimate { get; init; }

    /// <summary>The label of the option voted for; of a judge the role that prevails; of a review its decision.</summary>
    [Id(4)] public string? Choice { get; init; }

    /// <summary>Labels of options, best first.</summary>
    [Id(5)] public ImmutableArray<string> Ranking { get; init; } = [];

    /// <summary>Objections, questions, assumptions or demands, a line each.</summary>
    [Id(6)] public ImmutableArray<string> Points { get; init; } = [];

    /// <summary>1 (poor) to 5 by criterion.</summary>
    [Id(7)] public ImmutableSortedDictionary<string, int> Scores { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The evidence: sources, checked against the stored text.</summary>
    [Id(8)] public ImmutableArray<Citation> Citations { get; init; } = [];

    /// <summary>Whether nothing is left to object to or to ask; null where that is not the matter.</summary>
    [Id(9)] public bool? IsContent { get; init; }

    /// <summary>The confidence before calibration, which is what feedback teaches; null where nothing was calibrated.</summary>
    [Id(10)] public double? Stated { get; init; }
}

/// <summary>Something to vote for.</summary>
/// <param name="Label">How ballots name it: <c>A</c>, <c>B</c> and so on, in an order that betrays no author.</param>
/// <param name="Authors">The seats that hold it; none where the caller gave the options.</param>
[GenerateSerializer, Alias("panel.option"), Immutable]
public sealed record PanelOption(string Label, string Text, ImmutableArray<string> Authors);
