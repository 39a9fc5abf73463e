using StackExchange.Redis;

namespace Colloquy.Storage;

/// <summary>How an acknowledged write gets to the disk of Redis.</summary>
internal enum RedisSync
{
    /// <summary>Redis answers after the sync.</summary>
    Always,

    /// <summary>Redis answers before the sync, but can be asked to wait for it.</summary>
    OnRequest,

    /// <summary>Acknowledged writes may be lost.</summary>
    None,
}

/// <summary>Reads from a server what it promises.</summary>
internal static class RedisDurability
{
    private static readonly Version CanWait = new(7, 2);

    /// <summary>The promise of the weakest primary, and why it is not better.</summary>
    public static async Task<(RedisSync Sync, string Reason)> Find(IConnectionMultiplexer redis)
    {
        var promises = await Task.WhenAll(Primaries(redis).Select(Find));
        return promises.OrderByDescending(promise => promise.Sync)
            .FirstOrDefault((RedisSync.None, "No primary is connected."));
    }

    public static IEnumerable<IServer> Primaries(IConnectionMultiplexer redis) =>
        redis.GetServers().Where(server => server.IsConnected && !server.IsReplica);

    /// <summary>Throws unless the last write to the append-only file succeeded on every primary.</summary>
    public static async Task CheckWrites(IConnectionMultiplexer redis)
    {
        foreach (var server in Primaries(redis))
        {
            var state = await ReadPersistence(server);
            if (state.GetValueOrDefault("aof_enabled") == "1" && state.GetValueOrDefault("aof_last_write_status") != "ok")
                throw new StoreUnusableException($"Redis at {server.EndPoint} failed to write its append-only file.");
        }
    }

    private static async Task<(RedisSync Sync, string Reason)> Find(IServer server)
    {
        var where = $"Redis {server.Version} at {server.EndPoint}";
        if ((await ReadPersistence(server)).GetValueOrDefault("aof_enabled") != "1")
            return (RedisSync.None, $"{where} has no append-only file: set appendonly yes.");
        var fsync = (await server.ConfigGetAsync("appendfsync")) is [var setting, ..] ? setting.Value : "unknown";
        return fsync switch
        {
            "always" => (RedisSync.Always, ""),
            "everysec" when server.Version >= CanWait && server.ServerType is not ServerType.Cluster => (RedisSync.OnRequest,
                $"{where} syncs every second, so that each acknowledged write waits up to a second: set appendfsync always."),
            _ => (RedisSync.None, $"{where} may lose what it acknowledged (appendfsync {fsync}): set appendfsync always."),
        };
    }

    private static async Task<Dictionary<string, string>> ReadPersistence(IServer server) =>
        (await server.InfoAsync("persistence")).SelectMany(group => group)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
