using Orleans.Configuration;
using Orleans.Runtime;

namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class LifeTests(TestCluster cluster)
{
    readonly string _key = TestCluster.NewKey();

    Stage Stage => Stage.Of(_key);

    [Fact]
    public async Task A_grain_lives_from_its_first_call_until_it_leaves()
    {
        var plain = cluster.Client.GetGrain<IPlain>(_key);
        Assert.Empty(Stage.Said);
        var first = await plain.Activation();
        Assert.Equal(first, await plain.Activation());
        await plain.Leave();
        await Stage.Until("deactivated: ApplicationRequested");
        Assert.NotEqual(first, await plain.Activation());
        Assert.Equal(["activated", "deactivated: ApplicationRequested", "activated"], Stage.Said);
    }

    [Fact]
    public async Task Leaving_waits_for_the_running_request_and_those_that_wait_go_to_the_next_activation()
    {
        var worker = cluster.Client.GetGrain<IWorker>(_key);
        var leaving = worker.Leave("leave");
        await Stage.Until("leave began");
        var waiting = worker.Work("work");
        Stage.Open("work");
        Stage.Open("leave");
        await Task.WhenAll(leaving, waiting);
        Assert.Equal(
            ["activated", "leave began", "leave ended", "deactivated: ApplicationRequested",
                "activated", "work began", "work ended"],
            Stage.Said);
    }

    [Fact]
    public async Task Callers_of_a_grain_that_fails_to_activate_get_its_exception_and_the_next_call_tries_again()
    {
        var broken = cluster.Client.GetGrain<IBroken>(_key);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(broken.Hello);
        Assert.Equal("Not today.", failure.Message);
        await broken.Hello();
    }

    [Fact]
    public async Task A_call_that_meets_one_leaving_activation_after_the_other_is_refused_in_the_end()
    {
        await Assert.ThrowsAnyAsync<OrleansException>(cluster.Client.GetGrain<IRestless>(_key).Hello);
        Assert.InRange(Stage.Count("activated"), 2, 4);
    }
}

/// <summary>A cluster in which nobody stays for long.</summary>
public class CollectionTests
{
    [Fact]
    public async Task Idle_activations_go_unless_they_asked_to_stay_or_are_kept_alive_by_a_timer()
    {
        var cluster = new EngineCluster(silo =>
        {
            silo.UseInMemoryReminderService();
            silo.AddMemoryGrainStorage("documents").AddMemoryGrainStorage("PubSubStore").AddMemoryStreams("activity");
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromSeconds(1);
                options.CollectionAge = TimeSpan.FromSeconds(2);
            });
        });
        await cluster.Start();
        try
        {
            var keys = Enumerable.Range(0, 4).Select(_ => TestCluster.NewKey()).ToArray();
            var grains = keys.Select(key => cluster.Client.GetGrain<IPlain>(key)).ToArray();
            var staying = await grains[0].Stay(TimeSpan.FromMinutes(10));
            var kept = await grains[1].Activation();
            await grains[1].Tick(TimeSpan.FromMilliseconds(300), keepAlive: true);
            await grains[2].Tick(TimeSpan.FromMilliseconds(300), keepAlive: false);
            await grains[3].Activation();

            await Stage.Of(keys[2]).Until("deactivated: ActivationIdle");
            await Stage.Of(keys[3]).Until("deactivated: ActivationIdle");
            Assert.Equal(staying, await grains[0].Activation());
            Assert.Equal(kept, await grains[1].Activation());

            await grains[0].Stay(TimeSpan.Zero); // takes the wish back
            await Stage.Of(keys[0]).Until("deactivated: ActivationIdle");
        }
        finally
        {
            await cluster.Stop();
        }
    }
}
