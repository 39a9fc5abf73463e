using System.Text.RegularExpressions;
using Colloquy.Journals;
using Colloquy.Storage;
using StackExchange.Redis;

namespace Colloquy.Tests;

/// <summary>A Redis that syncs every second: it must be asked to wait, which it can from 7.2.</summary>
public sealed class RedisSyncTests
{
    private static readonly string[] EverySecond = ["--appendonly", "yes", "--appendfsync", "everysec"];

    [RedisFact(From = "7.2")]
    public async Task An_append_returns_after_the_sync_and_survives_a_kill()
    {
        using var server = new RedisServer(EverySecond);
        using var database = server.Open();
        var journals = server.OpenJournals(database);
        var claim = await journals.Claim("waits/1", default);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Append(journals, n)));
        var before = await CountWaits(server);
        Assert.Equal(AppendStatus.Appended, (await Append(journals, claim)).Status);
        Assert.Equal(before + 1, await CountWaits(server));

        server.Kill();
        server.Restart();

        using var reopened = server.Open();
        Assert.Equal(1, (await server.OpenJournals(reopened).Claim("waits/1", default)).Head);
    }

    [RedisFact(Before = "7.2")]
    public async Task An_older_one_cannot_be_asked_and_is_refused()
    {
        using var server = new RedisServer(EverySecond);
        using var database = server.Open();

        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => database.StartAsync(default));

        Assert.Contains("set appendfsync always", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<int> CountWaits(RedisServer server)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");
        var statistics = await redis.GetServers()[0].InfoRawAsync("commandstats");
        return int.Parse(Regex.Match(statistics!, @"cmdstat_waitaof:calls=(\d+)").Groups[1].Value);
    }

    private static async Task<AppendOutcome> Append(RedisJournalStore journals, int other) =>
        await Append(journals, await journals.Claim($"waits/other/{other}", default), $"waits/other/{other}");

    private static Task<AppendOutcome> Append(RedisJournalStore journals, JournalClaim claim, string journal = "waits/1") =>
        journals.Append(new() { Journal = journal, Epoch = claim.Epoch, Head = 0, Lines = [new byte[10]] }, default);
}
