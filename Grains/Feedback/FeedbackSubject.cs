using System.Collections.Immutable;

namespace Colloquy.Feedback;

/// <summary>What a target is about, as far as anybody can learn from it.</summary>
/// <param name="Agent">Of an answer, who gave it; else null.</param>
/// <param name="Confidence">Of an answer, how sure it was before calibration; null where nothing was computed.</param>
/// <param name="Choice">The automatic choice that is rated, or that chose who gave the answer; null without one.</param>
internal sealed record FeedbackSubject(string? Agent = null, double? Confidence = null, AutomaticChoice? Choice = null)
{
    /// <summary>Something that can be rated and that nobody learns from: it is remembered for people to read.</summary>
    public static readonly FeedbackSubject Remembered = new();

    /// <summary>Of a panel, the positions of agents that are rated; else null.</summary>
    public RatedPositions? Panel { get; init; }
}

/// <param name="Standing">The standing panel that it was a meeting of, or null.</param>
internal sealed record RatedPositions(string Question, string? Standing, ImmutableArray<RatedPosition> Positions);

/// <param name="Confidence">How sure it was before calibration; null where it did not say.</param>
internal sealed record RatedPosition(string Seat, string Agent, double? Confidence);

/// <param name="Chosen">The agents that selection chose; none where it asked back.</param>
internal sealed record AutomaticChoice(ImmutableArray<string> Chosen, string Question);
