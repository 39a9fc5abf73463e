using System.Text;
using Colloquy.Memory;
using Colloquy.Storage;

namespace Colloquy.Tests.Memory;

public sealed class SqliteFactStoreTests : FactStoreContract
{
    private readonly TempDirectory _directory = new();
    private SqliteDatabase _database = null!;
    private SqliteFactStore _store = null!;

    protected override Task<IFactStore?> Open()
    {
        _database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path });
        _store = new SqliteFactStore(_database);
        return Task.FromResult<IFactStore?>(_store);
    }

    protected override Task Close()
    {
        _database.Dispose();
        _directory.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Facts_survive_a_restart()
    {
        await Put(_store, "user:k1", 0, Row("f1", "kept"));
        _database.Dispose();
        await Open();

        Assert.Equal("f1", Assert.Single((await _store.Load("acme", "user:k1", default)).Rows).Id);
    }

    [Fact]
    public async Task What_was_erased_is_not_in_the_files_any_more()
    {
        const string Word = "Xylometazolin-7731";
        const string Scope = "user:planted-9914";
        await Put(_store, Scope, 0, Row("f1",
            $"allergic to {Word}") with { Vector = Encoding.UTF8.GetBytes($"vector of {Word}") });
        await Put(_store, "user:other", 0, Row("f2", "stays"));
        Assert.True(InFiles(Word) && InFiles(Scope));

        await _store.Erase("acme", Scope, default);
        await Checkpoint();

        Assert.False(InFiles(Word));
        Assert.False(InFiles(Scope));
        Assert.True(InFiles("stays"));
    }

    [Fact]
    public async Task What_was_removed_is_not_in_the_files_any_more()
    {
        const string Word = "Oxymetazolin-5512";
        await Put(_store, "user:k1", 0, Row("f1", $"takes {Word}"), Row("f2", "stays"));
        var version = (await _store.Load("acme", "user:k1", default)).Version;

        Assert.True(await _store.Change(new("acme", "user:k1", version, [], ["f1"]), default));
        await Checkpoint();

        Assert.False(InFiles(Word));
        Assert.True(InFiles("stays"));
    }

    // Brings the log home and cuts it, as SQLite does by itself from time to time and at the end.
    private Task Checkpoint()
    {
        _database.Dispose();
        return Open();
    }

    private bool InFiles(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        return Directory.EnumerateFiles(_directory.Path, "colloquy.db*").Any(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(bytes) >= 0;
        });
    }
}
