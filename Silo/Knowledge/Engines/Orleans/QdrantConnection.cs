using System.Collections.Concurrent;
using Colloquy.Storage;
using Grpc.Core;
using Qdrant.Client;
using Qdrant.Client.Grpc;

namespace Colloquy.Knowledge;

/// <summary>The connection to Qdrant: makes collections before they are written, bounds every call, and says in our words what
/// became of it.</summary>
internal sealed class QdrantConnection(QdrantOptions options) : IDisposable
{
    public const string Dense = "dense";
    public const string Sparse = "words";

    private readonly QdrantClient _client = new(options.Address, options.ApiKey, options.CallTimeout);
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Where vectors of so many numbers are: one collection for all tenants, since each costs memory and files, and
    /// Qdrant divides it by tenant itself.</summary>
    public string CollectionOf(int dimensions) => $"{options.Prefix}-passages-{dimensions}";

    /// <summary>Qdrant's version. Throws if it does not answer.</summary>
    public async Task<string> Version(CancellationToken cancellation) =>
        (await Call("say its version", client => client.HealthAsync(cancellation), cancellation)).Version;

    /// <summary>Throws unless Qdrant answers and takes the key. (What tells its version asks for no key.)</summary>
    public Task Check(CancellationToken cancellation) =>
        Call("look for a collection", client => client.CollectionExistsAsync(CollectionOf(1), cancellation), cancellation);

    /// <summary>Makes the collection with its indexes, unless this process knows that they are there.</summary>
    public async Task Ensure(int dimensions, CancellationToken cancellation)
    {
        var name = CollectionOf(dimensions);
        if (_known.ContainsKey(name))
            return;
        if (!await Exists())
        {
            try
            {
                await Call("create a collection", client => Create(client, name, dimensions, cancellation), cancellation);
            }
            catch (StoreUnavailableException) when (!cancellation.IsCancellationRequested)
            {
                if (!await Exists()) // else another silo was faster
                    throw;
            }
        }

        // Again by every process: it changes nothing, and finishes what a crash left unfinished.
        foreach (var (field, type, parameters) in QdrantFields.Indexes)
            await Call("index a field", client => client.CreatePayloadIndexAsync(
                name, field, type, parameters, wait: true, cancellationToken: cancellation), cancellation);
        _known[name] = true;

        Task<bool> Exists() =>
            Call("look for a collection", client => client.CollectionExistsAsync(name, cancellation), cancellation);
    }

    /// <summary>A call that changes or reads points. A collection that is not there has none.</summary>
    public async Task<T> CallPoints<T>(
        string what, int dimensions, T ifAbsent, Func<QdrantClient, string, Task<T>> call, CancellationToken cancellation)
    {
        var name = CollectionOf(dimensions);
        try
        {
            return await Call(what, client => call(client, name), cancellation);
        }
        catch (StoreUnavailableException failure) when (IsAbsent(failure))
        {
            _known.TryRemove(name, out _); // somebody took it away
            return ifAbsent;
        }
    }

    /// <summary>A call that fails if the collection is not there.</summary>
    public async Task Write(
        string what, int dimensions, Func<QdrantClient, string, Task> call, CancellationToken cancellation)
    {
        var name = CollectionOf(dimensions);
        await Ensure(dimensions, cancellation);
        try
        {
            await Call(what, client => call(client, name), cancellation);
        }
        catch (StoreUnavailableException failure) when (IsAbsent(failure))
        {
            _known.TryRemove(name, out _); // the next try makes it again
            throw;
        }
    }

    public void Dispose() => _client.Dispose();

    private Task Create(QdrantClient client, string name, int dimensions, CancellationToken cancellation) =>
        client.CreateCollectionAsync(
            name,
            // Vectors have length 1 already, or 0: the product is the cosine, and Qdrant need not divide once more.
            new VectorParamsMap { Map = { [Dense] = new VectorParams { Size = (ulong)dimensions, Distance = Distance.Dot } } },
            sparseVectorsConfig: new SparseVectorConfig { Map = { [Sparse] = new SparseVectorParams() } },
            hnswConfig: new HnswConfigDiff { M = 0, PayloadM = options.Exact ? 0u : 16u },
            cancellationToken: cancellation);

    private static bool IsAbsent(StoreUnavailableException failure) =>
        failure.InnerException is RpcException { StatusCode: StatusCode.NotFound };

    private Task<bool> Call(string what, Func<QdrantClient, Task> call, CancellationToken cancellation) =>
        Call(what, async client =>
        {
            await call(client);
            return true;
        }, cancellation);

    private async Task<T> Call<T>(string what, Func<QdrantClient, Task<T>> call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await call(_client);
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Cancelled && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(failure.Message, failure, cancellation);
        }
        catch (RpcException failure)
            when (failure.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            throw new StoreUnusableException(
                $"Qdrant refuses {(options.ApiKey is null ? "a call without a key" : "the key")}: it did not {what}.", failure);
        }
        catch (RpcException failure)
        {
            throw new StoreUnavailableException($"Qdrant did not {what}: {failure.StatusCode}, {failure.Status.Detail}", failure);
        }
        catch (QdrantException failure)
        {
            throw new StoreUnavailableException($"Qdrant did not {what}: {failure.Message}", failure);
        }
    }
}
