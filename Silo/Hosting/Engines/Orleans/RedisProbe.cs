using Colloquy.Storage;
using StackExchange.Redis;

namespace Colloquy.Hosting;

/// <summary>Whether the cluster's Redis answers, and keeps what it acknowledges.</summary>
internal static class RedisProbe
{
    private const string Name = "Redis";

    public static async Task<Finding> Look(ClusterSettings? cluster, CancellationToken cancellation)
    {
        if (cluster is null)
            return Finding.Absent(Name, $"one process needs none; {KnownSettings.RedisUrl.Name} makes it part of a cluster");
        try
        {
            return await Ask(cluster).WaitAsync(cancellation);
        }
        catch (Exception failure) when (
            failure is RedisException or RedisCommandException or TimeoutException or ArgumentException)
        {
            return Finding.Wrong(Name, $"cannot be reached: {new Redaction([cluster.RedisUrl]).Of(failure.Message)}");
        }
    }

    private static async Task<Finding> Ask(ClusterSettings cluster)
    {
        var configuration = new RedisStoreOptions { Address = cluster.RedisUrl }.ToConfiguration();
        configuration.ConnectTimeout = configuration.AsyncTimeout = (int)Doctor.Patience.TotalMilliseconds;
        configuration.ConnectRetry = 1;
        configuration.AllowAdmin = true; // INFO and CONFIG GET
        await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        var (sync, reason) = await RedisDurability.Find(redis);
        return sync switch
        {
            RedisSync.Always => Finding.Ok(Name, "acknowledges what is on its disk"),
            RedisSync.OnRequest => Finding.Ok(Name, reason),
            _ when cluster.RequireAof => Finding.Wrong(Name, reason),
            _ => Finding.Ok(Name, $"{reason} {KnownSettings.RedisRequireAof.Name} permits that"),
        };
    }
}
