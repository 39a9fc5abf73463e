using Colloquy.Doubles;
using Colloquy.Feedback;
using Colloquy.Tenants;

namespace Colloquy.Tests.Feedback;

/// <summary>What a failure between what was said and who learns from it leaves, and who mends it.</summary>
[Collection(SharedHost.Name)]
public sealed class FeedbackRecoveryTests(GrainHost host)
{
    public enum Step { Saying, Learning, Settlement }

    public static TheoryData<Step, bool> Steps
    {
        get
        {
            var data = new TheoryData<Step, bool>();
            foreach (var step in Enum.GetValues<Step>())
            {
                data.Add(step, false);
                data.Add(step, true);
            }
            return data;
        }
    }

    private readonly string _tenant = GrainHost.NewTenant();

    private IFeedbackGrain Feedback => host.Grain<IFeedbackGrain>(_tenant, Answered.Message.Key);

    private ICalibrationGrain Calibration => host.Grain<ICalibrationGrain>(_tenant, "expert");

    [Theory, MemberData(nameof(Steps))]
    public async Task What_broke_off_is_finished_by_its_repeat_and_learned_once(Step step, bool afterWriting)
    {
        CallerTenant.Set(_tenant);
        await Answered.In(host.Journals, _tenant, selected: true);
        Break(step, afterWriting);
        await Assert.ThrowsAnyAsync<Exception>(() => Give(1, "op"));
        Assert.Equal(FeedbackStatus.Recorded, (await Give(1, "op")).Status);
        await Expect(rating: 1, brier: 0.04);
    }

    [Theory]
    [InlineData(Step.Saying, true)]
    [InlineData(Step.Learning, false)]
    [InlineData(Step.Learning, true)]
    [InlineData(Step.Settlement, false)]
    [InlineData(Step.Settlement, true)]
    public async Task What_was_said_and_not_learned_is_learned_by_the_next_activation(Step step, bool afterWriting)
    {
        CallerTenant.Set(_tenant);
        await Answered.In(host.Journals, _tenant, selected: true);
        Break(step, afterWriting);
        await Assert.ThrowsAnyAsync<Exception>(() => Give(1, "op"));
        await GrainHost.EndAfter(Feedback, grain => grain.All()); // whoever looks, if the failure has not ended the activation
        await Feedback.All();
        await Expect(rating: 1, brier: 0.04);
    }

    [Fact]
    public async Task What_is_said_next_does_not_overtake_what_is_outstanding()
    {
        await Answered.In(host.Journals, _tenant, selected: true);
        Break(Step.Learning, afterWriting: false);
        await Assert.ThrowsAnyAsync<Exception>(() => Give(1, "op"));
        await Give(-1, "next");
        await Expect(rating: -1, brier: 0.64, rankerLabels: 2);
    }

    [Fact]
    public async Task Who_looks_sees_what_is_durable()
    {
        await Answered.In(host.Journals, _tenant);
        await Give(1, "op");
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Documents.HoldWrites(Feedback.GetGrainId(), reached, release.Task);
        var giving = Give(-1, "next");
        await reached.Task.Within("the write");
        Assert.Equal(1, (await Feedback.All()).Single().Rating);
        release.SetResult();
        await giving;
        Assert.Equal(-1, (await Feedback.All()).Single().Rating);
    }

    [Fact]
    public async Task A_failed_label_leaves_the_old_ones_visible()
    {
        await Calibration.Label("a", 0.5, true, 1);
        host.Documents.FailNextWrite(Calibration.GetGrainId());
        await Assert.ThrowsAnyAsync<Exception>(() => Calibration.Label("b", 0.5, true, 1));
        Assert.Equal(1, (await Calibration.View()).Samples);
        await Calibration.Label("b", 0.5, true, 1);
        await Calibration.Label("b", 0.5, true, 1);
        Assert.Equal(2, (await Calibration.View()).Samples);
    }

    [Fact]
    public async Task Two_hundred_labels_make_a_map_that_a_further_one_changes()
    {
        for (var n = 0; n < CalibrationLimits.LabelsMin; n++)
            await Calibration.Label($"{n}", 0.9, n % 2 == 0, 1);
        Assert.Equal([new CalibrationStep(0, 0.5)], (await Calibration.Map())!.Steps.AsEnumerable());
        await Calibration.Label("one more", 0.1, false, 1);
        Assert.Equal([new CalibrationStep(0, 0), new CalibrationStep(0.9, 0.5)], (await Calibration.Map())!.Steps.AsEnumerable());
    }

    private void Break(Step step, bool afterWriting)
    {
        var (grain, skip) = step switch
        {
            Step.Saying => (Feedback.GetGrainId(), 0),
            Step.Learning => (Calibration.GetGrainId(), 0),
            _ => (Feedback.GetGrainId(), 1),
        };
        host.Documents.FailNextWrite(grain, afterWriting, skip);
    }

    private Task<FeedbackResult> Give(double rating, string operation) =>
        Feedback.Give(new("ann", Answered.Message, rating, null, null, operation, $"{rating}"));

    private async Task Expect(double rating, double brier, int rankerLabels = 1)
    {
        Assert.Equal(rating, (await Feedback.All()).Single().Rating);
        var view = await Calibration.View();
        Assert.Equal((1, brier), (view.Samples, Math.Round(view.Brier!.Value, 9)));
        Assert.Equal(rankerLabels, RankerLabels.Of(host, _tenant).Count);
        Assert.DoesNotContain("\"learner\"", host.Documents.Body(Feedback.GetGrainId()), StringComparison.Ordinal);
    }
}
