namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class ObserverTests(TestCluster cluster)
{
    readonly string _key = TestCluster.NewKey();

    IRoom Room => cluster.Client.GetGrain<IRoom>(_key);

    [Fact]
    public async Task A_client_hears_what_a_grain_tells_its_observers_in_order_until_it_leaves()
    {
        var watcher = new Watcher();
        var reference = cluster.Client.CreateObjectReference<IWatcher>(watcher);
        await Room.Watch(reference);
        Assert.Equal(1, await Room.Say("one"));
        Assert.Equal(1, await Room.Say("two"));
        Assert.Equal(["said one", "said two"], watcher.Stage.Said); // the grain waited for both
        await Room.Unwatch(reference);
        Assert.Equal(0, await Room.Say("three"));
        Assert.Equal(2, watcher.Stage.Said.Count);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task A_method_without_a_result_is_told_without_waiting()
    {
        var watcher = new Watcher();
        await Room.Watch(cluster.Client.CreateObjectReference<IWatcher>(watcher));
        await Room.Mention("it");
        await watcher.Stage.Until("mentioned it");
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task An_observer_is_called_once_at_a_time()
    {
        var watcher = new Watcher { Waits = true };
        var reference = cluster.Client.CreateObjectReference<IWatcher>(watcher);
        var first = Room.Tell(reference, "first");
        var second = cluster.Client.GetGrain<IRoom>(TestCluster.NewKey()).Tell(reference, "second");
        await Task.WhenAll(first, second); // neither has an answer yet
        Assert.Single(watcher.Stage.Said);
        watcher.Stage.Open("first");
        watcher.Stage.Open("second");
        await watcher.Stage.Until("said first");
        await watcher.Stage.Until("said second");
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task An_observers_failure_is_the_callers_and_drops_it_from_the_manager()
    {
        var watcher = new Watcher { Fails = true };
        var reference = cluster.Client.CreateObjectReference<IWatcher>(watcher);
        Assert.Equal("Said no.", await Room.Tell(reference, "x"));
        await Room.Watch(reference);
        Assert.Equal(0, await Room.Say("one"));
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task A_reference_that_was_deleted_gives_no_answer()
    {
        var watcher = new Watcher();
        var reference = cluster.Client.CreateObjectReference<IWatcher>(watcher);
        Assert.Equal("told", await Room.Tell(reference, "one"));
        cluster.Client.DeleteObjectReference<IWatcher>(reference);
        Assert.Equal("no answer", await Room.Tell(reference, "two"));
        Assert.Equal(["said one"], watcher.Stage.Said);
    }

    [Fact]
    public void Only_a_reference_can_be_deleted() =>
        Assert.Throws<ArgumentException>(() => cluster.Client.DeleteObjectReference<IWatcher>(new Watcher()));

    [Fact]
    public async Task A_grain_cannot_make_observers() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Room.WatchOther(TestCluster.NewKey()));

    [Fact]
    public async Task A_grain_can_be_an_observer()
    {
        var listener = cluster.Client.GetGrain<IRoom>(TestCluster.NewKey());
        Assert.Equal("told", await Room.Tell(listener, "hello"));
        Assert.Equal(["heard hello"], Stage.Of(listener.GetPrimaryKeyString()).Said);
    }

    sealed class Watcher : IWatcher
    {
        public Stage Stage { get; } = Stage.Of(TestCluster.NewKey());
        public bool Waits { get; init; }
        public bool Fails { get; init; }

        public async Task Said(string line)
        {
            if (Fails) throw new InvalidOperationException("Said no.");
            if (Waits)
            {
                Stage.Say("called");
                await Stage.Gate(line);
            }
            Stage.Say($"said {line}");
        }

        public void Mentioned(string line) => Stage.Say($"mentioned {line}");
    }
}
