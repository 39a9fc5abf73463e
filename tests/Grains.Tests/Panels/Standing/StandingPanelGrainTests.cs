using Colloquy.Agents;
using Colloquy.Tenants;
using Colloquy.Tests;
using Xunit;
using static Colloquy.Panels.Standing.Boards;

namespace Colloquy.Panels.Standing;

[Collection(SharedHost.Name)]
public sealed class StandingPanelGrainTests(GrainHost host)
{
    private const string Question = "Is software a medical device?";
    private readonly string _tenant = GrainHost.NewTenant();

    private IStandingPanelGrain Panel => host.Grain<IStandingPanelGrain>(_tenant, "board");

    private IStandingPanelListGrain List => host.Grain<IStandingPanelListGrain>(_tenant, "standing-panels");

    [Fact]
    public async Task What_it_is_and_knows_survives_its_activations()
    {
        await Found();
        await Panel.Record(Precedent(1, "Is an app a medical device?"));
        await Panel.Rate("k", "ada", Question, true, 1);
        await GrainHost.EndAfter(Panel, grain => grain.View());
        Assert.Equal(1, (await Panel.View())!.Precedents);
        Assert.Equal(new TrackRecord("ada", "medical devices", 1, 0, 1.1), (await Panel.Records()).Single());
        var brief = (await Panel.Brief(Question))!;
        Assert.Equal([("ada", 1.1), ("bob", 1.0)], brief.Track.Select(one => (one.Key, one.Value)));
        Assert.Equal("Is an app a medical device?", brief.Precedents.Single().Question);
        Assert.Equal("board", (await List.All()).Single().Id);
    }

    [Fact]
    public async Task A_record_counts_on_its_topic_alone()
    {
        await Found();
        await Panel.Rate("k", "ada", Question, true, 1);
        Assert.Equal(1, (await Panel.Brief("What does it cost?"))!.Track["ada"]);
        await Panel.Rate("l", "ada", "What does it cost?", false, 1);
        Assert.Equal(0.9, (await Panel.Brief("What is the price?"))!.Track["ada"]);
        Assert.Equal(1.1, (await Panel.Brief(Question))!.Track["ada"]);
    }

    [Fact]
    public async Task A_repeat_writes_nothing()
    {
        await Found();
        await Panel.Record(Precedent(1));
        await Panel.Rate("k", "ada", Question, true, 1);
        var writes = host.Documents.Writes(Panel.GetGrainId());
        await Panel.Define(New("ada", "bob"));
        await Panel.Record(Precedent(1));
        await Panel.Rate("k", "ada", Question, true, 1);
        await Panel.Rate("k", "ada", Question, false, 0);
        Assert.Equal(writes, host.Documents.Writes(Panel.GetGrainId()));
    }

    [Fact]
    public async Task Members_must_be_published()
    {
        await Found();
        var other = host.Grain<IStandingPanelGrain>(_tenant, "other");
        var refused = await other.Define(New("ada", "nobody"));
        Assert.Equal((StandingStatus.UnknownAgent, "nobody"), (refused.Status, refused.Detail));
        Assert.Null(await other.View());
        Assert.Single(await List.All());
        Assert.Null(await other.Brief(Question));
    }

    [Fact]
    public async Task Another_tenants_agent_is_unknown()
    {
        await Found();
        var tenant = GrainHost.NewTenant();
        Assert.Equal(StandingStatus.UnknownAgent,
            (await host.Grain<IStandingPanelGrain>(tenant, "board").Define(New("ada", "bob"))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_creation_that_broke_off_is_finished_by_its_repeat(bool afterWriting)
    {
        CallerTenant.Set(_tenant);
        await Agents();
        host.Documents.FailNextWrite(Panel.GetGrainId(), afterWriting);
        await Assert.ThrowsAnyAsync<Exception>(() => Panel.Define(New("ada", "bob")));
        Assert.Equal(StandingStatus.Done, (await Panel.Define(New("ada", "bob"))).Status);
        Assert.Equal("board", (await List.All()).Single().Id);
    }

    [Fact]
    public async Task A_removal_that_broke_off_is_finished_by_its_repeat()
    {
        await Found();
        host.Documents.FailNextWrite(List.GetGrainId());
        await Assert.ThrowsAnyAsync<Exception>(() => Panel.Remove());
        Assert.Empty(await List.All());
        Assert.False(await Panel.Remove());
        Assert.DoesNotContain("board", host.Documents.Body(List.GetGrainId()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_has_so_many()
    {
        await Found();
        for (var n = 1; n < StandingLimits.Panels; n++)
            await List.Put((await Panel.View())! with { Id = $"p{n}" });
        var one = host.Grain<IStandingPanelGrain>(_tenant, "one-more");
        Assert.Equal(StandingStatus.TooMany, (await one.Define(New("ada", "bob"))).Status);
        Assert.Null(await one.View());
        await Panel.Remove();
        Assert.Equal(StandingStatus.Done, (await one.Define(New("ada", "bob"))).Status);
    }

    [Fact]
    public async Task Whoever_was_right_weighs_more_and_carries_the_panel()
    {
        await Found();
        Assert.Equal("It is so.", (await Meeting()).Answer);
        for (var n = 0; n < 3; n++)
        {
            await Panel.Rate($"b{n}", "bob", Question, true, 1);
            await Panel.Rate($"a{n}", "ada", Question, false, 1);
        }
        var outcome = await Meeting();
        Assert.Equal("It is otherwise.", outcome.Answer);
        Assert.Equal("s1", Assert.Single(outcome.MinorityReport.Single().Seats));
        Assert.Equal(Math.Round(TrackRecords.Weight(0, 3) / (TrackRecords.Weight(0, 3) + TrackRecords.Weight(3, 0)), 6),
            outcome.MinorityReport.Single().Share, 5);
    }

    /// <summary>Two members disagree, equally sure, and the chair is silent: the weightier position is the answer.</summary>
    private async Task<PanelOutcome> Meeting()
    {
        var command = ConvenePanel.Of("ann", Question, PanelProtocols.Parallel, [], "f") with { Standing = "board" };
        var (charter, refusal) = await new Convocation(_tenant, host.Factory).Charter("pan_00000000000000000000000000", command, Noon);
        Assert.Null(refusal);
        Assert.Equal((await Panel.Brief(Question))!.Track.Values,
            charter!.Seats.Where(seat => seat.Id != PanelIds.Chair).Select(seat => seat.WeightParts[Convocation.Track]));
        return new PanelTable(PanelState.Empty, []).Input(new PanelInput.Convene(Noon, 1, "run_1", charter))
            .Says("s1", "It is so.", "Yes", 0.8).Says("s2", "It is otherwise.", "No", 0.8).Fails(PanelIds.Chair)
            .HasEndedOnce("completed").Outcome;
    }

    private async Task Found()
    {
        await Agents();
        Assert.Equal(StandingStatus.Done, (await Panel.Define(New("ada", "bob"))).Status);
    }

    private async Task Agents()
    {
        foreach (var agent in (string[])["ada", "bob"])
            await host.Grain<IAgentGrain>(_tenant, agent).Create(Agent(agent, ["medical devices"]), "ann", agent);
    }
}
