using Orleans.Streams;

namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class StreamTests(TestCluster cluster)
{
    readonly string _key = TestCluster.NewKey();
    readonly string _stream = TestCluster.NewKey();

    IListener Listener => cluster.Client.GetGrain<IListener>(_key);
    Stage Stage => Stage.Of(_key);
    IAsyncStream<string> Stream =>
        cluster.Client.GetStreamProvider("activity").GetStream<string>(StreamId.Create("rooms", _stream));

    [Fact]
    public async Task A_grain_hears_in_order_what_comes_after_it_subscribed()
    {
        await Listener.Listen(_stream);
        await Stream.OnNextAsync("one");
        await Stream.OnNextAsync("two");
        await Stage.Until("two");
        Assert.Equal(["one", "two"], Stage.Said);
    }

    [Fact]
    public async Task A_client_hears_what_a_grain_publishes_until_it_unsubscribes()
    {
        var mine = Stage.Of(TestCluster.NewKey());
        var subscription = await Stream.SubscribeAsync((line, _) =>
        {
            mine.Say(line);
            return Task.CompletedTask;
        });
        await Listener.Publish(_stream, "one");
        await mine.Until("one");
        await subscription.UnsubscribeAsync();
        await Listener.Listen(_stream);
        await Listener.Publish(_stream, "two");
        await Stage.Until("two");
        Assert.Equal(["one"], mine.Said);
    }

    [Fact]
    public async Task Who_unsubscribed_hears_nothing_more()
    {
        var other = TestCluster.NewKey();
        await Listener.Listen(_stream);
        await cluster.Client.GetGrain<IListener>(other).Listen(_stream);
        await Stream.OnNextAsync("one");
        await Stage.Until("one");
        await Listener.Stop(_stream);
        await Stream.OnNextAsync("two");
        await Stage.Of(other).Until("two");
        Assert.Equal(["one"], Stage.Said);
    }

    [Fact]
    public async Task A_subscription_outlives_its_activation_and_is_resumed_by_the_next()
    {
        await Listener.Listen(_stream);
        await Stream.OnNextAsync("one");
        await Stage.Until("one");
        await Listener.Leave();
        await Stage.Until("deactivated");
        Assert.Equal(1, await Listener.Resume(_stream));
        await Stream.OnNextAsync("two");
        await Stage.Until("two");
    }
}
