using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Selection;

/// <summary>
/// What a label changes. Pure: the same labels in the same order give the same weights everywhere. Per label (x the signals that
/// the agent has for the question, y 1 if it fits and else 0, p its score, d the learned difference to the shipped weights):
/// <code>
/// g = (y - p) * x              the gradient of the log-likelihood
/// d = (1 - pull) * d + rate * g * min(1, stepMax / |rate * g|),   each within +-driftMax
/// b = (1 - pull) * b + biasRate * (y - p),                        within +-biasMax
/// </code>
/// </summary>
/// <remarks>
/// Stochastic gradient ascent for logistic regression (L. Bottou, "Large-Scale Machine Learning with Stochastic Gradient Descent",
/// COMPSTAT 2010) with an L2 prior whose mean is the shipped weights and not 0, so that what nobody confirms fades. The bounds keep
/// anybody who labels at will from turning the ranker over. An override is two labels: the taken agent fits, the one that was
/// chosen before does not.
/// </remarks>
internal static class RankerLearning
{
    /// <summary>Labels that are remembered: at most half a megabyte of one document.</summary>
    public const int LabelsMax = 1_000;

    /// <summary>Keys of labels that are known as repeats.</summary>
    public const int SeenMax = 2_000;

    /// <summary>Agents with a bias: as many as a catalogue can hold.</summary>
    public const int BiasesMax = 600;

    private const double Pull = 0.005;
    private const double Rate = 0.5;
    private const double StepMax = 0.25;
    private const double DriftMax = 3;
    private const double BiasRate = 0.3;
    private const double BiasMax = 1.5;

    /// <param name="signals">Of the agent and the question; null if there is no such agent now: then the label is remembered, and
    /// moves no weight.</param>
    public static (SelectorState Next, bool IsNew) Learn(
        SelectorState state, SelectionLabel label, IReadOnlyDictionary<string, double>? signals)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(label.Key)))[..32];
        if (state.Seen.Contains(key, StringComparer.Ordinal))
            return (state, false);
        var moved = signals is null ? state : Move(state, label, signals);
        return (moved with
        {
            Version = state.Version + 1,
            Labels = Last(state.Labels.Add(new(StoredLabel.Clip(label.Question), label.Agent, label.Fits)), LabelsMax),
            Seen = Last(state.Seen.Add(key), SeenMax),
        }, true);
    }

    private static SelectorState Move(SelectorState state, SelectionLabel label, IReadOnlyDictionary<string, double> signals)
    {
        var bias = state.Biases.GetValueOrDefault(label.Agent);
        var error = (label.Fits ? 1 : 0) - Ranker.Score(state.Weights(), bias, signals);
        var steps = Signals.All.ToDictionary(
            name => name, name => Rate * error * signals.GetValueOrDefault(name), StringComparer.Ordinal);
        var length = Math.Sqrt(steps.Values.Sum(step => step * step));
        var scale = length > StepMax ? StepMax / length : 1;
        var learned = Signals.All.Select(name => KeyValuePair.Create(name, Math.Clamp(
            ((1 - Pull) * state.Learned.GetValueOrDefault(name)) + (scale * steps[name]), -DriftMax, DriftMax)));
        var biases = state.Biases.ContainsKey(label.Agent) || state.Biases.Count < BiasesMax
            ? state.Biases.SetItem(label.Agent, Math.Clamp(((1 - Pull) * bias) + (BiasRate * error), -BiasMax, BiasMax))
            : state.Biases;
        return state with { Learned = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, learned), Biases = biases };
    }

    private static ImmutableArray<T> Last<T>(ImmutableArray<T> items, int most) =>
        items.Length > most ? items.RemoveRange(0, items.Length - most) : items;
}
