using Xunit;

namespace Colloquy.Panels;

public sealed class PanelListStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_told_late_of_a_panel_that_was_removed_does_not_list_it_again()
    {
        var list = new PanelListState().With(Line("running")).Without("pan_1", Noon.AddMinutes(1));
        Assert.Empty(list.Panels);
        Assert.Same(list, list.With(Line("cancelled") with { EndedAt = Noon.AddMinutes(1) }));
        Assert.Same(list, list.Without("pan_1", Noon.AddMinutes(2)));
    }

    [Fact]
    public void A_panel_that_is_convened_anew_after_its_removal_is_listed()
    {
        var list = new PanelListState().With(Line("running")).Without("pan_1", Noon.AddMinutes(1));
        var anew = Line("running") with { ConvenedAt = Noon.AddMinutes(2) };
        Assert.Equal(anew, Assert.Single(list.With(anew).Panels));
    }

    [Fact]
    public void Removals_are_remembered_up_to_a_bound()
    {
        var list = Enumerable.Range(1, 300).Aggregate(new PanelListState(), (state, number) => state.Without($"pan_{number}", Noon));
        Assert.Equal(100, list.Removed!.Value.Length);
        Assert.Equal("pan_300", list.Removed.Value[^1].Id);
    }

    private static PanelSummary Line(string status) =>
        new("pan_1", "run_pan_1", "Is it so?", PanelProtocols.Parallel, status, null, 3, "key", null, Noon, null);
}
