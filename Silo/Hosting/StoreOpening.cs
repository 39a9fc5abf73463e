using Colloquy.Journals;
using Colloquy.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Colloquy.Hosting;

/// <summary>
/// Opens the store before anything else starts, so that a directory which another process owns, or a Redis that promises too
/// little, ends this process with one plain sentence.
/// </summary>
internal sealed class StoreOpening : IHostedLifecycleService
{
    private readonly IServiceProvider _services;

    public StoreOpening(IServiceProvider services, ColloquySettings settings)
    {
        _services = services;
        // Here, because the first hosted service that is made comes before any that opens the file while it is made.
        if (settings.Cluster is null)
            DataDirectory.Prepare(settings.DataDirectory);
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _services.GetRequiredService<IJournalStore>().Check(cancellationToken);
        }
        catch (Exception failure) when (failure is not (StoreUnusableException or OperationCanceledException))
        {
            // Whatever its driver throws.
            throw new StoreUnusableException($"The store does not answer: {failure.Message}", failure);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
