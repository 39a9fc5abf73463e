using Colloquy.Agents;
using Colloquy.Feedback;
using Colloquy.Panels;
using Colloquy.Panels.Standing;
using Colloquy.Tenants;

namespace Colloquy.Tests.Feedback;

/// <summary>What ratings of a panel teach, from its journal to whoever learns.</summary>
[Collection(SharedHost.Name)]
public sealed class PanelFeedbackTests(GrainHost host)
{
    private readonly string _tenant = GrainHost.NewTenant();

    private IStandingPanelGrain Board => host.Grain<IStandingPanelGrain>(_tenant, "board");

    [Fact]
    public async Task A_rated_turn_teaches_the_members_calibration_with_what_it_said_before_calibration()
    {
        await Meet(Met.Table());
        Assert.Equal(["calibration"], (await Give(Met.Turn("s2"), 1)).Learned.AsEnumerable());
        Assert.Equal(0.01, (await Calibration("agent-2")).Brier!.Value, 9);
        Assert.Equal(["calibration"], (await Give(Met.Turn("s3"), -1)).Learned.AsEnumerable());
        Assert.Equal(0.64, (await Calibration("agent-3")).Brier!.Value, 9);
    }

    [Fact]
    public async Task A_calibrated_confidence_of_which_nothing_else_is_known_teaches_no_calibration()
    {
        var table = Met.Table();
        await Meet(table with
        {
            Log = [.. table.Log.Select(@event => @event is PositionTaken taken
                ? taken with { Said = taken.Said with { Stated = null } } : @event)],
        });
        Assert.Empty((await Give(Met.Turn("s2"), 1)).Learned);
        Assert.Equal(["calibration"], (await Give(Met.Turn("s3"), 1)).Learned.AsEnumerable());
    }

    [Fact]
    public async Task A_turn_without_a_confidence_and_one_of_a_person_are_remembered()
    {
        await Found();
        await Meet(Met.Table());
        Assert.Equal(FeedbackStatus.Recorded, (await Give(Met.Turn("s1"), 1)).Status);
        Assert.Empty((await Give(Met.Turn("s1"), 1, "bob")).Learned);
        Assert.Empty((await Give(Met.Turn("s5"), 1)).Learned);
        Assert.Empty(await Board.Records());
    }

    [Fact]
    public async Task A_turn_of_a_standing_panel_teaches_its_track_record_and_taken_back_it_is_forgotten()
    {
        await Found();
        await Meet(Met.Table("board"));
        Assert.Equal(["standing"], (await Give(Met.Turn("s1"), 1)).Learned.AsEnumerable());
        Assert.Equal(["calibration", "standing"], (await Give(Met.Turn("s3"), -1)).Learned.AsEnumerable());
        await Give(Met.Turn("s3"), -1, "bob");
        Assert.Equal([("agent-1", 1, 0, 1.1), ("agent-3", 0, 2, 0.833333)], await Records());
        await Give(Met.Turn("s3"), 1, operation: "changed");
        Assert.Equal([("agent-1", 1, 0, 1.1), ("agent-3", 1, 1, 1.0)], await Records());
        await Give(Met.Turn("s3"), 0, operation: "back");
        Assert.Equal([("agent-1", 1, 0, 1.1), ("agent-3", 0, 1, 0.9)], await Records());
    }

    [Fact]
    public async Task A_rated_outcome_is_a_word_about_whoever_prevailed_and_nobody_else()
    {
        await Found();
        await Meet(Met.Table("board"));
        Assert.Equal(["standing", "calibration"], (await Give(Met.Outcome, -1)).Learned.AsEnumerable());
        Assert.Equal([("agent-1", 0, 1, 0.9), ("agent-2", 0, 1, 0.9)], await Records());
        Assert.Equal(0.81, (await Calibration("agent-2")).Brier!.Value, 9);
        Assert.Equal(0, (await Calibration("agent-3")).Samples);
        await Give(Met.Outcome, -1);
        await Give(Met.Turn("s1"), -1);
        Assert.Equal([("agent-1", 0, 2, 0.833333), ("agent-2", 0, 1, 0.9)], await Records());
    }

    public static TheoryData<FeedbackTarget> Unknown =>
    [
        Met.Turn("s4"), Met.Turn(PanelIds.Chair), Met.Turn("s9"), Met.Turn(""), Met.Outcome with { Id = Met.Panel },
        Met.Outcome with { Id = "run_pan_00000000000000000000000000" }, Met.Outcome with { Id = "run_pan_1" },
        Met.Outcome with { Id = Met.Run.Replace("pan_", "ing_", StringComparison.Ordinal) }, new(FeedbackTypes.Selection, Met.Run),
    ];

    [Theory, MemberData(nameof(Unknown))]
    public async Task Whoever_took_no_position_cannot_be_rated(FeedbackTarget target)
    {
        CallerTenant.Set(_tenant);
        await Meet(Met.Table());
        Assert.Equal(FeedbackStatus.TargetNotFound, (await Give(target, 1)).Status);
        Assert.Equal(0, host.Documents.Writes(host.Grain<IFeedbackGrain>(_tenant, target.Key).GetGrainId()));
    }

    [Fact]
    public async Task Before_the_end_a_position_can_be_rated_and_the_outcome_cannot()
    {
        await Meet(Met.Table(isOver: false));
        Assert.Equal(FeedbackStatus.TargetNotFound, (await Give(Met.Outcome, 1)).Status);
        Assert.Equal(["calibration"], (await Give(Met.Turn("s3"), 1)).Learned.AsEnumerable());
    }

    [Fact]
    public async Task Without_an_answer_there_is_no_outcome_to_rate()
    {
        var short_ = Met.Table(isOver: false).Later(TimeSpan.FromHours(2)).Ticks();
        await Meet(short_ with
        {
            Log = [.. short_.Log.Select(@event => @event is PanelConcluded concluded
                ? concluded with { Outcome = concluded.Outcome with { Answer = null } } : @event)],
        });
        Assert.Equal(FeedbackStatus.TargetNotFound, (await Give(Met.Outcome, 1)).Status);
    }

    [Fact]
    public async Task A_panel_of_another_tenant_does_not_exist()
    {
        await Met.In(host.Journals, $"{_tenant}-other", Met.Table());
        Assert.Equal(FeedbackStatus.TargetNotFound, (await Give(Met.Turn("s1"), 1)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_broke_off_while_it_was_taught_is_learned_once(bool afterWriting)
    {
        CallerTenant.Set(_tenant);
        await Found();
        await Meet(Met.Table("board"));
        host.Documents.FailNextWrite(Board.GetGrainId(), afterWriting);
        await Assert.ThrowsAnyAsync<Exception>(() => Give(Met.Outcome, 1));
        Assert.Equal(FeedbackStatus.Recorded, (await Give(Met.Outcome, 1)).Status);
        Assert.Equal([("agent-1", 1, 0, 1.1), ("agent-2", 1, 0, 1.1)], await Records());
    }

    [Fact]
    public async Task A_standing_panel_that_is_gone_learns_nothing_and_blocks_nobody()
    {
        await Meet(Met.Table("board"));
        Assert.Equal(FeedbackStatus.Recorded, (await Give(Met.Turn("s1"), 1)).Status);
        Assert.Empty(await Board.Records());
    }

    private async Task Found()
    {
        foreach (var agent in (string[])["agent-1", "agent-2", "agent-3"])
            await host.Grain<IAgentGrain>(_tenant, agent).Create(Agents.Given.Profile(agent), "ann", agent);
        var answer = await Board.Define(new("ann", "Board", ["agent-1", "agent-2", "agent-3"], null, null, null, null, null));
        Assert.Equal(StandingStatus.Done, answer.Status);
    }

    private Task Meet(PanelTable table) => Met.In(host.Journals, _tenant, table);

    private Task<FeedbackResult> Give(FeedbackTarget target, double rating, string author = "ann", string operation = "op") =>
        host.Grain<IFeedbackGrain>(_tenant, target.Key).Give(new(author, target, rating, null, null, operation, $"{rating}"));

    private Task<CalibrationView> Calibration(string agent) => host.Grain<ICalibrationGrain>(_tenant, agent).View();

    private async Task<IEnumerable<(string, int, int, double)>> Records() =>
        (await Board.Records()).Select(record => (record.Agent, record.Right, record.Wrong, record.Weight));
}
