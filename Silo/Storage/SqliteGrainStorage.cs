using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Colloquy.Storage;

/// <summary>
/// Documents of grains: one row each, written if nobody else has written since. The public API of Orleans only, so it serves
/// either engine. A cleared document keeps its version, so that a late writer of the old one is refused.
/// </summary>
internal sealed class SqliteGrainStorage(SqliteDatabase database) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var (version, body) = await database.Read(session =>
        {
            using var row = session.Query("SELECT version, body FROM document WHERE grain = @grain AND name = @name",
                ("@grain", grainId.ToString()), ("@name", stateName));
            return row.Read() ? (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1)) : (0L, null);
        }, cancellationToken);
        grainState.ETag = ToETag(version);
        grainState.RecordExists = body is not null;
        grainState.State = body is null
            ? Activator.CreateInstance<T>()
            : JsonSerializer.Deserialize<T>(body, StateJson.Options)
                ?? throw new JsonException($"The document '{stateName}' of {grainId} is null.");
    }

    public async Task WriteStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(grainState.State, StateJson.Options);
        grainState.ETag = await Replace(stateName, grainId, body, grainState.ETag, cancellationToken);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        grainState.ETag = await Replace(stateName, grainId, body: null, grainState.ETag, cancellationToken);
        grainState.State = Activator.CreateInstance<T>();
        grainState.RecordExists = false;
    }

    private async Task<string?> Replace(
        string stateName, GrainId grainId, string? body, string? etag, CancellationToken cancellation)
    {
        var (version, stored) = await database.Write(session =>
        {
            var key = (Grain: ("@grain", (object?)grainId.ToString()), Name: ("@name", (object?)stateName));
            var found = session.Find("SELECT version FROM document WHERE grain = @grain AND name = @name", key.Grain, key.Name);
            var before = (long?)found ?? 0;
            if (ToETag(before) != etag)
                return (0L, ToETag(before));
            if (before == 0 && body is null)
                return (0L, etag); // nothing to clear
            session.Execute("INSERT OR REPLACE INTO document VALUES (@grain, @name, @version, @body)",
                key.Grain, key.Name, ("@version", before + 1), ("@body", body));
            return (before + 1, etag);
        }, cancellation);
        return stored == etag
            ? ToETag(version)
            : throw new InconsistentStateException(
                $"The document '{stateName}' of {grainId} was changed by another writer.", stored ?? "none", etag ?? "none");
    }

    private static string? ToETag(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);
}
