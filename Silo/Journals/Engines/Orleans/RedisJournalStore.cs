using System.Globalization;
using System.Text.Json;
using Colloquy.Storage;
using StackExchange.Redis;

namespace Colloquy.Journals;

/// <summary>Journals in the Redis of a cluster. Each call is one script, so one round trip and all or nothing.</summary>
internal sealed class RedisJournalStore(RedisDatabase redis, TimeProvider time) : IJournalStore
{
    public async Task<JournalClaim> Claim(string journal, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        var answer = (RedisResult[])(await Run(JournalScripts.Claim, journal, [], cancellation))!;
        JournalSnapshot? snapshot = answer[2].IsNull ? null : new((long)answer[2], (byte[])answer[3]!);
        return new JournalClaim((long)answer[0], (long)answer[1], snapshot, ToLines(snapshot?.Seq ?? 0, answer[4]));
    }

    public async Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation)
    {
        JournalLimits.Check(append);
        var answer = (RedisResult[])(await Run(JournalScripts.Append, append.Journal, ToArguments(append), cancellation))!;
        var head = (long)answer[1];
        return (string?)answer[0] switch
        {
            "appended" => new AppendOutcome(AppendStatus.Appended, head),
            "repeated" => new AppendOutcome(AppendStatus.Repeated, head, ToOperation(append.Operation!.Key, answer[2])),
            "fenced" => new AppendOutcome(AppendStatus.Fenced, head),
            "conflict" => new AppendOutcome(AppendStatus.Conflict, head),
            var other => throw new InvalidOperationException($"The append script answered '{other}'."),
        };
    }

    public async Task<IReadOnlyList<JournalLine>> Read(
        string journal, long after, int limit, int maxBytes, CancellationToken cancellation)
    {
        JournalLimits.CheckRead(journal, after, limit, maxBytes);
        var shard = JournalShard.Of(journal);
        return ToLines(after, await redis.Run(
            JournalScripts.Read, shard, [Key(shard, "lines", journal)], [after, limit, maxBytes], cancellation));
    }

    public async Task<Operation?> FindOperation(string journal, string key, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        JournalLimits.CheckKey(key);
        var shard = JournalShard.Of(journal);
        var found = await redis.Run(JournalScripts.FindOperation, shard,
            [Key(shard, "operations", journal), Key(shard, "expiry", journal)], [key, ToMilliseconds(time.GetUtcNow())],
            cancellation);
        return found.IsNull ? null : ToOperation(key, found);
    }

    public async Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        var shard = JournalShard.Of(journal);
        return (bool)await redis.Run(JournalScripts.Renew, shard, [Key(shard, "journal", journal), redis.Key(shard, "open")],
            [journal, epoch, ToMilliseconds(deadline)], cancellation);
    }

    public async Task<IReadOnlyList<string>> FindOverdue(
        int firstShard, int lastShard, DateTimeOffset at, int limit, CancellationToken cancellation)
    {
        JournalLimits.CheckSweep(firstShard, lastShard, limit);
        var shards = await Task.WhenAll(Enumerable.Range(firstShard, lastShard - firstShard + 1).Select(shard =>
            redis.Run(JournalScripts.FindOverdue, shard, [redis.Key(shard, "open")], [ToMilliseconds(at), limit], cancellation)));
        return shards
            .SelectMany(found => ((string[])found!).Chunk(2))
            .Select(pair => (Journal: pair[0], Deadline: double.Parse(pair[1], CultureInfo.InvariantCulture)))
            .OrderBy(entry => entry.Deadline).ThenBy(entry => entry.Journal, StringComparer.Ordinal)
            .Take(limit)
            .Select(entry => entry.Journal)
            .ToList();
    }

    public Task Erase(string journal, CancellationToken cancellation)
    {
        JournalLimits.CheckName(journal);
        return Run(JournalScripts.Erase, journal, [journal], cancellation);
    }

    public Task Check(CancellationToken cancellation) => redis.Check(cancellation);

    private Task<RedisResult> Run(RedisScript script, string journal, RedisValue[] values, CancellationToken cancellation)
    {
        var shard = JournalShard.Of(journal);
        return redis.Run(script, shard,
            [
                Key(shard, "journal", journal), Key(shard, "lines", journal), Key(shard, "snapshot", journal),
                Key(shard, "operations", journal), Key(shard, "expiry", journal), redis.Key(shard, "open"),
            ],
            values, cancellation);
    }

    private RedisKey Key(int shard, string kind, string journal) => redis.Key(shard, $"{kind}:{journal}");

    private RedisValue[] ToArguments(JournalAppend append) =>
    [
        append.Journal, append.Epoch, append.Head, append.Work.ToString(), ToMilliseconds(append.Deadline),
        ToMilliseconds(time.GetUtcNow()),
        append.Operation?.Key ?? "",
        append.Operation is { } operation ? JsonSerializer.SerializeToUtf8Bytes(operation, StateJson.Options) : "",
        append.Operation is { } expiring ? ToMilliseconds(expiring.ExpiresAt) : "",
        append.Snapshot?.Seq ?? RedisValue.EmptyString, append.Snapshot?.Utf8 ?? RedisValue.EmptyString,
        .. append.Lines.Select(line => (RedisValue)line),
    ];

    private static List<JournalLine> ToLines(long after, RedisResult bodies) =>
        ((byte[][])bodies!).Select((body, n) => new JournalLine(after + n + 1, body)).ToList();

    private static Operation ToOperation(string key, RedisResult record)
    {
        var operation = JsonSerializer.Deserialize<Operation>((byte[])record!, StateJson.Options)
            ?? throw new JsonException($"The record of operation '{key}' is null.");
        return operation with { ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(ToMilliseconds(operation.ExpiresAt)) };
    }

    private static long ToMilliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
