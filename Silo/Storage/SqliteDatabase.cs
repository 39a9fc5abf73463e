using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Colloquy.Storage;

/// <summary>
/// A file of a single node with its one writer and its readers. This process owns the directory alone: a second one is refused.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const string LockFile = "colloquy.lock";

    private readonly FileStream? _lock;
    private readonly SqliteFile _kind;
    private readonly SqliteWriter _writer;
    private readonly SqliteSession _writing;
    private readonly SqliteReaders _readers;
    private readonly Func<SqliteSession> _openReader;

    static SqliteDatabase() => Batteries_V2.Init();

    /// <param name="kind">Which file; null means <see cref="SqliteFile.Main"/>.</param>
    public SqliteDatabase(StorageOptions options, SqliteFile? kind = null)
    {
        _kind = kind ?? SqliteFile.Main;
        if (options.FindMistakes().ToList() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes));
        var directory = Directory.CreateDirectory(options.DataDirectory).FullName;
        _lock = _kind.OwnsDirectory ? Own(directory) : null;
        try
        {
            File = Path.Combine(directory, _kind.Name);
            _writing = new SqliteSession(File, reads: false, options.PageCacheKiB);
            Prepare(_writing, _kind);
            DataSet = ReadDataSet(_writing);
            _writer = new SqliteWriter(_writing, options.WriteQueueMax, options.BatchMax);
            _openReader = () => new SqliteSession(File, reads: true, options.PageCacheKiB);
            _readers = new SqliteReaders(_openReader, options.ReadersMax);
        }
        catch
        {
            _writing?.Dispose();
            _lock?.Dispose();
            throw;
        }
    }

    public string File { get; }

    /// <summary>The id that this data was given when it was created. It never changes.</summary>
    public string DataSet { get; }

    /// <summary>Transactions since the start, each with one sync of the disk.</summary>
    public long Commits => _writer.Commits;

    /// <summary>Commands in those transactions.</summary>
    public long Commands => _writer.Commands;

    /// <summary>Runs a command in a transaction that it may share with others. Synced to disk on return; after an exception of
    /// the command itself nothing of it was written.</summary>
    public Task<T> Write<T>(Func<SqliteSession, T> command, CancellationToken cancellation) =>
        _writer.Write(command, cancellation);

    /// <summary>Asks about one committed moment.</summary>
    public Task<T> Read<T>(Func<SqliteSession, T> query, CancellationToken cancellation) => _readers.Read(query, cancellation);

    /// <summary>Throws unless the file is still the one that was opened and takes a write.</summary>
    public async Task Check(CancellationToken cancellation)
    {
        string? found;
        try
        {
            using var fresh = _openReader();
            found = (string?)fresh.Find("SELECT value FROM meta WHERE key = 'data-set'");
        }
        catch (SqliteException failure)
        {
            throw new StoreUnusableException($"{_kind.Name} cannot be read: {failure.Message}", failure);
        }
        if (found != DataSet)
            throw new DataSetChangedException($"{_kind.Name} holds data set {found ?? "none"}, not {DataSet} as at the start.");
        await Write(session => session.Execute(
            "INSERT INTO meta VALUES ('checks', 1) ON CONFLICT DO UPDATE SET value = value + 1"), cancellation);
    }

    /// <summary>Writes what still waits, then gives the directory up.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
        _writing.Dispose();
        _lock?.Dispose();
    }

    private static FileStream Own(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new StoreUnusableException(
                $"The data directory {directory} belongs to another process that is running. Stop it, or choose another.",
                failure);
        }
    }

    private static void Prepare(SqliteSession session, SqliteFile kind)
    {
        session.Run("PRAGMA journal_mode = WAL");
        session.Run("PRAGMA synchronous = FULL"); // in WAL mode: a sync of the log at each commit
        session.Run("PRAGMA wal_autocheckpoint = 4000"); // pages: many appends to a page are then copied home once
        session.Run("PRAGMA secure_delete = ON"); // what a user erased shall not stay in free pages
        var version = Convert.ToInt32(session.Find("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > kind.Steps.Count)
            throw new StoreUnusableException($"{kind.Name} was written by a newer release (schema {version}); this one knows "
                + $"{kind.Steps.Count}.");
        for (; version < kind.Steps.Count; version++)
            session.Run($"BEGIN IMMEDIATE; {kind.Steps[version]}; PRAGMA user_version = {version + 1}; COMMIT");
    }

    private static string ReadDataSet(SqliteSession session)
    {
        session.Execute("INSERT INTO meta VALUES ('data-set', @id) ON CONFLICT DO NOTHING",
            ("@id", Guid.NewGuid().ToString("N")));
        return (string)session.Find("SELECT value FROM meta WHERE key = 'data-set'")!;
    }
}
