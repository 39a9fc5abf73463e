using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.FakeModel;
using Colloquy.Hosting;
using Colloquy.Knowledge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Colloquy.Tests;

/// <summary>The whole product in this process, on a free port with its own data and a model server of its own.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    public const string OperatorKey = "operator-key-of-these-tests";
    private readonly string _data = Directory.CreateTempSubdirectory("colloquy-api-").FullName;
    private readonly StringWriter _console = new();
    private WebApplication? _app;
    private int _tenants;

    public FakeModelServer Model { get; private set; } = null!;

    public Uri Root { get; private set; } = null!;

    /// <summary>A client with the operator's key.</summary>
    public HttpClient Operator { get; private set; } = null!;

    /// <summary>A client without any key.</summary>
    public HttpClient Stranger { get; private set; } = null!;

    /// <summary>What the application printed to standard output itself.</summary>
    public string Printed => _console.ToString();

    /// <summary>Every route that the application has mapped.</summary>
    internal IReadOnlyList<(string Method, string Path, bool IsExcluded)> Routes =>
    [
        .. ((IEndpointRouteBuilder)_app!).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => (method, $"/{route.RoutePattern.RawText!.Trim('/')}",
                    route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription is true))),
    ];

    public async Task InitializeAsync()
    {
        await Begin();
        await Start(OperatorKey);
    }

    /// <summary>Starts the model server alone.</summary>
    public async Task Begin() => Model = await FakeModelServer.Start();

    public async Task DisposeAsync()
    {
        await Stop();
        await Model.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    public async Task Start(string? bootstrapKey)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Colloquy.Api", ContentRootPath = _data, EnvironmentName = "Production",
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["COLLOQUY_ROLE"] = "all", ["COLLOQUY_DATA"] = Path.Combine(_data, "data"), ["COLLOQUY_URLS"] = "http://127.0.0.1:0",
            ["COLLOQUY_BOOTSTRAP_KEY"] = bootstrapKey, ["COLLOQUY_LOG_LEVEL"] = "error",
                ["COLLOQUY_CORS_ORIGINS"] = "https://app.example",
            ["OPENAI_API_KEY"] = "sk-test", ["OPENAI_BASE_URL"] = Model.BaseUrl, ["COLLOQUY_DRAIN_SECONDS"] = "5",
        });
        builder.Services.AddSingleton<TextWriter>(_console);
        builder.AddColloquy();
        builder.AddApi();
        _app = builder.Build();
        _app.UseApi();
        await _app.StartAsync();
        Root = new Uri(_app.Urls.First());
        Operator = Client(OperatorKey);
        Stranger = Client(null);
    }

    public async Task Stop()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    public HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = Root };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A new tenant, and a client with a key of it.</summary>
    public async Task<HttpClient> Tenant(params string[] roles)
    {
        var id = await NewTenant();
        return Client((string)(await NewKey(id, roles.Length == 0 ? ["user", "admin"] : roles))["key"]!);
    }

    public async Task<string> NewTenant()
    {
        var id = $"t{Interlocked.Increment(ref _tenants)}";
        (await Operator.PostAsJsonAsync("/v1/admin/tenants", new { id, name = "Test", plan = "free" })).EnsureSuccessStatusCode();
        return id;
    }

    public async Task<JsonNode> NewKey(string tenant, params string[] roles)
    {
        var answer = await Operator.PostAsJsonAsync($"/v1/admin/tenants/{tenant}/keys", new { name = "test", roles });
        answer.EnsureSuccessStatusCode();
        return await answer.Json();
    }
}

/// <summary>Tests that share one host. Each has tenants of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ApiTests : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}
