using System.Collections.Concurrent;

namespace Colloquy.Storage;

/// <summary>A bounded pool of connections that read while the writer writes. Each query sees one committed moment.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open, int readersMax) : IDisposable
{
    private readonly SemaphoreSlim _free = new(readersMax);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private bool _closed;

    public async Task<T> Read<T>(Func<SqliteSession, T> query, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            var session = _idle.TryTake(out var idle) ? idle : open();
            var answer = Run(session, query);
            _idle.Add(session);
            return answer;
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the queries that run, then closes every connection.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, true))
            return;
        for (var n = 0; n < readersMax; n++)
            _free.Wait();
        while (_idle.TryTake(out var session))
            session.Dispose();
        _free.Dispose();
    }

    private static T Run<T>(SqliteSession session, Func<SqliteSession, T> query)
    {
        try
        {
            session.Execute("BEGIN");
            var answer = query(session);
            session.Execute("COMMIT");
            return answer;
        }
        catch
        {
            session.Dispose(); // whatever state it is in, the next reader opens another
            throw;
        }
    }
}
