using Colloquy.Memory;
using Colloquy.Storage;
using StackExchange.Redis;

namespace Colloquy.Tests.Memory;

public sealed class RedisFactStoreTests : FactStoreContract
{
    private readonly string _prefix = RedisServer.NextPrefix();
    private RedisDatabase? _database;

    [RedisFact]
    public async Task Erasing_leaves_no_key_behind()
    {
        var store = new RedisFactStore(_database!);
        await store.Change(new FactChange("acme", "user:k1", 0, [new FactRow("f1", "{}"u8.ToArray(), null, default)], []), default);
        Assert.NotEmpty(await Keys());

        await store.Erase("acme", "user:k1", default);

        Assert.Empty(await Keys());
    }

    [RedisFact]
    public async Task Facts_survive_a_kill_and_are_refused_by_a_Redis_that_lost_them()
    {
        using var server = new RedisServer();
        using (var database = server.Open())
            Assert.True(await new RedisFactStore(database).Change(
                new FactChange("acme", "tenant", 0, [new FactRow("f1", "{}"u8.ToArray(), "hashed/1", new byte[4096])], []), default));
        server.Kill();
        server.Restart();
        using var again = server.Open();
        Assert.Equal("f1", Assert.Single((await new RedisFactStore(again).Load("acme", "tenant", default)).Rows).Id);

        using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");
        await redis.GetServers()[0].FlushAllDatabasesAsync();

        await Assert.ThrowsAsync<DataSetChangedException>(() => new RedisFactStore(again).Load("acme", "tenant", default));
    }

    protected override Task<IFactStore?> Open()
    {
        _database = RedisServer.Program is null ? null : RedisServer.Shared.Open(_prefix);
        return Task.FromResult<IFactStore?>(_database is null ? null : new RedisFactStore(_database));
    }

    protected override Task Close()
    {
        _database?.Dispose();
        return Task.CompletedTask;
    }

    private async Task<List<string>> Keys()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{RedisServer.Shared.Port}");
        return [.. redis.GetServers()[0].Keys(pattern: $"{_prefix}:*:facts:*").Select(key => key.ToString())];
    }
}
