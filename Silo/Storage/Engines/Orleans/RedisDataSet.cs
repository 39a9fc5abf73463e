using Colloquy.Journals;
using StackExchange.Redis;

namespace Colloquy.Storage;

/// <summary>
/// The id that the data in Redis was given when it was created, kept in every shard. A server that lost its data has lost the
/// id with it, so that amnesia is told from a first start: an id is given only to a database without any of our keys.
/// </summary>
internal sealed class RedisDataSet(IConnectionMultiplexer redis, string prefix, Func<int, RedisKey> keyOf)
{
    public const string Kind = "dsid";

    private readonly IDatabase _commands = redis.GetDatabase();

    public async Task<string> FindOrCreate()
    {
        var ids = await ReadAll();
        if (FindWhole(ids) is { } known)
            return known;
        if (await HasData())
        {
            // Another silo may have finished the first start while this one looked.
            return FindWhole(await ReadAll()) ?? throw new StoreUnusableException(
                "Redis has data of ours, but its data-set id is missing or not the same everywhere: part of it was lost.");
        }
        return await Create();
    }

    // Whoever comes first gives the id, and the others take it; what a crash left unfinished, the next start finishes.
    private async Task<string> Create()
    {
        await _commands.StringSetAsync(keyOf(0), Guid.NewGuid().ToString("N"), when: When.NotExists);
        var id = await _commands.StringGetAsync(keyOf(0));
        await Task.WhenAll(Enumerable.Range(1, JournalShard.Count - 1)
            .Select(shard => _commands.StringSetAsync(keyOf(shard), id, when: When.NotExists)));
        return FindWhole(await ReadAll())
            ?? throw new StoreUnusableException("Redis holds parts of different data sets. Restore one of them.");
    }

    private static string? FindWhole(RedisValue[] ids) =>
        ids.Distinct().ToList() is [{ IsNull: false } only] ? (string?)only : null;

    private Task<RedisValue[]> ReadAll() =>
        Task.WhenAll(Enumerable.Range(0, JournalShard.Count).Select(shard => _commands.StringGetAsync(keyOf(shard))));

    private async Task<bool> HasData()
    {
        var ids = Enumerable.Range(0, JournalShard.Count).Select(keyOf).ToHashSet();
        foreach (var server in RedisDurability.Primaries(redis))
        {
            await foreach (var key in server.KeysAsync(_commands.Database, $"{prefix}:*", pageSize: 1000))
            {
                if (!ids.Contains(key))
                    return true;
            }
        }
        return false;
    }
}
