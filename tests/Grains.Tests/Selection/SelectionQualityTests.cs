using Colloquy.Benchmarks.Selection;
using Colloquy.Selection;

namespace Colloquy.Tests.Selection;

/// <summary>The figures of the half that nothing was tuned on.</summary>
public sealed class SelectionQualityTests
{
    [Fact]
    public async Task On_the_held_out_half_the_selectors_first_choice_beats_both_baselines()
    {
        var report = await SelectionTrial.Run(Bench.Selector(), new SelectorState(), _ => true, LabelledSet.HeldOut);
        Assert.True(report.Selector.TopOne > report.Words.TopOne, $"{report.Selector.TopOne:P1} against {report.Words.TopOne:P1}");
        Assert.InRange(report.Selector.TopOne - report.Vectors.TopOne, 0.2, 1);
        Assert.InRange(report.Selector.TopOne, 0.72, 1);
    }

    [Fact]
    public async Task Most_questions_that_call_for_several_or_nobody_get_no_single_expert()
    {
        var report = await SelectionTrial.Run(Bench.Selector(), new SelectorState(), _ => true, LabelledSet.HeldOut);
        Assert.InRange(report.Selector.Abstention, 0.6, 1);
        Assert.True(report.Selector.Abstention > report.Words.Abstention + 0.2);
    }

    [Fact]
    public void The_set_is_large_balanced_and_names_agents_that_ship()
    {
        Assert.InRange(LabelledSet.All.Length, 220, 500);
        Assert.InRange(LabelledSet.HeldOut.Length / (double)LabelledSet.All.Length, 0.45, 0.55);
        Assert.InRange(LabelledSet.All.Count(one => one.Expect != "one"), 40, 80);
        var best = LabelledSet.All.Where(one => one.Expect == "one").CountBy(one => one.Acceptable[0]).ToDictionary();
        Assert.Equal(Colloquy.Agents.BuiltInAgents.All.Select(agent => agent.Id), best.Keys.Order(StringComparer.Ordinal));
        Assert.All(best.Values, count => Assert.InRange(count, 20, 30));
        Assert.Empty(LabelledSet.All.SelectMany(one => one.Acceptable).Except(best.Keys));
        Assert.Equal(LabelledSet.All.Length, LabelledSet.All.Select(one => one.Text).Distinct().Count());
    }

    [Fact]
    public void No_question_of_the_set_is_an_example_question() => Assert.Empty(
        LabelledSet.All.Select(one => one.Text).Intersect(Colloquy.Agents.BuiltInAgents.All.SelectMany(agent => agent.ExampleQuestions)));
}
