using Colloquy.Storage;

namespace Colloquy.Tests.Storage;

public sealed class SqliteRemindersTests : IDisposable
{
    private static readonly DateTime Start = new(2030, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    private readonly TempDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteReminders _reminders;

    public SqliteRemindersTests()
    {
        _database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path });
        _reminders = new SqliteReminders(_database);
    }

    [Fact]
    public async Task A_reminder_comes_back_to_the_tick()
    {
        var version = await _reminders.Upsert("sweeper/1", "wake", Start.AddTicks(7), TimeSpan.FromMinutes(1), default);

        Assert.Equal([new StoredReminder("sweeper/1", "wake", Start.AddTicks(7), TimeSpan.FromMinutes(1), version)],
            await _reminders.ReadAll(default));
    }

    [Fact]
    public async Task A_second_registration_replaces_the_first_under_a_higher_version()
    {
        var first = await _reminders.Upsert("sweeper/1", "wake", Start, TimeSpan.FromMinutes(1), default);
        var second = await _reminders.Upsert("sweeper/1", "wake", Start, TimeSpan.FromMinutes(2), default);

        Assert.True(second > first);
        Assert.Equal(TimeSpan.FromMinutes(2), Assert.Single(await _reminders.ReadOf("sweeper/1", default)).Period);
    }

    [Fact]
    public async Task Removing_with_a_stale_version_removes_nothing()
    {
        var stale = await _reminders.Upsert("sweeper/1", "wake", Start, TimeSpan.FromMinutes(1), default);
        await _reminders.Upsert("sweeper/1", "wake", Start, TimeSpan.FromMinutes(2), default);

        Assert.False(await _reminders.Remove("sweeper/1", "wake", stale, default));
        Assert.True(await _reminders.Remove("sweeper/1", "wake", null, default));
        Assert.False(await _reminders.Remove("sweeper/1", "wake", null, default));
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }
}
