using System.Collections.Immutable;

namespace Colloquy.Selection;

/// <summary>
/// A linear model over <see cref="Signals"/> with a logistic answer, which is the set-valued router that does best for its cost in
/// arXiv 2606.28925: <code>score(a) = 1 / (1 + exp(-(intercept + bias_a + sum of w_s * signal_s(a))))</code>
/// </summary>
internal static class Ranker
{
    public const string Intercept = "intercept";

    /// <summary>
    /// Fitted by <c>./colloquy bench selection-weights</c> to the tuning half of the labelled set and to nothing else, before the
    /// built-in agents' skills were extended in view of that half: a fit made afterwards overrates tags. Two are set by hand. No
    /// label exists before there are users: one label on the very same question shall outweigh a middling difference of words. And
    /// few of the labelled questions touch what an agent excludes, but an exclusion that is stated shall count.
    /// </summary>
    public static readonly ImmutableSortedDictionary<string, double> Shipped = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Intercept] = -3.4,
            [Signals.Words] = 1.0,
            [Signals.Tags] = 4.5,
            [Signals.Description] = 0.2,
            [Signals.Skill] = 4.0,
            [Signals.Example] = 1.7,
            [Signals.Breadth] = 2.2,
            [Signals.Exclusion] = -1.5,
            [Signals.Knowledge] = 2.2,
            [Signals.History] = 4.0,
        });

    /// <param name="weights">By signal, with the intercept; a signal without a weight counts nothing.</param>
    /// <param name="bias">What was learned of this agent whatever the question.</param>
    public static double Score(
        IReadOnlyDictionary<string, double> weights, double bias, IReadOnlyDictionary<string, double> signals) =>
        Logistic(weights.GetValueOrDefault(Intercept) + bias
            + Signals.All.Sum(name => weights.GetValueOrDefault(name) * signals.GetValueOrDefault(name)));

    public static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
