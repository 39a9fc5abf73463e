using Orleans.TestingHost;

namespace Colloquy.Tests;

/// <summary>Two silos and a client of their own in this process, with real serialization between them.</summary>
internal sealed class EngineHost(Action<ISiloBuilder> configure)
{
    private InProcessTestCluster? _cluster;

    public IClusterClient Client => _cluster!.Client;

    public async Task Start()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) => configure(silo));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task Stop() => await _cluster!.DisposeAsync();
}
