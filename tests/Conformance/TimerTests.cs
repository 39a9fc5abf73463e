namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class TimerTests(TestCluster cluster)
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    readonly string _key = TestCluster.NewKey();

    IWaker Waker => cluster.Client.GetGrain<IWaker>(_key);
    Stage Stage => Stage.Of(_key);

    [Fact]
    public async Task A_timer_ticks_again_and_again_until_it_is_disposed()
    {
        await Waker.Tick(Soon, Soon, interleave: false);
        await Stage.Until("tick", 3);
        await Waker.StopTimers();
        var ticks = Stage.Count("tick");
        await Waker.TickSlowly();
        await Stage.Until("slow tick", 4); // about a hundred milliseconds
        Assert.Equal(ticks, Stage.Count("tick"));
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_request()
    {
        var work = Waker.Work("work");
        await Stage.Until("work began");
        Stage.Open("work");
        await work;
        await Waker.Tick(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan, interleave: false);
        var more = Waker.Work("more");
        await Stage.Until("more began");
        var before = Stage.Count("tick"); // 1 if the tick came before the request
        await AnotherGrainTicks();
        Assert.Equal(before, Stage.Count("tick"));
        Stage.Open("more");
        await more;
        await Stage.Until("tick");
    }

    [Fact]
    public async Task An_interleaving_tick_runs_beside_a_request()
    {
        var work = Waker.Work("work");
        await Stage.Until("work began");
        Stage.Open("work");
        await work;
        await Waker.Tick(Soon, Soon, interleave: true);
        var more = Waker.Work("more");
        await Stage.Until("more began");
        await Stage.Until("tick", Stage.Count("tick") + 2);
        Stage.Open("more");
        await more;
    }

    [Fact]
    public async Task Ticks_of_one_timer_never_overlap()
    {
        await Waker.TickSlowly();
        await Stage.Until("slow tick", 5);
        await Waker.StopTimers();
        Assert.Equal(0, Stage.Count("overlap"));
    }

    [Fact]
    public async Task A_change_from_within_a_tick_decides_when_the_next_one_comes()
    {
        await Waker.TickThenChange();
        await Stage.Until("changing tick", 3); // an hour apart without it
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_end_the_timer()
    {
        await Waker.TickFailing();
        await Stage.Until("failing tick", 3);
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation_and_does_not_bring_it_back()
    {
        await Waker.Tick(Soon, Soon, interleave: false);
        await Stage.Until("tick");
        var leaving = Waker.Leave("leave");
        await Stage.Until("leave began");
        var ticks = Stage.Count("tick");
        await AnotherGrainTicks(); // so by now one of this grain is waiting
        Stage.Open("leave");
        await leaving;
        await Stage.Until("deactivated");
        await AnotherGrainTicks();
        Assert.Equal((ticks, 1, 1), (Stage.Count("tick"), Stage.Count("activated"), Stage.Count("deactivated")));
    }

    [Fact]
    public async Task A_tick_is_nobodys_request()
    {
        RequestContext.Set("tenant", "acme");
        await Waker.Tick(Soon, Timeout.InfiniteTimeSpan, interleave: false);
        RequestContext.Clear();
        await Stage.Until("tenant of tick: none");
    }

    /// <summary>Lets some time pass, on the clock of the timers.</summary>
    async Task AnotherGrainTicks()
    {
        var other = TestCluster.NewKey();
        await cluster.Client.GetGrain<IWaker>(other).Tick(Soon, Soon, interleave: false);
        await Stage.Of(other).Until("tick", 5);
        await cluster.Client.GetGrain<IWaker>(other).StopTimers();
    }
}
