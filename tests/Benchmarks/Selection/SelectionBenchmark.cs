using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Colloquy.Selection;

namespace Colloquy.Benchmarks.Selection;

/// <summary>How well agents are chosen, on both halves of the labelled set, and how fast among 500. Fails if the selector's first
/// choice on the held-out half is not better than both baselines'.</summary>
internal sealed class SelectionBenchmark : IBenchmark
{
    private const int Agents = 500;
    private const int Rounds = 200;

    public string Name => "selection";

    public async Task Run()
    {
        await Table("tuning half (weights and limits were set on it)", LabelledSet.Tuning);
        var report = await Table("held-out half", LabelledSet.HeldOut);
        await Speed();
        if (report.Selector.TopOne <= Math.Max(report.Words.TopOne, report.Vectors.TopOne))
        {
            Console.WriteLine("The selector does not beat both baselines on the held-out half.");
            Environment.ExitCode = 1;
        }
    }

    private static async Task<SelectionReport> Table(string title, ImmutableArray<LabelledQuestion> questions)
    {
        var report = await SelectionTrial.Run(Bench.Selector(), new SelectorState(), _ => true, questions);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {report.Questions} questions"));
        Console.WriteLine("             top-1  precision  recall     F1  exact  abstention  false abstention");
        Print("selector", report.Selector);
        Print("BM25", report.Words);
        Print("vector", report.Vectors);
        Console.WriteLine();
        return report;
    }

    private static void Print(string name, SelectionFigures figures) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-10} {figures.TopOne,7:P1} {figures.Precision,10:P1} {figures.Recall,7:P1} {figures.F1,6:P1} {figures.ExactMatch,6:P1}"
        + $" {figures.Abstention,11:P1} {figures.FalseAbstention,17:P1}"));

    private static async Task Speed()
    {
        var shipped = Colloquy.Agents.BuiltInAgents.All;
        var selector = Bench.Selector(
        [
            .. Enumerable.Range(0, Agents).Select(at => shipped[at % shipped.Length] with
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"agent-{at}"),
                Description = $"{shipped[at % shipped.Length].Description} {at}",
            }),
        ]);
        var began = Stopwatch.GetTimestamp();
        await selector.Rank(LabelledSet.Tuning[0].Text, new SelectorState(), _ => true);
        var first = Stopwatch.GetElapsedTime(began);
        var times = new List<double>();
        for (var at = 1; at <= Rounds; at++)
        {
            began = Stopwatch.GetTimestamp();
            await selector.Rank(LabelledSet.All[at].Text, new SelectorState(), _ => true);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Among {Agents} agents: p50 {times[Rounds / 2]:F2} ms, p95 {times[Rounds * 95 / 100]:F2} ms; "
            + $"indexing all of them {first.TotalMilliseconds:F0} ms"));
    }
}
