using Colloquy.Hosting;

namespace Colloquy.Tests.Hosting;

public sealed class MembershipWatchTests
{
    private readonly MembershipWatch _watch = new();

    [Fact]
    public void A_row_that_is_not_there_yet_is_waited_for() => Assert.Equal([false, false, false], Look(false, false, false));

    [Fact]
    public void A_row_that_was_missed_once_may_come_back() =>
        Assert.Equal([false, false, false, false], Look(true, false, true, false));

    [Fact]
    public void A_row_that_is_missing_twice_is_gone() => Assert.Equal([false, false, true], Look(true, false, false));

    private IEnumerable<bool> Look(params bool[] seen) => [.. seen.Select(_watch.IsLost)];
}
