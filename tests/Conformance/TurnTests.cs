using Orleans.Runtime;

namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class TurnTests(TestCluster cluster)
{
    readonly string _key = TestCluster.NewKey();

    IWorker Worker => cluster.Client.GetGrain<IWorker>(_key);
    Stage Stage => Stage.Of(_key);

    [Fact]
    public async Task A_request_waits_until_the_one_before_has_ended()
    {
        var first = Worker.Work("first");
        await Stage.Until("first began");
        var second = Worker.Work("second");
        Stage.Open("second");
        Stage.Open("peek");
        await Worker.Peek("peek"); // sent after the second, and yet it has not begun
        Assert.DoesNotContain("second began", Stage.Said);
        Stage.Open("first");
        await Task.WhenAll(first, second);
        Assert.Equal(
            ["first began", "peek began", "peek ended", "first ended", "second began", "second ended"], Stage.Said.Skip(1));
    }

    [Fact]
    public async Task Requests_never_overlap_in_whatever_order_they_come()
    {
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
            Stage.Open(name);
        await Task.WhenAll(Worker.Work("a"), Worker.Work("b"), Worker.Work("c"), Worker.Work("d"), Worker.Work("e"));
        var said = Stage.Said.Skip(1).ToList();
        Assert.Equal(10, said.Count);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(said[2 * i].Replace("began", "ended"), said[(2 * i) + 1]));
    }

    [Fact]
    public async Task An_interleaving_request_runs_while_another_waits()
    {
        var work = Worker.Work("work");
        await Stage.Until("work began");
        Stage.Open("peek");
        Assert.Equal("peek", await Worker.Peek("peek"));
        Assert.False(work.IsCompleted);
        Stage.Open("work");
        await work;
    }

    [Fact]
    public async Task An_ordinary_request_runs_beside_an_interleaving_one()
    {
        var peek = Worker.Peek("peek");
        await Stage.Until("peek began");
        Stage.Open("work");
        Assert.Equal("work", await Worker.Work("work"));
        Stage.Open("peek");
        await peek;
    }

    [Fact]
    public async Task Read_only_requests_run_beside_each_other_and_not_beside_a_writing_one()
    {
        var first = Worker.Read("first");
        await Stage.Until("first began");
        var second = Worker.Read("second");
        await Stage.Until("second began");
        var write = Worker.Work("write");
        Stage.Open("write");
        Stage.Open("peek");
        await Worker.Peek("peek");
        Assert.DoesNotContain("write began", Stage.Said);
        Stage.Open("first");
        Stage.Open("second");
        await Task.WhenAll(first, second, write);
    }

    [Fact]
    public async Task All_requests_of_a_reentrant_grain_run_beside_each_other()
    {
        var worker = cluster.Client.GetGrain<IReentrantWorker>(_key);
        var first = worker.Work("first");
        await Stage.Until("first began");
        Stage.Open("second");
        await worker.Work("second");
        Stage.Open("first");
        await first;
    }

    [Fact]
    public async Task A_one_way_call_ends_before_its_work_and_hides_its_failure()
    {
        await Worker.Forget("quietly");
        Assert.DoesNotContain("quietly ended", Stage.Said);
        Stage.Open("quietly");
        await Stage.Until("quietly ended");
    }

    [Fact]
    public async Task A_caller_gives_up_after_the_methods_response_timeout_and_the_work_goes_on()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Worker.Hurry("late"));
        Stage.Open("late");
        await Stage.Until("late ended");
    }

    [Fact]
    public async Task A_grain_that_calls_itself_waits_in_vain()
    {
        Stage.Open("self");
        Assert.Equal("timed out", await Worker.CallMyself());
    }

    [Fact]
    public async Task A_grain_with_too_many_requests_refuses_the_next_and_keeps_those_it_took()
    {
        var first = Worker.Work("first");
        await Stage.Until("first began");
        Stage.Open("more");
        var more = Task.WhenAll(Enumerable.Range(0, TestCluster.QueueLimit + 10).Select(_ => Send()));
        await Stage.Until("refused", 10); // now all have arrived
        Stage.Open("first");
        await first;
        await more;
        Assert.Equal((10, TestCluster.QueueLimit), (Stage.Count("refused"), Stage.Count("more ended")));

        async Task Send()
        {
            try { await Worker.Work("more"); }
            catch (LimitExceededException) { Stage.Say("refused"); }
        }
    }

    [Fact]
    public async Task Calls_to_different_grains_run_at_the_same_time()
    {
        var other = TestCluster.NewKey();
        var mine = Worker.Work("work");
        var theirs = cluster.Client.GetGrain<IWorker>(other).Work("work");
        await Stage.Until("work began");
        await Stage.Of(other).Until("work began");
        Stage.Open("work");
        Stage.Of(other).Open("work");
        await Task.WhenAll(mine, theirs);
    }
}
