using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;

namespace Colloquy.Conformance;

/// <summary>One process, in which messages overtake each other as they do between silos.</summary>
sealed class EngineCluster(Action<ISiloBuilder> configure)
{
    IHost? _host;

    public IClusterClient Client => _host!.Services.GetRequiredService<IClusterClient>();

    public async Task Start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            configure(silo);
            silo.ShuffleMessages();
        });
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task Stop()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }
}
