using Colloquy.Agents;
using Colloquy.Feedback;
using Colloquy.Selection;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Colloquy.Tests.Agents;

namespace Colloquy.Tests.Feedback;

[Collection(SharedHost.Name)]
public sealed class FeedbackGrainTests(GrainHost host)
{
    private readonly string _tenant = GrainHost.NewTenant();

    private ICalibrationGrain Calibration => host.Grain<ICalibrationGrain>(_tenant, "expert");

    [Fact]
    public async Task A_rated_answer_teaches_the_calibration_of_who_gave_it()
    {
        await Begin(uncalibrated: 0.25);
        var result = await Give(Answered.Message, 1, "op");
        Assert.Equal((FeedbackStatus.Recorded, "calibration"), (result.Status, result.Learned.Single()));
        var view = await Calibration.View();
        Assert.Equal(("expert", 1, 199), (view.Agent, view.Samples, view.SamplesNeeded));
        Assert.Equal(0.75 * 0.75, view.Brier!.Value, 9);
        Assert.Null(await Calibration.Map());
    }

    [Fact]
    public async Task Said_otherwise_it_is_learned_otherwise_and_taken_back_it_is_forgotten()
    {
        await Begin();
        await Give(Answered.Message, 1, "1");
        await Give(Answered.Message, -1, "2");
        Assert.Equal(0.64, (await Calibration.View()).Brier!.Value, 9);
        await Give(Answered.Message, 0, "3");
        Assert.Equal(0, (await Calibration.View()).Samples);
        Assert.Empty(await Feedback(Answered.Message).All());
    }

    [Fact]
    public async Task Every_author_counts_once()
    {
        await Begin();
        await Give(Answered.Message, 1, "op");
        await Give(Answered.Message, 1, "op");
        await Give(Answered.Message, -1, "op", author: "bob");
        Assert.Equal(2, (await Calibration.View()).Samples);
        Assert.Equal(["ann", "bob"], (await Feedback(Answered.Message).All()).Select(one => one.Author));
    }

    [Fact]
    public async Task The_answer_of_a_selected_agent_and_a_selection_teach_the_ranker()
    {
        await Begin(selected: true);
        Assert.Equal(["calibration", "ranker"], (await Give(Answered.Message, -1, "op")).Learned.AsEnumerable());
        Assert.Equal(["ranker"], (await Give(Answered.Selection, 1, "op")).Learned.AsEnumerable());
        Assert.Equal(
            [("expert", false, "Why is it so?"), ("expert", true, "Why is it so?"), ("other", true, "Why is it so?")],
            RankerLabels.Of(host, _tenant).Select(label => (label.Agent, label.Fits, label.Question)));
    }

    [Fact]
    public async Task The_better_agent_must_exist()
    {
        await Begin(selected: true);
        var command = Command(Answered.Selection, -1, "op") with { Agent = "nobody" };
        Assert.Equal(FeedbackStatus.UnknownAgent, (await Feedback(Answered.Selection).Give(command)).Status);
        Assert.Empty(await Feedback(Answered.Selection).All());
        await host.Grain<IAgentGrain>(_tenant, "nobody").Create(Given.Profile("nobody"), "ann", "op");
        Assert.Equal(FeedbackStatus.Recorded, (await Feedback(Answered.Selection).Give(command)).Status);
        Assert.Contains(RankerLabels.Of(host, _tenant), label => label is { Agent: "nobody", Fits: true });
    }

    [Fact]
    public async Task Citations_and_tool_calls_are_remembered_and_teach_nobody()
    {
        await Begin();
        Assert.Empty((await Give(Answered.Citation, -1, "op")).Learned);
        Assert.Equal(FeedbackStatus.Recorded, (await Give(Answered.Call, 0.5, "op")).Status);
        Assert.Equal(-1, (await Feedback(Answered.Citation).All()).Single().Rating);
        Assert.Equal(0, (await Calibration.View()).Samples);
    }

    public static TheoryData<FeedbackTarget> Unknown =>
    [
        Answered.Selection, // of a run whose agent was named
        Answered.Citation with { Part = "1" }, Answered.Citation with { Part = "02" }, Answered.Citation with { Part = null },
        Answered.Message with { Part = "2" }, Answered.Message with { Id = SessionIds.Question(Answered.Session, 1) },
        Answered.Message with { Id = SessionIds.Answer(Answered.Session, 2) }, Answered.Message with { Id = "msg_1a" },
        Answered.Call with { Id = $"{Answered.Run}.t2" }, Answered.Call with { Id = "t1" },
        new(FeedbackTypes.PanelTurn, Answered.Run, "a"), new("mood", Answered.Run),
    ];

    [Theory, MemberData(nameof(Unknown))]
    public async Task What_does_not_exist_cannot_be_rated_and_leaves_no_trace(FeedbackTarget target)
    {
        CallerTenant.Set(_tenant);
        await Begin();
        Assert.Equal(FeedbackStatus.TargetNotFound, (await Give(target, 1, "op")).Status);
        Assert.Equal(0, host.Documents.Writes(Feedback(target).GetGrainId()));
    }

    [Fact]
    public async Task An_answer_of_another_tenant_does_not_exist()
    {
        await Answered.In(host.Journals, $"{_tenant}-other");
        Assert.Equal(FeedbackStatus.TargetNotFound, (await Give(Answered.Message, 1, "op")).Status);
    }

    [Fact]
    public async Task A_repeat_is_answered_also_when_the_answer_is_gone()
    {
        await Begin();
        await Give(Answered.Message, 1, "op");
        await host.Journals.Erase(TenantKey.For(_tenant, Answered.Session), CancellationToken.None);
        Assert.Equal(FeedbackStatus.Recorded, (await Give(Answered.Message, 1, "op")).Status);
        Assert.Equal(FeedbackStatus.TargetNotFound, (await Give(Answered.Message, 1, "other", author: "bob")).Status);
    }

    [Fact]
    public async Task What_was_said_and_learned_survives_its_activations()
    {
        await Begin();
        await GrainHost.EndAfter(Feedback(Answered.Message), grain => grain.Give(Command(Answered.Message, 1, "op")));
        await GrainHost.EndAfter(Calibration, grain => grain.View());
        Assert.Equal(1, (await Feedback(Answered.Message).All()).Single().Rating);
        Assert.Equal(1, (await Calibration.View()).Samples);
    }

    private Task Begin(double value = 0.8, double? uncalibrated = null, bool selected = false) =>
        Answered.In(host.Journals, _tenant, value, uncalibrated, selected);

    private IFeedbackGrain Feedback(FeedbackTarget target) => host.Grain<IFeedbackGrain>(_tenant, target.Key);

    private static GiveFeedback Command(FeedbackTarget target, double rating, string operation, string author = "ann") =>
        new(author, target, rating, null, null, operation, $"{rating}");

    private Task<FeedbackResult> Give(FeedbackTarget target, double rating, string operation, string author = "ann") =>
        Feedback(target).Give(Command(target, rating, operation, author));
}
