using System.Text.Json;
using Colloquy.Feedback;
using Colloquy.Feedback.Calibration;

namespace Colloquy.Tests.Feedback.Calibration;

public sealed class CalibrationProtocolTests
{
    [Fact]
    public void A_label_is_counted_replaced_and_taken_back()
    {
        var state = Label(CalibrationState.Empty, "a", 0.8, true, 1);
        Assert.Equal([new Outcome(0.8, true)], state.Outcomes.AsEnumerable());
        state = Label(state, "a", 0.8, false, 2);
        Assert.Equal([new Outcome(0.8, false)], state.Outcomes.AsEnumerable());
        Assert.Empty(Label(state, "a", 0.8, null, 3).Outcomes);
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var state = Label(CalibrationState.Empty, "a", 0.8, true, 1);
        Assert.Same(state, Label(state, "a", 0.8, true, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public void A_late_label_changes_nothing(bool? latest)
    {
        var state = Label(CalibrationState.Empty, "a", 0.8, latest, 2);
        Assert.Same(state, Label(state, "a", 0.8, true, 1));
    }

    [Fact]
    public void The_oldest_labels_give_way()
    {
        var state = Many(CalibrationLimits.LabelsMax);
        state = Label(state, "0000", 0.5, false, 2); // said again, so it is among the latest
        state = Label(Label(state, "x", 0.5, true, 1), "y", 0.5, true, 1);
        Assert.Equal(CalibrationLimits.LabelsMax, state.Labels.Length);
        Assert.Equal(("0003", "0000", "x", "y"),
            (state.Labels[0].Key, state.Labels[^3].Key, state.Labels[^2].Key, state.Labels[^1].Key));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_value_out_of_bounds_is_a_mistake(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Label(CalibrationState.Empty, "a", value, true, 1));

    [Fact]
    public void Values_are_calibrated_from_the_two_hundredth_label_on()
    {
        var before = CalibrationProtocol.View(Many(CalibrationLimits.LabelsMin - 1), "expert");
        Assert.Equal((199, 1, null, null), (before.Samples, before.SamplesNeeded, before.Map, before.Calibrated));
        Assert.NotNull(before.Brier);
        var after = CalibrationProtocol.View(Many(CalibrationLimits.LabelsMin), "expert");
        Assert.Equal((200, 0, 200), (after.Samples, after.SamplesNeeded, after.Map!.Labels));
        Assert.NotNull(after.Calibrated);
        Assert.Null(CalibrationProtocol.Map(Label(Many(200), "0000", 0.5, null, 2)));
    }

    [Fact]
    public void The_figures_do_not_depend_on_the_order_in_which_things_were_said()
    {
        var backwards = Many(200).Labels.Reverse().Aggregate(CalibrationState.Empty, CalibrationProtocol.Label);
        Assert.Equal(CalibrationProtocol.View(Many(200), "e").Calibrated, CalibrationProtocol.View(backwards, "e").Calibrated);
    }

    [Fact]
    public void Nothing_said_is_nothing_known()
    {
        var view = CalibrationProtocol.View(CalibrationState.Empty, "expert");
        Assert.Equal((0, 200, null, null, 10), (view.Samples, view.SamplesNeeded, view.Brier, view.Ece, view.Bins.Length));
    }

    [Fact]
    public void A_document_of_the_first_version_reads_and_spells_as_it_did()
    {
        const string Stored =
            """{"labels":[{"key":"a","value":0.25,"right":true,"revision":1},{"key":"b","value":1,"right":null,"revision":3}]}""";
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        Assert.Equal(Stored, JsonSerializer.Serialize(JsonSerializer.Deserialize<CalibrationState>(Stored, options), options));
    }

    private static CalibrationState Many(int count) => Drawn.Overconfident(1, count)
        .Select((one, n) => new CalibrationLabel($"{n:D4}", one.Value, one.Right, 1))
        .Aggregate(CalibrationState.Empty, CalibrationProtocol.Label);

    private static CalibrationState Label(CalibrationState state, string key, double value, bool? right, long revision) =>
        CalibrationProtocol.Label(state, new CalibrationLabel(key, value, right, revision));
}
