using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Qdrant.Client.Grpc;

namespace Colloquy.Tests.Knowledge;

/// <summary>A Qdrant in memory, behind Qdrant's own gRPC protocol. What it does not do it refuses with Unimplemented.</summary>
internal sealed class QdrantDouble : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, QdrantCollectionDouble> _collections = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<IMessage> _requests = new();
    private readonly WebApplication _app;
    private readonly string? _key;

    private QdrantDouble(string? key)
    {
        _key = key;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null); // Qdrant has no bound, either
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton<IServiceMethodProvider<QdrantDouble>, Methods>();
        _app = builder.Build();
        _app.MapGrpcService<QdrantDouble>();
    }

    public const string Version = "1.18.0";

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that was asked, in order.</summary>
    public IReadOnlyList<IMessage> Requests => [.. _requests];

    public IEnumerable<string> Collections => _collections.Keys.Order(StringComparer.Ordinal);

    /// <summary>Called before a request is carried out; what it throws is answered, and what it waits for is waited for.</summary>
    public Func<IMessage, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task<QdrantDouble> Start(string? key = null)
    {
        var qdrant = new QdrantDouble(key);
        await qdrant._app.StartAsync();
        var addresses = qdrant._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        qdrant.Address = new Uri(addresses.First());
        return qdrant;
    }

    public IReadOnlyList<PointStruct> Points(string collection) => _collections[collection].Points;

    public QdrantCollectionDouble Collection(string name) => _collections[name];

    public void Forget(string collection) => _collections.TryRemove(collection, out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<object> Answer(IMessage request, ServerCallContext call)
    {
        // As Qdrant does: who asks for its health needs no key.
        if (_key is not null && request is not HealthCheckRequest && call.RequestHeaders.GetValue("api-key") != _key)
            throw new RpcException(new Status(StatusCode.Unauthenticated, "Must provide an API key"));
        if (call.Deadline == DateTime.MaxValue)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "A test wants a deadline with every call."));
        _requests.Enqueue(request);
        await Before(request, call.CancellationToken);
        return request switch
        {
            HealthCheckRequest => new HealthCheckReply { Title = "qdrant - vector search engine", Version = Version },
            CollectionExistsRequest m =>
                new CollectionExistsResponse { Result = new() { Exists = _collections.ContainsKey(m.CollectionName) } },
            CreateCollection m => Create(m),
            CreateFieldIndexCollection m => Done(Of(m.CollectionName).Index(m)),
            UpsertPoints m => Done(Of(m.CollectionName).Upsert(m)),
            DeletePoints m => Done(Of(m.CollectionName).Delete(m)),
            CountPoints m => new CountResponse { Result = new() { Count = Of(m.CollectionName).Count(m) } },
            QueryPoints m => new QueryResponse { Result = { Of(m.CollectionName).Query(m) } },
            _ => throw new RpcException(new Status(StatusCode.Unimplemented, request.Descriptor.Name)),
        };
    }

    private CollectionOperationResponse Create(CreateCollection request) =>
        _collections.TryAdd(request.CollectionName, new QdrantCollectionDouble(request))
            ? new CollectionOperationResponse { Result = true }
            : throw new RpcException(new Status(
                StatusCode.AlreadyExists, $"Wrong input: Collection `{request.CollectionName}` already exists!"));

    private QdrantCollectionDouble Of(string name) => _collections.TryGetValue(name, out var found) ? found
        : throw new RpcException(new Status(StatusCode.NotFound, $"Not found: Collection `{name}` doesn't exist!"));

    private static PointsOperationResponse Done(bool _) => new() { Result = new() { Status = UpdateStatus.Completed } };

    private sealed class Methods : IServiceMethodProvider<QdrantDouble>
    {
        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<QdrantDouble> context)
        {
            Add<HealthCheckRequest, HealthCheckReply>("qdrant.Qdrant", "HealthCheck");
            Add<CollectionExistsRequest, CollectionExistsResponse>("qdrant.Collections", "CollectionExists");
            Add<CreateCollection, CollectionOperationResponse>("qdrant.Collections", "Create");
            Add<CreateFieldIndexCollection, PointsOperationResponse>("qdrant.Points", "CreateFieldIndex");
            Add<UpsertPoints, PointsOperationResponse>("qdrant.Points", "Upsert");
            Add<DeletePoints, PointsOperationResponse>("qdrant.Points", "Delete");
            Add<CountPoints, CountResponse>("qdrant.Points", "Count");
            Add<QueryPoints, QueryResponse>("qdrant.Points", "Query");

            void Add<TRequest, TAnswer>(string service, string name)
                where TRequest : class, IMessage<TRequest>, new()
                where TAnswer : class, IMessage<TAnswer>, new() =>
                context.AddUnaryMethod(
                    new Method<TRequest, TAnswer>(MethodType.Unary, service, name, Wire<TRequest>(), Wire<TAnswer>()), [],
                    async (qdrant, request, call) => (TAnswer)await qdrant.Answer(request, call));
        }

        private static Marshaller<T> Wire<T>()
            where T : class, IMessage<T>, new() =>
            Marshallers.Create(message => message.ToByteArray(), bytes => new MessageParser<T>(() => new T()).ParseFrom(bytes));
    }
}
