using Colloquy.Budgets;
using Colloquy.Runs;
using Colloquy.Tenants;
using Colloquy.Tests;
using Xunit;

namespace Colloquy.Panels.Seats;

public sealed class SeatGrainTests(PanelHost host) : IClassFixture<PanelHost>
{
    private static readonly string _yes = Scripts.Answer(
        "It is so, since water boils.", """{"stance":"Yes","confidence":0.9,"notes":"Ice?"}""");
    private static readonly string _no = Scripts.Answer("It is not so.", """{"stance":"No","confidence":0.6}""");

    private async Task<(string Tenant, ConvenedPanel Panel)> Three(string tenant, ScriptedModel.Script third)
    {
        await host.Expert(tenant, "a", Scripts.Says(_yes));
        await host.Expert(tenant, "b", Scripts.Says(_yes));
        await host.Expert(tenant, "c", third);
        return (tenant, host.Panel(tenant));
    }

    private static ConvenePanel Command(TimeSpan? seatTime = null) =>
        ConvenePanel.Of("key", "Is it so?", PanelProtocols.Parallel, ["a", "b", "c"], "print") with
        {
            SeatTime = seatTime ?? PanelLimits.SeatTime,
        };

    [Fact]
    public async Task Seats_take_positions_and_the_panel_ends_once()
    {
        var (_, panel) = await Three(GrainHost.NewTenant(), Scripts.Says(_no));
        Assert.Equal(PanelStatus.Accepted, (await panel.Convene(Command())).Status);
        var ended = await panel.End();
        Assert.Equal("completed", ended.Status);
        Assert.Equal(["Yes", "Yes", "No"], ended.Positions.OrderBy(one => one.Seat, StringComparer.Ordinal).Select(one => one.Stance));
        Assert.Equal("It is so, since water boils.", ended.Positions.Single(one => one.Seat == "s1").Answer);
        Assert.Equal(0.9, ended.Positions.Single(one => one.Seat == "s1").Confidence);
        var events = await panel.Events();
        Assert.Single(events, ConvenedPanel.IsTerminal);
        Assert.True(ConvenedPanel.IsTerminal(events[^1]));
        var notes = Assert.Single((await panel.Seat("s1").View())!.Notes);
        Assert.Equal("Ice?", notes.Text);
        Assert.Equal(new Usage(70, 30), ended.Outcome!.Cost.Seats.Single(seat => seat.Seat == "s3").Usage);
    }

    [Fact]
    public async Task What_is_shown_live_is_what_was_said_without_its_figures()
    {
        var (_, panel) = await Three(GrainHost.NewTenant(), Scripts.Says(_no));
        await panel.Convene(Command());
        var words = await panel.Watch();
        await panel.End();
        Assert.All(words.Values, text => Assert.DoesNotContain("```", text, StringComparison.Ordinal));
        Assert.All(words.Values, text => Assert.DoesNotContain("stance", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_never_answers_is_absent_at_the_deadline_and_its_call_is_ended()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (_, panel) = await Three(GrainHost.NewTenant(), Scripts.Hangs("Well", cancelled));
        await panel.Convene(Command(PanelLimits.SeatTimeMin));
        var ended = await panel.End();
        Assert.Equal("completed", ended.Status);
        Assert.Equal(new Absence("s3", 1, AbsenceReasons.Deadline), Assert.Single(ended.Outcome!.Absent));
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Who_fails_is_absent_with_the_reason()
    {
        var (_, panel) = await Three(GrainHost.NewTenant(), Scripts.Fails("model_unreachable"));
        await panel.Convene(Command());
        Assert.Equal("completed", (await panel.End()).Status);
        var absent = Assert.Single((await panel.Events()).OfType<SeatAbsent>());
        Assert.Equal(("s3", AbsenceReasons.Failed, "model_unreachable"), (absent.Seat, absent.Reason, absent.Error!.Code));
    }

    [Fact]
    public async Task A_question_asked_again_is_answered_in_the_same_words_without_a_further_call()
    {
        var (tenant, panel) = await Three(GrainHost.NewTenant(), Scripts.Says(_no));
        await panel.Convene(Command());
        await panel.End();
        var before = await panel.Events();
        await panel.Worker("s3").Ask(panel.Brief("s3", "c"));
        await GrainHost.EndAfter(panel.Worker("s3"), worker => worker.Ask(panel.Brief("s3", "c")));
        await panel.Worker("s3").Ask(panel.Brief("s3", "c"));
        Assert.Single(host.Model.Calls($"{tenant}/c"));
        Assert.Equal(before.Length, (await panel.Events()).Length);
    }

    [Fact]
    public async Task A_seat_that_says_everything_twice_is_heard_once()
    {
        var (_, panel) = await Three(GrainHost.NewTenant(), Scripts.Hangs("Well"));
        await panel.Convene(Command());
        await panel.Until(view => view.Round?.Answered.Length == 2);
        var said = new Contribution("It is not so.") { Stance = "No" };
        await panel.Receiver.Said(1, "s3", said, new(1, 1), "model");
        await panel.Receiver.Said(1, "s3", said with { Text = "Or it is." }, new(1, 1), "model");
        var ended = await panel.End();
        Assert.Equal("It is not so.", ended.Positions.Single(one => one.Seat == "s3").Answer);
        Assert.Single((await panel.Events()).OfType<PositionTaken>(), one => one.Seat == "s3");
    }

    [Fact]
    public async Task A_seat_that_nobody_waits_for_stops_and_pays_for_what_it_has()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (tenant, panel) = await Three(GrainHost.NewTenant(), Scripts.Hangs("Well, it depends", cancelled));
        var budget = host.Grain<IBudgetGrain>(tenant, "budget");
        await budget.Limit(100_000);
        await panel.Convene(Command());
        await panel.Until(view => view.Round?.Answered.Length == 2);
        Assert.True((await budget.View()).Reserved > 0);
        Assert.Equal("cancelled", (await panel.Grain.Cancel())!.Status);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await panel.Worker("s3").Stop(); // a turn of the seat: what its writing had to do there is done
        await Settled(budget);
        Assert.True((await budget.View()).Spent > 200, "two answers of 100 tokens each, and what the third one read");
    }

    [Fact]
    public async Task A_budget_that_is_used_up_makes_seats_absent()
    {
        var (tenant, panel) = await Three(GrainHost.NewTenant(), Scripts.Says(_no));
        await host.Grain<IBudgetGrain>(tenant, "budget").Limit(10);
        await panel.Convene(Command());
        var ended = await panel.End();
        Assert.Equal("budget_exhausted", ended.Status);
        Assert.All(ended.Outcome!.Absent, absence => Assert.Equal(AbsenceReasons.Budget, absence.Reason));
        Assert.Empty(host.Model.Calls($"{tenant}/a"));
    }

    [Fact]
    public async Task A_deleted_panel_leaves_nothing()
    {
        var (tenant, panel) = await Three(GrainHost.NewTenant(), Scripts.Says(_no));
        await panel.Convene(Command());
        await panel.End();
        Assert.NotNull(host.Documents.Body(panel.Seat("s1").GetGrainId()));
        Assert.True(await panel.Grain.Delete());
        Assert.Null(await panel.Grain.View());
        Assert.Null(await panel.Seat("s1").View());
        Assert.Null(host.Documents.Body(panel.Seat("s1").GetGrainId()));
        Assert.Empty((await host.Grain<IPanelListGrain>(tenant, "panels").List(null, 10)).Items);
        Assert.False(await panel.Grain.Delete());
    }

    private static async Task Settled(IBudgetGrain budget)
    {
        for (var tries = 0; (await budget.View()).Reserved > 0; tries++)
        {
            Assert.True(tries < 10_000, "nothing settles what was set aside");
            await Task.Yield();
        }
    }
}
