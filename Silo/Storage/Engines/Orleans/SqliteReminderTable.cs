using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Colloquy.Storage;

/// <summary>The reminder table of a single Orleans silo, in the SQLite file.</summary>
internal sealed class SqliteReminderTable(SqliteReminders reminders) : IReminderTable
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask; // the database is open already

    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        new((await reminders.ReadOf(grainId.ToString(), CancellationToken.None)).Select(ToEntry));

    // One silo owns the whole ring, so there is no index by hash: it asks for everything.
    public async Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        new((await reminders.ReadAll(CancellationToken.None)).Select(ToEntry)
            .Where(entry => IsBetween(entry.GrainId.GetUniformHashCode(), begin, end)));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await ReadRows(grainId)).Reminders.SingleOrDefault(entry => entry.ReminderName == reminderName);

    public async Task<string?> UpsertRow(ReminderEntry entry) => ToETag(await reminders.Upsert(
        entry.GrainId.ToString(), entry.ReminderName, entry.StartAt, entry.Period, CancellationToken.None));

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => reminders.Remove(
        grainId.ToString(), reminderName, long.Parse(eTag, CultureInfo.InvariantCulture), CancellationToken.None);

    public Task TestOnlyClearTable() => reminders.Clear(CancellationToken.None);

    // The range is (begin, end], and wraps around when it begins at or after its end.
    private static bool IsBetween(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderEntry ToEntry(StoredReminder row) => new()
    {
        GrainId = GrainId.Parse(row.Grain, CultureInfo.InvariantCulture),
        ReminderName = row.Name,
        StartAt = row.StartAt,
        Period = row.Period,
        ETag = ToETag(row.Version),
    };

    private static string ToETag(long version) => version.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Which port of the engine keeps reminders.</summary>
internal static class ReminderRegistration
{
    public static void AddSqliteReminders(this IServiceCollection services)
    {
        services.AddReminders();
        services.AddSingleton<IReminderTable, SqliteReminderTable>();
    }
}
