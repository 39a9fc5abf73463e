using Colloquy.Budgets;
using Colloquy.Doubles;

namespace Colloquy.Tests.Budgets;

[Collection(SharedHost.Name)]
public sealed class BudgetGrainTests(GrainHost host)
{
    [Fact]
    public async Task Without_a_limit_nothing_is_written()
    {
        var budget = NewBudget();
        Assert.Equal(new Reservation(true, long.MaxValue), await budget.Reserve("a", 1_000_000));
        await budget.Settle("a", 900_000);
        Assert.Equal(new BudgetView(null, 0, 0), await budget.View());
        Assert.Equal(0, host.Documents.Writes(budget.GetGrainId()));
    }

    [Fact]
    public async Task A_budget_survives_its_activation()
    {
        var budget = NewBudget();
        await budget.Limit(100);
        await budget.Reserve("a", 60);
        await GrainHost.EndAfter(budget, one => one.Settle("a", 40));
        Assert.Equal(new Reservation(false, 60), await budget.Reserve("b", 61));
        Assert.Equal(new Reservation(true, 0), await budget.Reserve("c", 60));
        Assert.Equal(new BudgetView(100, 40, 60), await budget.View());
        Assert.Equal(2, host.Documents.Reads(budget.GetGrainId()));
    }

    [Fact]
    public async Task A_refusal_and_a_repeat_write_nothing()
    {
        var budget = NewBudget();
        await budget.Limit(100);
        await budget.Reserve("a", 60);
        var writes = host.Documents.Writes(budget.GetGrainId());
        await budget.Reserve("b", 50);
        await budget.Reserve("a", 60);
        await budget.Limit(100);
        Assert.Equal(writes, host.Documents.Writes(budget.GetGrainId()));
    }

    [Fact]
    public async Task A_failed_write_leaves_the_old_state_visible()
    {
        var budget = NewBudget();
        await budget.Limit(100);
        host.Documents.FailNextWrite(budget.GetGrainId());
        await Assert.ThrowsAnyAsync<Exception>(() => budget.Reserve("a", 60));
        Assert.Equal(new BudgetView(100, 0, 0), await budget.View());
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_found_by_the_next_activation_and_the_repeat_takes_nothing_twice()
    {
        var budget = NewBudget();
        await budget.Limit(100);
        host.Documents.FailNextWrite(budget.GetGrainId(), afterWriting: true);
        await Assert.ThrowsAnyAsync<Exception>(() => budget.Reserve("a", 60));
        Assert.Equal(new Reservation(true, 40), await budget.Reserve("a", 60));
    }

    [Fact]
    public async Task Who_looks_during_a_write_sees_what_was_before()
    {
        var budget = NewBudget();
        await budget.Limit(100);
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Documents.HoldWrites(budget.GetGrainId(), reached, release.Task);
        var reserving = budget.Reserve("a", 60);
        await reached.Task.Within("the write");
        Assert.Equal(new BudgetView(100, 0, 0), await budget.View());
        release.SetResult();
        await reserving;
        Assert.Equal(new BudgetView(100, 0, 60), await budget.View());
    }

    [Fact]
    public async Task Many_at_once_are_granted_no_more_than_there_is()
    {
        var budget = NewBudget();
        await budget.Limit(100);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => budget.Reserve($"{n}", 7)));
        Assert.Equal(14, answers.Count(answer => answer.IsGranted));
    }

    private IBudgetGrain NewBudget() => host.Grain<IBudgetGrain>(GrainHost.NewTenant(), "budget");
}
