using Colloquy.Streams;

namespace Colloquy.Tests.Streams;

public sealed class SignalTests
{
    [Fact]
    public async Task A_signal_before_the_wait_is_kept()
    {
        var signal = new Signal(TimeProvider.System);
        signal.Set();
        signal.Set();
        await signal.Wait(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_signal_ends_the_wait()
    {
        var signal = new Signal(TimeProvider.System);
        var waiting = signal.Wait(TimeSpan.FromHours(1));
        Assert.False(waiting.IsCompleted);
        signal.Set();
        await waiting;
    }

    [Fact]
    public async Task A_wait_ends_by_itself()
    {
        var signal = new Signal(TimeProvider.System);
        await signal.Wait(TimeSpan.FromMilliseconds(1));
        var waiting = signal.Wait(TimeSpan.FromHours(1));
        Assert.False(waiting.IsCompleted); // the wait before has left nothing behind
        signal.Set();
        await waiting;
    }
}
