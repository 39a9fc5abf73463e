using Microsoft.Extensions.Hosting;

namespace Colloquy.Deployment;

/// <summary>
/// Opens the store before anything else starts, so that a directory which another process owns, or a Redis that promises too
/// little, ends this process with one plain sentence.
/// </summary>
internal sealed class StoreOpening(IServiceProvider services, ColloquySettings settings) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (settings.Cluster is null)
            DataDirectory.Prepare(settings.DataDirectory);
        await EngineHosting.CheckStore(services, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
