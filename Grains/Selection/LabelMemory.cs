using System.Collections.Immutable;

namespace Colloquy.Selection;

/// <summary>
/// What people said of agents, looked up by likeness of the question. With the weight k(c) of a label whose question has cosine c
/// with this one, P the sum over labels that say the agent fits, and N over those that say it does not:
/// <code>
/// k(c)    = ((c - 0.4) / 0.6)^2 for c above 0.4, else 0
/// history = 2 * (1 + P) / (2 + P + N) - 1
/// </code>
/// This is the mean of a Beta(1 + P, 1 + N) posterior (a uniform prior and fractional counts), stretched to -1..1: 0 is "nobody
/// said anything", and one label on the same question gives a third.
/// </summary>
/// <param name="labels">With the vectors of their questions; a label without one is found by its very text alone.</param>
internal sealed class LabelMemory(ImmutableArray<(StoredLabel Label, float[]? Vector)> labels)
{
    /// <summary>Questions less alike than this say nothing of each other.</summary>
    private const double AlikeFrom = 0.4;

    public static readonly LabelMemory Empty = new([]);

    /// <summary>By agent; who is not in it has 0.</summary>
    public ImmutableDictionary<string, double> Of(ReadQuestion question)
    {
        var sums = new Dictionary<string, (double Fits, double Not)>(StringComparer.Ordinal);
        var text = StoredLabel.Clip(question.Text);
        foreach (var (label, vector) in labels)
        {
            var alike = label.Question == text ? 1 : AgentIndex.Cosine(question.Vector, vector);
            if (alike <= AlikeFrom)
                continue;
            var weight = Math.Pow((Math.Min(1, alike) - AlikeFrom) / (1 - AlikeFrom), 2);
            var (fits, not) = sums.GetValueOrDefault(label.Agent);
            sums[label.Agent] = label.Fits ? (fits + weight, not) : (fits, not + weight);
        }
        return sums.ToImmutableDictionary(
            one => one.Key, one => (2 * (1 + one.Value.Fits) / (2 + one.Value.Fits + one.Value.Not)) - 1, StringComparer.Ordinal);
    }
}
