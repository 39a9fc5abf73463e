using Colloquy.Journals;
using Colloquy.Sessions;
using Colloquy.Storage;

namespace Colloquy.Tests;

public sealed class RedisCrashTests
{
    private const int Writers = 8;

    [RedisFact]
    public async Task Every_acknowledged_append_is_there_after_Redis_was_killed()
    {
        using var server = new RedisServer();
        using var database = server.Open();
        var journals = server.OpenJournals(database);
        var enough = new TaskCompletionSource();
        var acknowledged = 0;

        var writers = Enumerable.Range(0, Writers).Select(n => Task.Run(() => AppendUntilItFails(journals, n, () =>
        {
            if (Interlocked.Increment(ref acknowledged) == 400)
                enough.SetResult();
        }))).ToList();
        await Task.WhenAny(enough.Task, Task.WhenAll(writers));
        server.Kill();
        var heads = await Task.WhenAll(writers);
        server.Restart();

        using var reopened = server.Open();
        var after = server.OpenJournals(reopened);
        for (var n = 0; n < Writers; n++)
        {
            var claim = await after.Claim($"crash/{n}", default);
            Assert.InRange(claim.Head, heads[n], heads[n] + 1); // one more may have been on its way
            Assert.Equal(Enumerable.Range(1, (int)claim.Head).Select(seq => (long)seq), claim.Tail.Select(line => line.Seq));
            Assert.NotNull(await after.FindOperation($"crash/{n}", $"key {claim.Head}", default));
        }
    }

    [RedisFact]
    public async Task A_Redis_that_came_back_empty_is_refused_by_every_call_until_a_restart()
    {
        using var server = new RedisServer();
        using var database = server.Open();
        var (journals, index) = (server.OpenJournals(database), new RedisSessionIndex(database));
        var claim = await journals.Claim("lost/1", default);
        server.Kill();
        server.ForgetEverything();
        server.Restart();

        await Reconnected(journals);

        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.Claim("lost/1", default));
        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.Append(Append("lost/1", claim.Epoch, 0), default));
        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.Read("lost/1", 0, 1, 1, default));
        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.FindOperation("lost/1", "key", default));
        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.Renew("lost/1", 1, DateTimeOffset.UnixEpoch, default));
        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.FindOverdue(0, 63, DateTimeOffset.MaxValue, 1, default));
        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.Erase("lost/1", default));
        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.Check(default));
        await Assert.ThrowsAsync<DataSetChangedException>(() => index.List("acme", null, null, 1, default));
    }

    [RedisFact]
    public async Task Another_data_set_in_its_place_is_refused_even_after_the_right_one_could_be_there_again()
    {
        using var server = new RedisServer();
        using var database = server.Open();
        var journals = server.OpenJournals(database);
        await journals.Check(default);
        server.Kill();
        server.ForgetEverything();
        server.Restart();
        using var other = server.Open();
        await server.OpenJournals(other).Check(default); // a first start, as far as this process can know

        await Reconnected(journals);

        await Assert.ThrowsAsync<DataSetChangedException>(() => journals.Check(default));
        Assert.NotEqual(await database.DataSet(default), await other.DataSet(default));
    }

    [RedisFact]
    public async Task A_Redis_that_lost_only_the_ids_is_not_taken_for_a_new_one()
    {
        using var server = new RedisServer();
        using var database = server.Open();
        await server.OpenJournals(database).Claim("kept/1", default);
        using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        foreach (var shard in Enumerable.Range(0, JournalShard.Count))
            await redis.GetDatabase().KeyDeleteAsync(database.Key(shard, "dsid"));

        using var later = server.Open();

        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => later.StartAsync(default));
        Assert.Contains("part of it was lost", refusal.Message, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task A_first_start_that_was_interrupted_is_finished_by_the_next()
    {
        using var server = new RedisServer();
        using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        using var database = server.Open();
        await redis.GetDatabase().StringSetAsync(database.Key(0, "dsid"), "half");

        Assert.Equal("half", await database.DataSet(default));
        await database.Check(default);
    }

    [RedisFact]
    public async Task Silos_that_start_at_the_same_time_agree_on_one_data_set()
    {
        using var server = new RedisServer();
        var silos = Enumerable.Range(0, 4).Select(_ => server.Open()).ToList();

        var ids = await Task.WhenAll(silos.Select(silo => silo.DataSet(default)));

        Assert.Single(ids.Distinct());
        silos.ForEach(silo => silo.Dispose());
    }

    [RedisFact]
    public async Task A_Redis_without_an_append_only_file_is_refused()
    {
        using var server = new RedisServer("--appendonly", "no");
        using var strict = server.Open();
        using var lenient = server.Open(requireAof: false);

        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => strict.StartAsync(default));

        Assert.Contains("appendonly yes", refusal.Message, StringComparison.Ordinal);
        await lenient.StartAsync(default);
    }

    // Until the connection is back, a command fails for that reason; each try waits for the connection by itself.
    private static async Task Reconnected(RedisJournalStore journals)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var failure = await Record.ExceptionAsync(() => journals.Claim("lost/probe", default));
            if (failure is DataSetChangedException)
                return;
            Assert.IsAssignableFrom<Exception>(failure);
        }
        Assert.Fail("The client did not connect again.");
    }

    private static async Task<long> AppendUntilItFails(RedisJournalStore journals, int writer, Action acknowledged)
    {
        var claim = await journals.Claim($"crash/{writer}", default);
        for (long head = 0; ; head++)
        {
            var append = Append($"crash/{writer}", claim.Epoch, head);
            if (await Record.ExceptionAsync(() => journals.Append(append, default)) is not null)
                return head;
            acknowledged();
        }
    }

    private static JournalAppend Append(string journal, long epoch, long head) => new()
    {
        Journal = journal,
        Epoch = epoch,
        Head = head,
        Lines = [new byte[300]],
        Operation = new($"key {head + 1}", "print", "answer", DateTimeOffset.UtcNow.AddDays(1)),
    };
}
