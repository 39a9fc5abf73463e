using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Colloquy.Storage;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> _scans = new(StringComparer.Ordinal);

    public SqliteSession(string file, bool reads, int pageCacheKiB)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = reads ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate, // a reader, too, writes to the log's index
            Pooling = false, // sessions are the pool, because statements live as long as their connection
        }.ToString());
        try
        {
            _connection.Open();
            Run($"PRAGMA cache_size = -{pageCacheKiB}");
            if (reads)
                Run("PRAGMA query_only = ON");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>False once SQLite has given up a transaction by itself, as it does when the disk is full or broken.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Runs a statement that is used again and again. Returns how many rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Asks for rows. The reader must be disposed before the statement is used again.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Prepare(sql, values).ExecuteReader();

    /// <summary>The first column of the first row, or null if there is none or it is null.</summary>
    public object? Find(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Prepare(sql, values).ExecuteScalar() is var found && found is DBNull ? null : found;

    /// <summary>Gives the first column of every row, an integer, to <paramref name="row"/>: for tens of thousands of rows,
    /// where the reader of <see cref="Query"/> takes longer than SQLite.</summary>
    /// <param name="sql">A query with one parameter.</param>
    public void Scan(string sql, string value, Action<long> row)
    {
        if (!_scans.TryGetValue(sql, out var statement))
        {
            var prepared = raw.sqlite3_prepare_v2(_connection.Handle, sql, out statement);
            SqliteException.ThrowExceptionForRC(prepared, _connection.Handle);
            _scans.Add(sql, statement);
        }

        try
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_text(statement, 1, value), _connection.Handle);
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                row(raw.sqlite3_column_int64(statement, 0));
            if (code != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(code, _connection.Handle);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Runs statements once, without keeping them.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Every text is a constant of this assembly; values are parameters.")]
    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        foreach (var statement in _scans.Values)
            statement.Dispose();
        _connection.Dispose();
    }

    [SuppressMessage("Security", "CA2100", Justification = "Every text is a constant of this assembly; values are parameters.")]
    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
