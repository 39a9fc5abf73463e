using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Selection;

namespace Colloquy.Benchmarks.Selection;

/// <summary>
/// Fits the ranker's weights to the tuning half, and prints them as they stand in <c>Ranker.Shipped</c>. The held-out half is not
/// looked at. Logistic regression over every candidate of every question, with an L2 penalty, by gradient descent from 0; weights
/// that would count a good signal against an agent are held at 0.
/// </summary>
internal sealed class SelectionWeights : IBenchmark
{
    private const int Steps = 6_000;
    private const double Rate = 2.0;
    private const double Penalty = 0.0005;
    private const int Folds = 5;

    private static readonly string[] _learned = [.. Signals.All.Where(name => name != Signals.History)];

    public string Name => "selection-weights";

    public async Task Run()
    {
        var questions = await Questions();
        var weights = Fit(questions);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Ranker.Intercept}: {weights[^1]:F2}"));
        for (var at = 0; at < _learned.Length; at++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_learned[at]}: {weights[at]:F2}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"first choice right on the tuning half: {Right(questions, _ => weights):P1}; "
            + $"on folds left out of the fit: {Folded(questions):P1}"));
        foreach (var (label, best) in questions.Where(question => !question.Label.Acceptable.IsEmpty)
            .Select(question => (question, question.Ranked(weights)[0])).Where(one => !one.question.IsRight(one.Item2.Agent.Id))
            .Select(one => (one.question.Label, one.Item2)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {best.Agent.Id} ({best.Score:F2}) for {label.Acceptable[0]}: {label.Text}"));
        }
        double[] shipped = [.. _learned.Select(name => Ranker.Shipped[name]), Ranker.Shipped[Ranker.Intercept]];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"with the shipped weights: {Right(questions, _ => shipped):P1}"));
        SelectionLimitsSearch.Print([.. questions.Select(question => (question.Label, question.Ranked(shipped)))]);
        SelectionLimitsSearch.Print([.. questions.Select(question => (question.Label, question.Ranked(weights)))]);
    }

    private static async Task<List<TunedQuestion>> Questions()
    {
        var (selector, questions) = (Bench.Selector(), new List<TunedQuestion>());
        foreach (var label in LabelledSet.Tuning)
            questions.Add(new(label, (await selector.Rank(label.Text, new SelectorState(), _ => true)).Candidates));
        return questions;
    }

    private static double Right(List<TunedQuestion> questions, Func<int, double[]> weightsOf)
    {
        var asked = questions.Index().Where(one => !one.Item.Label.Acceptable.IsEmpty).ToList();
        return asked.Average(one => one.Item.Ranked(weightsOf(one.Index)) is [var best, ..] && one.Item.IsRight(best.Agent.Id) ? 1.0 : 0);
    }

    private static double Folded(List<TunedQuestion> questions)
    {
        var folds = Enumerable.Range(0, Folds)
            .Select(fold => Fit([.. questions.Where((_, at) => at % Folds != fold)])).ToList();
        return Right(questions, at => folds[at % Folds]);
    }

    /// <summary>A question with its candidates, scored by whatever weights are tried.</summary>
    private sealed record TunedQuestion(LabelledQuestion Label, ImmutableArray<Ranked> Candidates)
    {
        public bool IsRight(string agent) => Label.Acceptable.Contains(agent, StringComparer.Ordinal);

        public IEnumerable<(double[] Values, double Right)> Rows() =>
            Candidates.Select(one => (Values(one), IsRight(one.Agent.Id) ? 1.0 : 0));

        public ImmutableArray<Ranked> Ranked(double[] weights) =>
        [
            .. Candidates.Select(one => one with
                {
                    Score = Ranker.Logistic(Values(one).Zip(weights, (value, weight) => value * weight).Sum()),
                })
                .OrderByDescending(one => one.Score),
        ];

        private static double[] Values(Ranked candidate) => [.. _learned.Select(name => candidate.Signals[name]), 1];
    }

    private static double[] Fit(List<TunedQuestion> questions)
    {
        var rows = questions.SelectMany(question => question.Rows()).ToList();
        var weights = new double[_learned.Length + 1];
        for (var step = 0; step < Steps; step++)
        {
            var gradient = new double[weights.Length];
            foreach (var (values, right) in rows)
            {
                var error = right - Ranker.Logistic(values.Zip(weights, (value, weight) => value * weight).Sum());
                for (var at = 0; at < weights.Length; at++)
                    gradient[at] += error * values[at];
            }
            for (var at = 0; at < weights.Length; at++)
            {
                var isIntercept = at == _learned.Length;
                weights[at] += Rate * ((gradient[at] / rows.Count) - (isIntercept ? 0 : Penalty * weights[at]));
                if (!isIntercept)
                    weights[at] = _learned[at] == Signals.Exclusion ? Math.Min(0, weights[at]) : Math.Max(0, weights[at]);
            }
        }
        return weights;
    }
}
