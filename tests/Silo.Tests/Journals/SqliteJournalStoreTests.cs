using Colloquy.Journals;
using Colloquy.Storage;

namespace Colloquy.Tests.Journals;

public sealed class SqliteJournalStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteJournalStore _journals;

    public SqliteJournalStoreTests()
    {
        _database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path });
        _journals = new SqliteJournalStore(_database, _time);
    }

    [Fact]
    public async Task Expired_operations_of_idle_journals_are_purged_by_busy_ones_a_few_at_a_time()
    {
        var idle = await _journals.Claim("idle", default);
        foreach (var n in Enumerable.Range(0, 20))
            await _journals.Append(Accept("idle", idle.Epoch, n), default);
        _time.Advance(TimeSpan.FromDays(2));
        var busy = await _journals.Claim("busy", default);

        await _journals.Append(Accept("busy", busy.Epoch, 0), default);
        Assert.Equal(20 - SqliteJournalStore.PurgedPerAppend + 1, await Operations());
        foreach (var n in Enumerable.Range(1, 9))
            await _journals.Append(Accept("busy", busy.Epoch, n), default);

        Assert.Equal(10, await Operations());
    }

    [Fact]
    public async Task Neighbours_in_the_table_of_lines_do_not_see_each_other()
    {
        foreach (var name in new[] { "first", "second", "third" })
        {
            var claim = await _journals.Claim(name, default);
            await _journals.Append(Accept(name, claim.Epoch, 0), default);
        }

        await _journals.Erase("second", default);

        Assert.Single(await _journals.Read("first", 0, 10, 1000, default));
        Assert.Empty(await _journals.Read("second", 0, 10, 1000, default));
        Assert.Single((await _journals.Claim("third", default)).Tail);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private Task<long> Operations() => _database.Read(session => (long)session.Find("SELECT count(*) FROM operation")!, default);

    private JournalAppend Accept(string journal, long epoch, long head) => new()
    {
        Journal = journal,
        Epoch = epoch,
        Head = head,
        Lines = [new byte[] { 1 }],
        Operation = new($"key {head}", "fingerprint", "answer", _time.GetUtcNow().AddDays(1)),
    };
}
