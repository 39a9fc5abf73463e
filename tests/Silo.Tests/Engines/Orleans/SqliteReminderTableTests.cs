using Colloquy.Storage;
using Orleans;
using Orleans.Runtime;

namespace Colloquy.Tests;

public sealed class SqliteReminderTableTests : IDisposable
{
    private static readonly DateTime Start = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TempDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteReminderTable _table;

    public SqliteReminderTableTests()
    {
        _database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path });
        _table = new SqliteReminderTable(new SqliteReminders(_database));
    }

    [Fact]
    public async Task A_row_comes_back_under_the_etag_that_it_was_given()
    {
        var entry = Entry("sweeper", "1");
        entry.ETag = await _table.UpsertRow(entry);

        var read = await _table.ReadRow(entry.GrainId, "wake");

        Assert.Equal((entry.GrainId, "wake", Start, entry.Period, entry.ETag),
            (read!.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
        Assert.Null(await _table.ReadRow(entry.GrainId, "other"));
    }

    [Fact]
    public async Task Only_the_current_etag_removes_a_row()
    {
        var entry = Entry("sweeper", "1");
        var stale = await _table.UpsertRow(entry);
        var current = await _table.UpsertRow(entry);

        Assert.False(await _table.RemoveRow(entry.GrainId, "wake", stale!));
        Assert.True(await _table.RemoveRow(entry.GrainId, "wake", current!));
        Assert.Empty((await _table.ReadRows(0, 0)).Reminders);
    }

    [Fact]
    public async Task A_range_of_hashes_begins_after_its_start_and_includes_its_end_and_may_wrap_around()
    {
        var entries = Enumerable.Range(0, 20).Select(n => Entry("sweeper", $"{n}"))
            .OrderBy(entry => entry.GrainId.GetUniformHashCode())
            .ToList();
        foreach (var entry in entries)
            await _table.UpsertRow(entry);
        var (begin, end) = (entries[4].GrainId.GetUniformHashCode(), entries[9].GrainId.GetUniformHashCode());

        Assert.Equal(entries[5..10].Select(entry => entry.GrainId).Order(), await Ids(begin, end));
        Assert.Equal(entries[..5].Concat(entries[10..]).Select(entry => entry.GrainId).Order(), await Ids(end, begin));
        Assert.Equal(20, (await Ids(begin, begin)).Count);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private static ReminderEntry Entry(string type, string key) => new()
    {
        GrainId = GrainId.Create(type, key),
        ReminderName = "wake",
        StartAt = Start,
        Period = TimeSpan.FromMinutes(1),
    };

    private async Task<List<GrainId>> Ids(uint begin, uint end) =>
        [.. (await _table.ReadRows(begin, end)).Reminders.Select(entry => entry.GrainId).Order()];
}
