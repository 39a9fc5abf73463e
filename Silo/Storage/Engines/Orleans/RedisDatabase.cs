using Colloquy.Journals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Colloquy.Storage;

/// <summary>
/// The Redis of a cluster: connects, makes sure of what it promises, and runs scripts under the guard of the data-set id.
/// Keys are divided by <see cref="JournalShard"/>; one hash tag for each shard keeps a script within one slot.
/// </summary>
internal sealed partial class RedisDatabase(RedisStoreOptions options, ILogger<RedisDatabase> logger)
    : IHostedService, IAsyncDisposable, IDisposable
{
    private static readonly RedisScript Touch = new("return redis.call('SET', KEYS[2], ARGV[2])", writes: true);

    private readonly SemaphoreSlim _starting = new(1);
    private volatile Connection? _connection;
    private volatile string? _changed;

    private sealed record Connection(IConnectionMultiplexer Redis, IDatabase Commands, string DataSet, RedisSync Sync);

    /// <summary>The id of the data that this process began with.</summary>
    public async Task<string> DataSet(CancellationToken cancellation) => (await Connect(cancellation)).DataSet;

    /// <summary>Connects at the start of the host, so that a Redis that promises too little stops it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken) => await Connect(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public RedisKey Key(int shard, string kind) => $"{options.KeyPrefix}:{{s{shard}}}:{kind}";

    /// <summary>Runs a script. What it wrote is on the server's disk on return, as far as the server can promise that.</summary>
    /// <exception cref="DataSetChangedException">The server came back without the data, now or earlier.</exception>
    public async Task<RedisResult> Run(
        RedisScript script, int shard, RedisKey[] keys, RedisValue[] values, CancellationToken cancellation)
    {
        var connection = await Connect(cancellation);
        ThrowIfChanged();
        try
        {
            var answer = await connection.Commands.ScriptEvaluateAsync(
                script.Text, [DataSetKey(shard), .. keys], [connection.DataSet, .. values], CommandFlags.DemandMaster);
            if (script.Writes && connection.Sync is RedisSync.OnRequest)
                await WaitForSync(connection);
            return answer;
        }
        catch (RedisServerException failure)
            when (failure.Message.StartsWith(RedisScript.DataSetChanged, StringComparison.Ordinal))
        {
            var found = failure.Message[RedisScript.DataSetChanged.Length..].Trim();
            _changed = $"Redis holds data set {found}, not {connection.DataSet} as at the start. Everything is refused: "
                + "restore its data, or start this process anew if the loss is accepted.";
            LogChanged(found, connection.DataSet);
            throw new DataSetChangedException(_changed);
        }
    }

    /// <summary>Throws unless every shard has the data set of the start and takes a write, and the last writes reached the
    /// disk.</summary>
    public async Task Check(CancellationToken cancellation)
    {
        var connection = await Connect(cancellation);
        await Task.WhenAll(Enumerable.Range(0, JournalShard.Count)
            .Select(shard => Run(Touch, shard, [Key(shard, "check")], [1], cancellation)));
        await RedisDurability.CheckWrites(connection.Redis);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.Redis.DisposeAsync();
        _starting.Dispose();
    }

    public void Dispose()
    {
        _connection?.Redis.Dispose();
        _starting.Dispose();
    }

    private RedisKey DataSetKey(int shard) => Key(shard, RedisDataSet.Kind);

    private void ThrowIfChanged()
    {
        if (_changed is { } changed)
            throw new DataSetChangedException(changed);
    }

    private async ValueTask<Connection> Connect(CancellationToken cancellation)
    {
        if (_connection is { } open)
            return open;
        await _starting.WaitAsync(cancellation);
        try
        {
            return _connection ??= await Open();
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<Connection> Open()
    {
        if (options.FindMistakes().ToList() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes));
        var configuration = options.ToConfiguration();
        configuration.AllowAdmin = true; // to read what the server promises
        var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        try
        {
            var (sync, reason) = await RedisDurability.Find(redis);
            if (sync is RedisSync.None && options.RequireAof)
                throw new StoreUnusableException(reason);
            if (reason.Length > 0)
                LogWeak(reason);
            var dataSet = await new RedisDataSet(redis, options.KeyPrefix, DataSetKey).FindOrCreate();
            LogOpened(dataSet, sync);
            return new Connection(redis, redis.GetDatabase(), dataSet, sync);
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    // Redis waits for the last write of the connection that asks, and this may be another one than the script's. So a write goes
    // with the question: its place in the file is behind everything that was acknowledged to anybody before.
    private async Task WaitForSync(Connection connection)
    {
        var together = connection.Commands.CreateBatch();
        var write = together.StringSetAsync($"{options.KeyPrefix}-sync", 1, flags: CommandFlags.DemandMaster);
        var wait = together.ExecuteAsync(
            "WAITAOF", [1, 0, (long)options.CommandTimeout.TotalMilliseconds], CommandFlags.DemandMaster);
        together.Execute();
        await write;
        if ((RedisResult[]?)await wait is not [var synced, ..] || (long)synced < 1)
            throw new TimeoutException("Redis did not sync its append-only file in time: the outcome is unknown.");
    }

    [LoggerMessage(LogLevel.Information, "Redis holds data set {DataSet}; writes are synced: {Sync}")]
    private partial void LogOpened(string dataSet, RedisSync sync);

    [LoggerMessage(LogLevel.Warning, "{Reason}")]
    private partial void LogWeak(string reason);

    [LoggerMessage(LogLevel.Critical, "Redis holds data set {Found}, not {Expected}: its data is gone. Everything is refused")]
    private partial void LogChanged(string found, string expected);
}
