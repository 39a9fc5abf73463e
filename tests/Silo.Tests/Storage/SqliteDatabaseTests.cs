using Colloquy.Doubles;
using Colloquy.Storage;

namespace Colloquy.Tests.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void A_second_owner_of_the_data_directory_is_refused()
    {
        using var first = Open();

        var refusal = Assert.Throws<StoreUnusableException>(Open);

        Assert.Contains("belongs to another process", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_directory.Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_directory_is_free_again_once_its_owner_has_closed_it()
    {
        Open().Dispose();
        Open().Dispose();
    }

    [Fact]
    public async Task Every_commit_is_synced_to_a_write_ahead_log()
    {
        using var database = Open();

        Assert.Equal("wal", await database.Read(session => session.Find("PRAGMA journal_mode"), default));
        Assert.Equal(2L, await database.Write(session => session.Find("PRAGMA synchronous"), default)); // FULL
    }

    [Fact]
    public void The_data_set_keeps_its_id()
    {
        using var first = Open();
        var id = first.DataSet;
        first.Dispose();

        using var second = Open();

        Assert.Equal(id, second.DataSet);
        using var elsewhere = new TempDirectory();
        using var other = new SqliteDatabase(new StorageOptions { DataDirectory = elsewhere.Path });
        Assert.NotEqual(id, other.DataSet);
    }

    [Fact]
    public async Task A_check_passes_while_the_file_is_the_one_that_was_opened()
    {
        using var database = Open();

        await database.Check(default);
    }

    [Fact]
    public async Task A_check_fails_when_the_file_was_removed_underneath()
    {
        using var database = Open();
        File.Delete(database.File);

        await Assert.ThrowsAsync<StoreUnusableException>(() => database.Check(default));
    }

    [Fact]
    public async Task A_check_fails_when_the_file_was_replaced_by_another()
    {
        using var elsewhere = new TempDirectory();
        using var other = new SqliteDatabase(new StorageOptions { DataDirectory = elsewhere.Path });
        other.Dispose();
        using var database = Open();
        File.Delete(database.File);
        File.Delete(database.File + "-wal");
        File.Copy(other.File, database.File);

        await Assert.ThrowsAsync<DataSetChangedException>(() => database.Check(default));
    }

    [Fact]
    public async Task A_file_of_a_newer_release_is_refused()
    {
        using var database = Open();
        await database.Write(session => session.Execute("PRAGMA user_version = 99"), default);
        database.Dispose();

        Assert.Contains("newer release", Assert.Throws<StoreUnusableException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_in_the_options_are_told_at_once()
    {
        var options = new StorageOptions
        {
            DataDirectory = " ", WriteQueueMax = 0, BatchMax = 0, ReadersMax = 0, PageCacheKiB = 0, VectorMemoryMiB = 0,
        };

        Assert.Equal(6, options.FindMistakes().Count());
        Assert.Throws<ArgumentException>(() => new SqliteDatabase(options));
    }

    [Fact]
    public async Task Readers_beyond_the_bound_wait_for_their_turn()
    {
        using var database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path, ReadersMax = 1 });
        using var release = new ManualResetEventSlim();
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Task.Run(() => database.Read(_ =>
        {
            busy.SetResult();
            release.Wait();
            return 1;
        }, default));
        await busy.Task.Within("the reader begin");

        var second = database.Read(_ => 2, default);
        Assert.False(second.IsCompleted);
        release.Set();

        var answers = await Task.WhenAll(first, second).Within("both readers end");
        Assert.Equal([1, 2], answers);
    }

    [Fact]
    public async Task A_query_that_fails_leaves_a_working_reader_for_the_next()
    {
        using var database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path, ReadersMax = 1 });
        await Assert.ThrowsAnyAsync<Exception>(() => database.Read(session => session.Execute("DELETE FROM meta"), default));

        Assert.Equal(1L, await database.Read(session => session.Find("SELECT count(*) FROM meta"), default));
    }

    public void Dispose() => _directory.Dispose();

    private SqliteDatabase Open() => new(new StorageOptions { DataDirectory = _directory.Path });
}
