using System.Net;
using System.Net.Sockets;
using Colloquy.Knowledge;
using Colloquy.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Colloquy.Hosting;

/// <summary>One Orleans silo around a file, or many around a Redis.</summary>
public static class EngineHosting
{
    /// <summary>How often an API process looks for silos that came or went.</summary>
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ConnectionRetry = TimeSpan.FromSeconds(1);

    /// <summary>Makes the process a client of the cluster's silos. It waits for the first of them as long as it takes.</summary>
    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static TBuilder AddColloquyClient<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var cluster = builder.AddColloquySettings().Cluster!;
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => Name(options, cluster));
            client.UseRedisClustering(redis => redis.ConfigurationOptions = StoreOptions(cluster).ToConfiguration());
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRefresh);
            client.Configure<ClientMessagingOptions>(Limit);
            client.AddActivityPropagation();
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(ConnectionRetry, cancellation);
                return true;
            });
        });
        return builder;
    }

    internal static void AddEngine(this ISiloBuilder silo, ColloquySettings settings)
    {
        silo.Configure<SiloMessagingOptions>(Limit);
        silo.Configure<LoadSheddingOptions>(shedding => shedding.LoadSheddingEnabled = settings.ShedsLoad);
        silo.Configure<GrainCollectionOptions>(
            collection => collection.EnableActivationSheddingOnMemoryPressure = settings.ShedsLoad);
        if (settings.Cluster is { } cluster)
            AddCluster(silo, cluster);
        else
            AddOneProcess(silo, settings);
        silo.Services.AddSingleton<IDocumentReader, PdfReader>();
        if (settings.Tools.QdrantUrl is { } qdrant)
            silo.Services.AddQdrant(new QdrantOptions
            {
                Address = qdrant,
                ApiKey = settings.Tools.QdrantKey,
                Prefix = settings.Cluster?.RedisPrefix ?? KnownSettings.RedisPrefix.Default!,
            });
    }

    private static void AddCluster(ISiloBuilder silo, ClusterSettings cluster)
    {
        var store = StoreOptions(cluster);
        silo.Configure<ClusterOptions>(options => Name(options, cluster));
        silo.UseRedisClustering(redis => redis.ConfigurationOptions = store.ToConfiguration());
        silo.AddRedisStores(store);
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.SiloPort = cluster.SiloPort;
            endpoints.GatewayPort = cluster.GatewayPort;
            endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, cluster.SiloPort);
            endpoints.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, cluster.GatewayPort);
            if (cluster.AdvertisedIp is { } address)
                endpoints.AdvertisedIPAddress = address;
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = cluster.Probe;
            membership.NumMissedProbesLimit = cluster.ProbesMissed;
            membership.NumVotesForDeathDeclaration = cluster.DeathVotes;
        });
        silo.Services.AddHostedService<MembershipGuard>();
    }

    // Nobody connects to the silo of a single process, so it needs no gateway, and any free port does for itself.
    private static void AddOneProcess(ISiloBuilder silo, ColloquySettings settings)
    {
        silo.UseLocalhostClustering(FreePort(), gatewayPort: 0);
        silo.AddSqliteStores(new StorageOptions { DataDirectory = settings.DataDirectory });
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static void Name(ClusterOptions options, ClusterSettings cluster) =>
        (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId);

    private static void Limit(MessagingOptions messaging)
    {
        messaging.ResponseTimeout = SiloHosting.ResponseTimeout;
        messaging.CancelRequestOnTimeout = true;
    }

    private static RedisStoreOptions StoreOptions(ClusterSettings cluster) => new()
    {
        Address = cluster.RedisUrl,
        KeyPrefix = cluster.RedisPrefix,
        RequireAof = cluster.RequireAof,
    };
}
