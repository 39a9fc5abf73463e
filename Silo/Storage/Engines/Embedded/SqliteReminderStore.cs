using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Colloquy.Storage;

/// <summary>Reminders of the embedded engine, in the SQLite file.</summary>
internal sealed class SqliteReminderStore(SqliteReminders reminders) : IReminderStore
{
    public async Task<IReadOnlyList<ReminderRow>> ReadAll(CancellationToken cancellation) =>
        (await reminders.ReadAll(cancellation))
            .ConvertAll(row => new ReminderRow(GrainId.Parse(row.Grain), row.Name, new DateTimeOffset(row.StartAt), row.Period));

    public Task Upsert(ReminderRow row, CancellationToken cancellation) =>
        reminders.Upsert(row.Grain.ToString(), row.Name, row.First.UtcDateTime, row.Period, cancellation);

    public Task Remove(GrainId grain, string name, CancellationToken cancellation) =>
        reminders.Remove(grain.ToString(), name, version: null, cancellation);
}

/// <summary>Which port of the engine keeps reminders.</summary>
internal static class ReminderRegistration
{
    public static void AddSqliteReminders(this IServiceCollection services) =>
        services.AddSingleton<IReminderStore, SqliteReminderStore>();
}
