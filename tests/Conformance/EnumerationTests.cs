using Orleans.Runtime;

namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class EnumerationTests(TestCluster cluster)
{
    readonly string _key = TestCluster.NewKey();

    ICounter Counter => cluster.Client.GetGrain<ICounter>(_key);
    Stage Stage => Stage.Of(_key);

    [Fact]
    public async Task Items_come_in_order_while_other_requests_run()
    {
        await Counter.Add(1);
        var heard = new List<int>();
        await foreach (var number in Counter.Follow(4))
        {
            heard.Add(number);
            if (number < 4)
                await Counter.Add(number + 1); // the open enumeration does not hold the grain, which is not reentrant
        }
        Assert.Equal([1, 2, 3, 4], heard);
        await Stage.Until("closed");
    }

    [Fact]
    public async Task More_items_than_fit_into_one_pull_come_all()
    {
        for (var number = 0; number < 250; number++)
            await Counter.Add(number);
        var heard = new List<int>();
        await foreach (var number in Counter.Follow(250))
            heard.Add(number);
        Assert.Equal(Enumerable.Range(0, 250), heard);
    }

    [Fact]
    public async Task Leaving_early_closes_the_enumeration_in_the_grain()
    {
        await Counter.Add(1);
        await foreach (var _ in Counter.Follow(5))
            break;
        await Stage.Until("closed");
    }

    [Fact]
    public async Task Cancelling_ends_a_pull_that_waits_and_closes_the_enumeration_in_the_grain()
    {
        using var cancellation = new CancellationTokenSource();
        await using var numbers = Counter.Follow(1, cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = numbers.MoveNextAsync();
        await Stage.Until("waiting");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await Stage.Until("closed");
    }

    [Fact]
    public async Task A_failure_comes_after_the_items_before_it()
    {
        var heard = new List<int>();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var number in Counter.FailAfter(3))
                heard.Add(number);
        });
        Assert.Equal("No more.", failure.Message);
        Assert.Equal([0, 1, 2], heard);
    }

    [Fact]
    public async Task An_enumeration_dies_with_its_activation()
    {
        await Counter.Add(1);
        await using var numbers = Counter.Follow(5).GetAsyncEnumerator();
        Assert.True(await numbers.MoveNextAsync());
        await Counter.Leave();
        await Stage.Until("deactivated");
        await Assert.ThrowsAsync<EnumerationAbortedException>(async () => await numbers.MoveNextAsync());
    }

    [Fact]
    public async Task Two_enumerations_of_one_grain_know_nothing_of_each_other()
    {
        await Counter.Add(1);
        await Counter.Add(2);
        await using var first = Counter.Follow(2).GetAsyncEnumerator();
        await using var second = Counter.Follow(2).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        Assert.True(await second.MoveNextAsync());
        Assert.True(await first.MoveNextAsync());
        Assert.Equal((2, 1), (first.Current, second.Current));
    }
}
