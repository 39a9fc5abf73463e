using System.Diagnostics;

namespace Colloquy.Conformance;

/// <summary>What travels beside a call: values, filters, traces.</summary>
[Collection(Shared.Name)]
public sealed class ContextTests(TestCluster cluster) : IDisposable
{
    readonly string _key = TestCluster.NewKey();

    IDoor Door => cluster.Client.GetGrain<IDoor>(_key);

    public void Dispose() => RequestContext.Clear();

    [Fact]
    public async Task Values_go_down_the_chain_of_calls_and_never_come_back()
    {
        RequestContext.Set("tenant", "acme");
        Assert.StartsWith("acme, ", await Door.LookThrough(TestCluster.NewKey()));
        Assert.StartsWith("other, ", await Door.Change("other", TestCluster.NewKey()));
        Assert.Equal("acme", RequestContext.Get("tenant"));
        Assert.Null(RequestContext.Get("filter"));
        RequestContext.Clear();
        Assert.StartsWith("none, ", await Door.Look());
    }

    [Fact]
    public async Task The_call_that_activates_a_grain_gives_it_its_values()
    {
        RequestContext.Set("tenant", "acme");
        await Door.Look();
        Assert.Equal(["activated by acme"], Stage.Of(_key).Said);
    }

    [Fact]
    public void Values_can_be_listed_and_removed()
    {
        RequestContext.Set("a", 1);
        RequestContext.Set("b", 2);
        Assert.True(RequestContext.Remove("a"));
        Assert.False(RequestContext.Remove("a"));
        Assert.Equal(["b"], RequestContext.Keys);
    }

    [Fact]
    public async Task A_filter_sees_method_and_class_and_who_calls()
    {
        Assert.Equal("none, seen Look as DoorGrain, client", await Door.Look());
        Assert.Equal($"none, seen Look as DoorGrain, {_key}", await Door.LookThrough(TestCluster.NewKey()));
    }

    [Fact]
    public async Task A_filter_can_change_arguments_and_results()
    {
        Assert.Equal("replaced", await Door.Echo("replace"));
        Assert.Equal("swapped", await Door.Echo("swap"));
    }

    [Fact]
    public async Task A_grain_that_is_a_filter_stands_before_its_own_calls() =>
        Assert.Equal("changed by the grain's own filter", await Door.Echo("own filter"));

    [Fact]
    public async Task A_filter_that_throws_keeps_the_call_from_the_grain()
    {
        RequestContext.Set("tenant", "banned");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Door.Echo("x"));
    }

    [Fact]
    public async Task A_filter_stands_before_enumerations_too()
    {
        RequestContext.Set("tenant", "banned");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            async () => await Door.Items().GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task A_trace_goes_on_through_grains_if_anybody_listens()
    {
        using var source = new ActivitySource("conformance");
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name is "conformance" or "Microsoft.Orleans.Application",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("test")!;
        Assert.Equal($"{activity.TraceId} {activity.TraceId}", await Door.Trace(TestCluster.NewKey()));
    }
}
