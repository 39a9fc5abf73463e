using Colloquy.Hosting;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace Colloquy.Tests.Hosting;

public sealed class GrainCallsTests
{
    [Fact]
    public void Faults_of_the_cluster_may_pass()
    {
        Assert.True(GrainCalls.MayPass(new TimeoutException()));
        Assert.True(GrainCalls.MayPass(new OrleansException("lost")));
        Assert.True(GrainCalls.MayPass(new IOException()));
        Assert.True(GrainCalls.MayPass(new ObjectDisposedException("silo")));
    }

    [Fact]
    public void Mistakes_do_not_pass_by_asking_again()
    {
        Assert.False(GrainCalls.MayPass(new ArgumentException("wrong")));
        Assert.False(GrainCalls.MayPass(new FormatException()));
        Assert.False(GrainCalls.MayPass(new ForeignTenantException("other")));
        Assert.False(GrainCalls.MayPass(new OperationCanceledException()));
    }

    [Fact]
    public async Task A_fault_that_passes_is_not_seen()
    {
        var tries = 0;
        Assert.Equal(3, await Calls().Repeat(() => ++tries < 3
            ? Task.FromException<int>(new TimeoutException()) : Task.FromResult(tries), CancellationToken.None));
    }

    [Fact]
    public async Task A_mistake_is_seen_at_once()
    {
        var tries = 0;
        await Assert.ThrowsAsync<ArgumentException>(() => Calls().Repeat(() =>
        {
            tries++;
            return Task.FromException<int>(new ArgumentException("wrong"));
        }, CancellationToken.None));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_not_waited_for() => await Assert.ThrowsAsync<TimeoutException>(
        () => new TaskCompletionSource<int>().Task.Within(TimeSpan.FromMilliseconds(1), TimeProvider.System));

    private static GrainCalls Calls() => new(null!, TimeProvider.System, NullLogger<GrainCalls>.Instance);
}
