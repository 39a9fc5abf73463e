using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Colloquy.Conformance;

/// <summary>Two silos and a client of their own in this process, with real serialization between them.</summary>
sealed class EngineCluster(Action<ISiloBuilder> configure)
{
    InProcessTestCluster? _cluster;

    public IClusterClient Client => _cluster!.Client;

    public async Task Start()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            configure(silo);
            silo.Configure<ReminderOptions>(options => options.RefreshReminderListPeriod = TimeSpan.FromSeconds(2));
        });
        builder.ConfigureClient(client => client.AddMemoryStreams("activity").AddActivityPropagation());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task Stop() => await _cluster!.DisposeAsync();
}
