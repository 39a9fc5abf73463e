using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Colloquy.Conformance;

/// <summary>The cluster that the tests share; which engine it runs on is the build's business.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    public const int QueueLimit = 40;

    readonly EngineCluster _cluster = new(ConfigureSilo);

    public IClusterClient Client => _cluster.Client;

    public Task InitializeAsync() => _cluster.Start();
    public Task DisposeAsync() => _cluster.Stop();

    /// <summary>A key that no other test uses.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    static void ConfigureSilo(ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService();
        silo.AddMemoryGrainStorage("documents");
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.AddMemoryStreams("activity");
        silo.Services.AddKeyedSingleton<Orleans.Storage.IGrainStorage>("broken", (_, _) => new BrokenStorage());
        silo.Services.AddSingleton(TimeProvider.System);
        silo.AddIncomingGrainCallFilter<DoorFilter>();
        silo.AddActivityPropagation();
        silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = QueueLimit);
    }
}

/// <summary>Tests of the shared cluster.</summary>
[CollectionDefinition(Name)]
public sealed class Shared : ICollectionFixture<TestCluster>
{
    public const string Name = "shared cluster";
}
