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
    private const int Steps = 20_000;
    private const double Rate = 2.0;
    private const double Penalty = 0.0005;

    private static readonly string[] _learned = [.. Signals.All.Where(name => name != Signals.History)];

    public string Name => "selection-weights";

    public async Task Run()
    {
        var rows = await Rows();
        var weights = Fit(rows);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Ranker.Intercept}: {weights[^1]:F2}"));
        for (var at = 0; at < _learned.Length; at++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_learned[at]}: {weights[at]:F2}"));
    }

    private static async Task<List<(double[] Values, double Right)>> Rows()
    {
        var (selector, rows) = (Bench.Selector(), new List<(double[], double)>());
        foreach (var question in LabelledSet.Tuning)
        {
            foreach (var candidate in (await selector.Rank(question.Text, new SelectorState(), _ => true)).Candidates)
                rows.Add(([.. _learned.Select(name => candidate.Signals[name]), 1],
                    question.Acceptable.Contains(candidate.Agent.Id, StringComparer.Ordinal) ? 1 : 0));
        }
        return rows;
    }

    private static double[] Fit(List<(double[] Values, double Right)> rows)
    {
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
