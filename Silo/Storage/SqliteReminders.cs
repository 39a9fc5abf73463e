using Microsoft.Data.Sqlite;

namespace Colloquy.Storage;

/// <summary>A reminder as it is kept. Whichever engine wrote it, the other can read it.</summary>
internal sealed record StoredReminder(string Grain, string Name, DateTime StartAt, TimeSpan Period, long Version);

/// <summary>The table of reminders, for the ports of either engine.</summary>
internal sealed class SqliteReminders(SqliteDatabase database)
{
    public Task<List<StoredReminder>> ReadAll(CancellationToken cancellation) => database.Read(
        session => ToList(session.Query("SELECT grain, name, start_at, period, version FROM reminder")),
        cancellation);

    public Task<List<StoredReminder>> ReadOf(string grain, CancellationToken cancellation) => database.Read(
        session => ToList(session.Query(
            "SELECT grain, name, start_at, period, version FROM reminder WHERE grain = @grain", ("@grain", grain))),
        cancellation);

    /// <summary>Writes a reminder in place of the one with its grain and name. Returns its new version.</summary>
    public Task<long> Upsert(string grain, string name, DateTime startAt, TimeSpan period, CancellationToken cancellation) =>
        database.Write(session => (long)session.Find(
            """
            INSERT INTO reminder VALUES (@grain, @name, @start, @period, 1)
            ON CONFLICT DO UPDATE SET start_at = @start, period = @period, version = version + 1 RETURNING version
            """,
            ("@grain", grain), ("@name", name), ("@start", startAt.ToUniversalTime().Ticks), ("@period", period.Ticks))!,
            cancellation);

    /// <summary>Removes a reminder, if it still has a version or whichever it has. False if there was none.</summary>
    public Task<bool> Remove(string grain, string name, long? version, CancellationToken cancellation) =>
        database.Write(session => session.Execute(
            "DELETE FROM reminder WHERE grain = @grain AND name = @name AND version = ifnull(@version, version)",
            ("@grain", grain), ("@name", name), ("@version", version)) == 1, cancellation);

    public Task Clear(CancellationToken cancellation) =>
        database.Write(session => session.Execute("DELETE FROM reminder"), cancellation);

    private static List<StoredReminder> ToList(SqliteDataReader rows)
    {
        using var reading = rows;
        var reminders = new List<StoredReminder>();
        while (rows.Read())
            reminders.Add(new StoredReminder(rows.GetString(0), rows.GetString(1),
                new DateTime(rows.GetInt64(2), DateTimeKind.Utc), TimeSpan.FromTicks(rows.GetInt64(3)), rows.GetInt64(4)));
        return reminders;
    }
}
