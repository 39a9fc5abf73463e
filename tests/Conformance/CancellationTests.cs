namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class CancellationTests(TestCluster cluster)
{
    readonly string _key = TestCluster.NewKey();

    IWorker Worker => cluster.Client.GetGrain<IWorker>(_key);
    Stage Stage => Stage.Of(_key);

    [Fact]
    public async Task Cancelling_frees_the_caller_and_reaches_the_grain()
    {
        using var cancellation = new CancellationTokenSource();
        var work = Worker.Cancellable("work", cancellation.Token);
        await Stage.Until("work began");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        await Stage.Until("work was cancelled");
    }

    [Fact]
    public async Task A_request_that_is_cancelled_while_it_waits_never_begins()
    {
        var first = Worker.Work("first");
        await Stage.Until("first began");
        using var cancellation = new CancellationTokenSource();
        var second = Worker.Cancellable("second", cancellation.Token);
        await Worker_has_taken_the_second_in();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await Worker_has_taken_the_second_in();
        Stage.Open("first");
        await first;
        Stage.Open("last");
        await Worker.Work("last");
        Assert.DoesNotContain("second began", Stage.Said);

        // Messages have no order between each other; some round trips make it as good as certain that the earlier one is there.
        async Task Worker_has_taken_the_second_in()
        {
            Stage.Open("peek");
            for (var i = 0; i < 20; i++)
                await Worker.Peek("peek");
        }
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Worker.Cancellable("work", new CancellationToken(canceled: true)));
        Stage.Open("peek");
        await Worker.Peek("peek");
        Assert.DoesNotContain("work began", Stage.Said);
    }

    [Fact]
    public async Task A_grain_hands_its_token_on_to_the_grain_that_it_calls()
    {
        var other = TestCluster.NewKey();
        using var cancellation = new CancellationTokenSource();
        var asking = Worker.Ask(other, "work", cancellation.Token);
        await Stage.Of(other).Until("work began");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Stage.Of(other).Until("work was cancelled");
    }
}
