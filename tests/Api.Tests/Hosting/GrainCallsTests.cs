using Colloquy.Hosting;
using Colloquy.Tenants;
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
}
