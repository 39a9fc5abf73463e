using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Selection;

namespace Colloquy.Benchmarks.Selection;

/// <summary>
/// Tries limits of the decision on ranked questions, and prints those that are worth most. A choice is worth 1 where it is what was
/// expected; a wrong single expert costs 1.5, for it is believed; being asked back where one expert was clear costs little.
/// </summary>
internal static class SelectionLimitsSearch
{
    public static void Print(ImmutableArray<(LabelledQuestion Label, ImmutableArray<Ranked> Ranked)> questions)
    {
        var tried = new List<(double Worth, SelectionLimitsTried Limits)>();
        foreach (var none in Steps(0.04, 0.2, 0.02))
        foreach (var one in Steps(0.1, 0.6, 0.05))
        foreach (var margin in Steps(0.02, 0.2, 0.02))
        foreach (var several in Steps(0.1, 0.5, 0.05))
        {
            var limits = new SelectionLimitsTried(one, margin, several, none);
            tried.Add((questions.Average(question => Worth(question.Label, SelectionProtocol.Decide(
                question.Ranked, SelectionMethods.Ranker, 0, limits.ToLimits()))), limits));
        }
        foreach (var (worth, limits) in tried.OrderByDescending(one => one.Worth).Take(5))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worth {worth:F3} with {limits}"));
    }

    private static double Worth(LabelledQuestion label, AgentSelection selection)
    {
        var right = selection.Agents.Count(agent => label.Acceptable.Contains(agent, StringComparer.Ordinal));
        var isSingle = selection.Agents.Length == 1;
        return label.Expect == SelectionProtocol.One
            ? isSingle ? right == 1 ? 1 : -1.5 : selection.Agents.IsEmpty ? (selection.Decision == SelectionProtocol.Ask ? 0.1 : -0.5)
                : right > 0 ? 0.5 : -0.5
            : isSingle ? (right == 1 ? 0.3 : -1.5)
            : label.Expect == SelectionProtocol.Several ? (selection.Agents.IsEmpty ? 0.5 : right == selection.Agents.Length ? 1 : 0.5)
            : selection.Agents.IsEmpty ? 1 : 0.2;
    }

    private static IEnumerable<double> Steps(double from, double to, double step) =>
        Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(at => from + (at * step));

    private sealed record SelectionLimitsTried(double One, double Margin, double Several, double None)
    {
        public DecisionLimits ToLimits() => new(One, Margin, Several, None);
    }
}
