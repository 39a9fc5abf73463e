using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Colloquy.Storage;

/// <summary>
/// The one thread that writes. It takes every command that waits, runs them in one transaction, commits once and only then
/// answers: many callers share one sync of the disk.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    // Extended codes of SQLite keep the kind of error in the low byte.
    private const int DiskError = 10;

    private readonly SqliteSession _session;
    private readonly BlockingCollection<SqliteWrite> _queue;
    private readonly int _batchMax;
    private readonly Thread _thread;
    private volatile Exception? _broken;
    private bool _closed;
    private long _commits;
    private long _commands;

    public SqliteWriter(SqliteSession session, int queueMax, int batchMax)
    {
        (_session, _batchMax) = (session, batchMax);
        _queue = new BlockingCollection<SqliteWrite>(queueMax);
        _thread = new Thread(Work) { Name = "SQLite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Transactions that were committed, each with one sync.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Commands that were committed.</summary>
    public long Commands => Interlocked.Read(ref _commands);

    /// <summary>Runs a command on the writer's thread. What the task returns is on disk; a failed command left nothing.</summary>
    public Task<T> Write<T>(Func<SqliteSession, T> command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed), this);
        var write = new SqliteWrite<T>(command, cancellation);
        if (!_queue.TryAdd(write, 0, CancellationToken.None)) // throws if the writer was closed meanwhile
            throw new StoreOverloadedException($"{_queue.BoundedCapacity} commands wait for the database already.");
        return write.Answer;
    }

    /// <summary>Writes what waits, then stops.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, true))
            return;
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Work()
    {
        var batch = new List<SqliteWrite>(_batchMax);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < _batchMax && _queue.TryTake(out var next))
                batch.Add(next);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<SqliteWrite> batch)
    {
        batch.RemoveAll(write => write.WasCancelled());
        if (batch.Count == 0)
            return;
        try
        {
            if (_broken is { } broken)
                throw new StoreUnusableException("The disk failed under an earlier write; restart to recover.", broken);
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch)
                RunAlone(write);
            _session.Execute("COMMIT");
        }
        // Everybody in the batch is told; nothing is lost by going on, because the next batch begins from what is on disk.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            GiveUp(batch, failure);
            return;
        }
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _commands, batch.Count);
        foreach (var write in batch)
            write.Complete();
    }

    // A savepoint keeps the failure of one command from its neighbours.
    private void RunAlone(SqliteWrite write)
    {
        _session.Execute("SAVEPOINT command");
        try
        {
            write.Run(_session);
        }
#pragma warning disable CA1031 // the caller of this command gets it, when the others get their answers
        catch (Exception failure) when (_session.IsInTransaction)
#pragma warning restore CA1031
        {
            write.Failed(failure);
            _session.Execute("ROLLBACK TO command");
        }
        _session.Execute("RELEASE command");
    }

    private void GiveUp(List<SqliteWrite> batch, Exception failure)
    {
        // After a failed sync the kernel may call the lost pages clean, so that later syncs succeed over a hole in the log:
        // only opening the file anew tells what is there.
        if (failure is SqliteException { SqliteErrorCode: DiskError })
            _broken = failure;
        try
        {
            if (_session.IsInTransaction)
                _session.Execute("ROLLBACK");
        }
        catch (SqliteException unclear)
        {
            _broken = unclear;
        }
        foreach (var write in batch)
            write.Abort(failure);
    }
}
