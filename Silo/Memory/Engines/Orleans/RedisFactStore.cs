using System.Security.Cryptography;
using Colloquy.Journals;
using Colloquy.Storage;
using StackExchange.Redis;

namespace Colloquy.Memory;

/// <summary>Facts in the Redis of a cluster: each scope is one hash, with its version and a field for each row.</summary>
internal sealed class RedisFactStore(RedisDatabase redis) : IFactStore
{
    private const string Version = "version";
    private const string Row = "r";

    private static readonly RedisScript _load = new("return redis.call('HGETALL', KEYS[2])", writes: false);

    // The expected version, the first one, the number of puts, pairs of field and row, and the fields that go.
    private static readonly RedisScript _change = new(
        """
        local expected, first, puts = ARGV[2], ARGV[3], tonumber(ARGV[4])
        if (redis.call('HGET', KEYS[2], 'version') or '0') ~= expected then return 0 end
        for n = 5 + 2 * puts, #ARGV do redis.call('HDEL', KEYS[2], ARGV[n]) end
        for n = 5, 4 + 2 * puts, 2 do redis.call('HSET', KEYS[2], ARGV[n], ARGV[n + 1]) end
        redis.call('HINCRBY', KEYS[2], 'version', expected == '0' and first or 1)
        return 1
        """, writes: true);

    private static readonly RedisScript _erase = new("return redis.call('UNLINK', KEYS[2])", writes: true);

    public async Task<FactRows> Load(string tenant, string scope, CancellationToken cancellation)
    {
        var found = (RedisValue[])(await Run(_load, tenant, scope, [], cancellation))!;
        var version = 0L;
        var rows = new List<FactRow>();
        foreach (var pair in found.Chunk(2))
        {
            var field = pair[0].ToString();
            if (field == Version)
                version = (long)pair[1];
            else
                rows.Add(FactRowBytes.Read(field[Row.Length..], (byte[])pair[1]!));
        }

        rows.Sort((one, other) => string.CompareOrdinal(one.Id, other.Id));
        return new FactRows(version, rows);
    }

    public async Task<bool> Change(FactChange change, CancellationToken cancellation)
    {
        var puts = change.Puts.SelectMany(row => (RedisValue[])[Row + row.Id, FactRowBytes.Write(row)]);
        var removes = change.Removes.Select(id => (RedisValue)(Row + id));
        return (long)await Run(_change, change.Tenant, change.Scope,
            [change.Expected, First(), change.Puts.Count, .. puts, .. removes], cancellation) == 1;
    }

    public Task Erase(string tenant, string scope, CancellationToken cancellation) =>
        Run(_erase, tenant, scope, [], cancellation);

    // Not the same after an erasure, so that nobody who loaded before it writes after it. Far from the end of a long, and a
    // billion changes away from the next start.
    private static long First() => 1 + ((long)RandomNumberGenerator.GetInt32(int.MaxValue) << 30);

    // Escaped, so that no name of a tenant reaches into the keys of another.
    private Task<RedisResult> Run(
        RedisScript script, string tenant, string scope, RedisValue[] values, CancellationToken cancellation)
    {
        var shard = JournalShard.Of($"{tenant}/{scope}");
        var key = redis.Key(shard, $"facts:{Uri.EscapeDataString(tenant)}:{Uri.EscapeDataString(scope)}");
        return redis.Run(script, shard, [key], values, cancellation);
    }
}
