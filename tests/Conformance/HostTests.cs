using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Colloquy.Conformance;

/// <summary>A host of one silo, as the product starts it.</summary>
public class HostTests
{
    [Fact]
    public async Task A_web_application_is_a_silo_and_stops_only_when_its_grains_have()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseOrleans(Configure);
        await using var app = builder.Build();
        await Stops_when_its_grains_have(app);
    }

    [Fact]
    public async Task A_generic_host_is_a_silo_and_stops_only_when_its_grains_have()
    {
        using var host = Host.CreateDefaultBuilder()
            .ConfigureLogging(logging => logging.ClearProviders()).UseOrleans(Configure).Build();
        await Stops_when_its_grains_have(host);
    }

    static async Task Stops_when_its_grains_have(IHost host)
    {
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IClusterClient>();
        var (busy, idle) = (TestCluster.NewKey(), TestCluster.NewKey());
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IPlain>(idle).Activation();
        var work = client.GetGrain<IWorker>(busy).Work("work");
        await Stage.Of(busy).Until("work began");

        var stopping = host.StopAsync();
        await Stage.Of(idle).Until("deactivated: ShuttingDown");
        Assert.False(stopping.IsCompleted);
        Stage.Of(busy).Open("work");
        await stopping;
        Assert.Equal(["activated", "work began", "work ended", "deactivated: ShuttingDown"], Stage.Of(busy).Said);
        await Task.WhenAny(work); // whether its answer still came through is not promised
    }

    static void Configure(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(FreePort(), FreePort());
        silo.UseInMemoryReminderService();
        silo.AddMemoryGrainStorage("documents").AddMemoryGrainStorage("PubSubStore").AddMemoryStreams("activity");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
