using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace Colloquy.Tests;

/// <summary>
/// Documents in memory, as JSON like those of the product's stores. A test can look at them, change them as another activation
/// would, hold a write up or make it fail.
/// </summary>
internal sealed class JsonDocuments : IGrainStorage
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly ConcurrentDictionary<GrainId, Document> _documents = [];

    public int Reads(GrainId grain) => Of(grain).Reads;

    public int Writes(GrainId grain) => Of(grain).Writes;

    public string? Body(GrainId grain) => Of(grain).Body;

    /// <summary>The next write, or one after it, is refused, or done and then reported as failed.</summary>
    public void FailNextWrite(GrainId grain, bool afterWriting = false, int skip = 0) =>
        Of(grain).Failure = (skip, afterWriting ? Failure.AfterWriting : Failure.BeforeWriting);

    /// <summary>Writes wait from now on until <paramref name="release"/> ends; the first to come completes
    /// <paramref name="reached"/>.</summary>
    public void HoldWrites(GrainId grain, TaskCompletionSource reached, Task release) => Of(grain).Hold = (reached, release);

    /// <summary>Writes as an activation that nobody here knows of.</summary>
    public void ChangeElsewhere<T>(GrainId grain, Func<T, T> change)
    {
        var document = Of(grain);
        lock (document)
            document.Put(JsonSerializer.Serialize(change(JsonSerializer.Deserialize<T>(document.Body!, _json)!), _json));
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var document = Of(grainId);
        lock (document)
        {
            document.Reads++;
            grainState.ETag = document.ETag;
            grainState.RecordExists = document.Body is not null;
            grainState.State = document.Body is { } body
                ? JsonSerializer.Deserialize<T>(body, _json)!
                : Activator.CreateInstance<T>();
        }
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var document = Of(grainId);
        if (document.Hold is var (reached, release))
        {
            reached.TrySetResult();
            await release;
        }
        lock (document)
        {
            var failure = document.NextFailure();
            if (failure == Failure.BeforeWriting)
                throw new IOException("Refused by the test.");
            if (document.ETag != grainState.ETag)
                throw new InconsistentStateException($"{grainId} was changed by another writer.", document.ETag, grainState.ETag);
            document.Put(JsonSerializer.Serialize(grainState.State, _json));
            if (failure == Failure.AfterWriting)
                throw new IOException("Written, but the answer was lost by the test.");
            (grainState.ETag, grainState.RecordExists) = (document.ETag, true);
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var document = Of(grainId);
        lock (document)
        {
            document.Put(null);
            (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), document.ETag, false);
        }
        return Task.CompletedTask;
    }

    private Document Of(GrainId grain) => _documents.GetOrAdd(grain, _ => new Document());

    private enum Failure { None, BeforeWriting, AfterWriting }

    private sealed class Document
    {
        public string? Body { get; private set; }
        public int Reads { get; set; }
        public int Writes { get; private set; }
        public (int Skip, Failure Kind) Failure { get; set; }
        public (TaskCompletionSource Reached, Task Release)? Hold { get; set; }
        public string? ETag => Writes == 0 ? null : Writes.ToString(CultureInfo.InvariantCulture);

        public Failure NextFailure()
        {
            var (skip, kind) = Failure;
            Failure = skip > 0 ? (skip - 1, kind) : default;
            return skip > 0 ? JsonDocuments.Failure.None : kind;
        }

        public void Put(string? body) => (Body, Writes) = (body, Writes + 1);
    }
}
