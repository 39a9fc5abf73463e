using Colloquy.Storage;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Colloquy.Tests;

public sealed class SqliteReminderStoreTests : IDisposable
{
    private static readonly DateTimeOffset First = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ReminderRow Row = new(GrainId.Create("sweeper", "acme/1"), "wake", First, TimeSpan.FromMinutes(1));

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Reminders_outlive_the_process_and_a_repeat_of_any_call_changes_nothing()
    {
        using (var database = Open())
        {
            var store = new SqliteReminderStore(new SqliteReminders(database));
            await store.Upsert(Row, default);
            await store.Upsert(Row with { Name = "gone" }, default);
            await store.Upsert(Row, default);
            await store.Remove(Row.Grain, "gone", default);
            await store.Remove(Row.Grain, "gone", default);
        }

        using var reopened = Open();

        Assert.Equal([Row], await new SqliteReminderStore(new SqliteReminders(reopened)).ReadAll(default));
    }

    public void Dispose() => _directory.Dispose();

    private SqliteDatabase Open() => new(new StorageOptions { DataDirectory = _directory.Path });
}
