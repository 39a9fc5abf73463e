namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class ReminderTests(TestCluster cluster)
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    readonly string _key = TestCluster.NewKey();

    IWaker Waker => cluster.Client.GetGrain<IWaker>(_key);
    Stage Stage => Stage.Of(_key);

    [Fact]
    public async Task A_reminder_wakes_a_grain_that_sleeps()
    {
        await Waker.Remind("up", Soon, Period);
        await Waker.Leave();
        await Stage.Until("deactivated");
        await Stage.Until("reminder up");
        Assert.Equal(1, Stage.Count("reminder up"));
        await Waker.Forget("up");
    }

    [Fact]
    public async Task A_reminder_is_known_until_it_is_removed_and_a_repeat_finds_nothing()
    {
        await Waker.Remind("a", Period, Period);
        await Waker.Remind("b", Period, Period);
        Assert.Equal(["a", "b"], await Waker.Reminders());
        Assert.True(await Waker.Forget("a"));
        Assert.False(await Waker.Forget("a"));
        Assert.Equal(["b"], await Waker.Reminders());
        await Waker.Forget("b");
    }

    [Fact]
    public async Task A_reminder_of_the_same_name_takes_the_place_of_the_first()
    {
        await Waker.Remind("up", TimeSpan.FromHours(1), Period);
        await Waker.Remind("up", Soon, Period);
        Assert.Equal(["up"], await Waker.Reminders());
        await Stage.Until("reminder up");
        await Waker.Forget("up");
    }

    [Fact]
    public async Task A_period_that_is_too_short_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Waker.Remind("x", TimeSpan.Zero, TimeSpan.FromSeconds(1)));
}
