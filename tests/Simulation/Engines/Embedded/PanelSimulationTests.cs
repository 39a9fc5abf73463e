using Colloquy.Panels;
using Xunit.Abstractions;

namespace Colloquy.Simulated;

public sealed class PanelSimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_promise_of_panels_holds_in_every_world()
    {
        var played = Seeds.Play(Seeds.Chosen, seed => PanelWorld.Play(seed));
        var panels = played.SelectMany(one => one.Panels).ToList();
        output.WriteLine($"{played.Count} seeds, {played.Average(one => one.Steps):f0} turns each: {panels.Count} panels, "
            + $"{played.Sum(one => one.Rounds)} rounds, {played.Sum(one => one.Answers)} answers, "
            + $"{played.Sum(one => one.Absences)} absences, {played.Sum(one => one.Calls)} calls of models.");
        output.WriteLine($"{played.Sum(one => one.ByMessage)} panels for messages, {played.Sum(one => one.AnsweredMessages)} messages "
            + $"answered by one, {played.Sum(one => one.Precedents)} precedents, {played.Sum(one => one.Shown)} characters seen live.");
        foreach (var kind in panels.GroupBy(panel => panel.Protocol).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            output.WriteLine($"{kind.Key}: {string.Join(", ", kind.GroupBy(one => one.Status).OrderByDescending(one => one.Count())
                .Select(one => $"{one.Key} {one.Count()}"))}");
        Assert.True(panels.Count >= played.Count / 2, "Hardly any panel was convened.");
        Assert.Equal(Protocols.Names, panels.Select(panel => panel.Protocol).Distinct().Order(StringComparer.Ordinal));
        Assert.True(panels.Count(panel => panel.Status == "completed") >= 0.3 * panels.Count, "Hardly any panel came to an outcome.");
    }

    [Fact]
    public void The_same_seed_is_the_same_run_of_panels()
    {
        var first = Enumerable.Range(1, 8).Select(seed => PanelWorld.Play(seed).TraceHash).ToList();
        Assert.Equal(first, Enumerable.Range(1, 8).Select(seed => PanelWorld.Play(seed).TraceHash));
        Assert.Equal(8, first.Distinct().Count());
    }
}
