using System.Collections.Immutable;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>What may be asked of an answer without understanding it: what it says of words of the question that it does not use,
/// and what those of its sentences rest on that cite nothing.</summary>
/// <remarks>A question is asked once: what was asked before is left alone, so that questioning comes to an end.</remarks>
internal static class OpenQuestions
{
    private const int PerAnswer = 3;

    public static Contribution Of(SeatBrief brief, SeatMaterial material)
    {
        var before = material.Entries.Where(entry => entry.Phase == PanelPhases.Question)
            .SelectMany(entry => entry.Said.Points).ToHashSet(StringComparer.Ordinal);
        var points = material.Positions
            .SelectMany(entry => Missing(brief.Question, entry).Select(word => $"What does {entry.Speaker} say about {word}?")
                .Concat(Statement.Of(entry.Said.Text).Where(one => one.Sources.IsEmpty)
                    .Select(one => $"What does it rest on that \"{one.Text.TrimEnd('.', ' ')}\"?"))
                .Where(point => !before.Contains(point)).Take(PerAnswer))
            .ToImmutableArray();
        return new Contribution(points.IsEmpty ? "I am content: no question is left open." : string.Join('\n', points))
        {
            Points = points, IsContent = points.IsEmpty,
        };
    }

    /// <summary>What a position leaves out of the question, as an objection.</summary>
    public static ImmutableArray<string> Uncovered(string question, BriefEntry entry) =>
        Missing(question, entry) is { IsEmpty: false } words ? [$"{entry.Speaker} says nothing about {string.Join(", ", words)}."] : [];

    private static ImmutableArray<string> Missing(string question, BriefEntry entry)
    {
        var said = Words.Of($"{entry.Said.Stance} {entry.Said.Text}").ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Words.WithSurface(question).Where(word => !said.Contains(word.Stem)).DistinctBy(word => word.Stem, StringComparer.Ordinal)
                .Select(word => word.Surface).Take(PerAnswer),
        ];
    }
}
