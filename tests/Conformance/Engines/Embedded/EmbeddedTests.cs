using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;
using Orleans.Serialization;

namespace Colloquy.Conformance;

/// <summary>What this engine has of its own, and where it is stricter than Orleans on purpose.</summary>
[Collection(Shared.Name)]
public class EmbeddedTests(TestCluster cluster)
{
    [Fact]
    public async Task A_member_without_an_id_is_refused_instead_of_lost() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(
            () => cluster.Client.GetGrain<IMirror>(TestCluster.NewKey()).Anything(new Forgetful { Kept = 1, Lost = 2 }));

    [Fact]
    public async Task What_cannot_change_is_shared_and_costs_nothing()
    {
        var leaf = new Leaf("l", [1, 2]);
        Assert.Same(leaf, await cluster.Client.GetGrain<IMirror>(TestCluster.NewKey()).Anything(leaf));
    }

    [Fact]
    public async Task Messages_overtake_each_other_when_shuffled()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var key = TestCluster.NewKey();
            var worker = cluster.Client.GetGrain<IWorker>(key);
            Stage.Of(key).Open("first");
            Stage.Of(key).Open("second");
            await Task.WhenAll(worker.Work("first"), worker.Work("second"));
            if (Stage.Of(key).Said[1] == "second began") return;
        }
        Assert.Fail("Fifty times in order.");
    }

    [Fact]
    public async Task Reminders_of_a_store_outlive_the_host()
    {
        var store = new MemoryReminderStore();
        var key = TestCluster.NewKey();
        using (var first = await Start(store))
        {
            await first.Services.GetRequiredService<IClusterClient>().GetGrain<IWaker>(key)
                .Remind("up", TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));
            await first.StopAsync();
        }
        var row = Assert.Single(await store.ReadAll(CancellationToken.None));
        Assert.Equal(("up", TimeSpan.FromMinutes(1)), (row.Name, row.Period));

        using var second = await Start(store);
        await Stage.Of(key).Until("reminder up");
        await second.Services.GetRequiredService<IClusterClient>().GetGrain<IWaker>(key).Forget("up");
        Assert.Empty(await store.ReadAll(CancellationToken.None));
        await second.StopAsync();
    }

    [Fact]
    public async Task A_host_whose_reminders_cannot_be_read_does_not_start() =>
        await Assert.ThrowsAsync<IOException>(() => Start(new UnreadableStore()));

    [Fact]
    public async Task A_host_stops_in_time_although_a_grain_hangs()
    {
        using var host = await Start(new MemoryReminderStore());
        var key = TestCluster.NewKey();
        var work = host.Services.GetRequiredService<IClusterClient>().GetGrain<IWorker>(key).Work("work");
        await Stage.Of(key).Until("work began");
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await host.StopAsync(soon.Token);
        Assert.DoesNotContain("work ended", Stage.Of(key).Said);
        Stage.Of(key).Open("work");
        await work;
    }

    [Fact]
    public async Task A_request_that_ends_while_the_host_stops_may_still_call_others_and_nothing_new_begins_after_that()
    {
        using var host = await Start(new MemoryReminderStore());
        var client = host.Services.GetRequiredService<IClusterClient>();
        var (key, other) = (TestCluster.NewKey(), TestCluster.NewKey());
        var work = client.GetGrain<IWorker>(key).WorkThenAsk("work", other);
        await Stage.Of(key).Until("work began");
        var stopping = host.StopAsync();
        Stage.Of(key).Open("work");
        await Stage.Of(other).Until("work began");
        Stage.Of(other).Open("work");
        Assert.Equal("work", await work);
        await stopping;
        Assert.Equal("deactivated: ShuttingDown", Stage.Of(other).Said[^1]);
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => client.GetGrain<IPlain>(key).Activation());
    }

    static async Task<IHost> Start(IReminderStore store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.AddMemoryGrainStorage("documents");
            silo.Services.AddSingleton(store);
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    sealed class UnreadableStore : IReminderStore
    {
        public Task<IReadOnlyList<ReminderRow>> ReadAll(CancellationToken cancellation) =>
            throw new IOException("The disk is gone.");

        public Task Upsert(ReminderRow row, CancellationToken cancellation) => Task.CompletedTask;
        public Task Remove(GrainId grain, string name, CancellationToken cancellation) => Task.CompletedTask;
    }
}

[GenerateSerializer, Alias("conformance.forgetful")]
public sealed class Forgetful
{
    [Id(0)] public int Kept { get; set; }
    public int Lost { get; set; }
}
