using Colloquy.Embeddings;
using Colloquy.Knowledge.Readers;
using Colloquy.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Colloquy.Hosting;

/// <summary>Turns a host into a process of this deployment.</summary>
public static class SiloHosting
{
    /// <summary>How long a caller waits for a grain: calls are short by design, and a dead silo hangs its callers this
    /// long.</summary>
    internal static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Requests that may wait for one grain; without a bound a hot session is an out-of-memory.</summary>
    internal const int RequestsPerGrainMax = 1000;

    /// <summary>A grain that nobody called for so long leaves memory; coming back costs a snapshot and a tail.</summary>
    internal static readonly TimeSpan CollectionAge = TimeSpan.FromMinutes(5);

    /// <summary>A silo, or a client of the cluster's silos for the role api, as the settings say.</summary>
    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static TBuilder AddColloquy<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder =>
        builder.AddColloquySettings().Role is ProcessRole.Api ? builder.AddColloquyClient() : builder.AddColloquySilo();

    /// <summary>
    /// Runs the grains in this process, with storage, models, knowledge, logs and health checks (tagged <c>ready</c>).
    /// Nothing is opened before the host starts.
    /// </summary>
    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static TBuilder AddColloquySilo<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var settings = builder.AddColloquySettings();
        builder.Services.AddColloquyModels(settings.OpenAi);
        builder.Services.AddColloquyEmbeddings(settings.Embeddings);
        builder.Services.AddDocumentReaders();
        builder.Services.AddHostedService<StoreOpening>();
        builder.Services.AddHealthChecks()
            .AddCheck<StoreHealth>("store", HealthStatus.Unhealthy, [HealthHosting.Ready], StoreHealth.Patience);
        builder.UseOrleans(silo =>
        {
            silo.Configure<SiloMessagingOptions>(messaging =>
            {
                messaging.ResponseTimeout = ResponseTimeout;
                messaging.MaxEnqueuedRequestsHardLimit = RequestsPerGrainMax;
            });
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = CollectionAge);
            silo.AddActivityPropagation();
            silo.AddEngine(settings);
            silo.AddColloquyGrains();
        });
        builder.Services.AddHostedService<SweeperStart>();
        return builder;
    }

    /// <summary>Reads settings and sets up logs, once per host; later calls return the same settings.</summary>
    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static ColloquySettings AddColloquySettings(this IHostApplicationBuilder builder)
    {
        if (builder.Services.FirstOrDefault(service => service.ServiceType == typeof(ColloquySettings)) is { } present)
            return (ColloquySettings)present.ImplementationInstance!;
        var settings = ColloquySettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Drain);
        builder.Logging.AddColloquyLogs(settings);
        if (builder is WebApplicationBuilder web)
            web.WebHost.UseUrls(settings.Role is ProcessRole.Silo ? $"http://*:{settings.HealthPort}" : settings.Urls);
        return settings;
    }
}
