using System.Net;
using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Tests.Knowledge;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Colloquy.Tests.Hosting;

public sealed class QdrantHostingTests : IDisposable
{
    private readonly TempDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_cluster_without_Qdrant_has_documents_and_facts_and_no_index()
    {
        await using var app = Build(("REDIS_URL", "redis://127.0.0.1:1"));
        Assert.Null(app.Services.GetService<IPassageIndex>());
        Assert.IsType<RedisDocumentStore>(app.Services.GetRequiredService<IDocumentStore>());
        Assert.IsType<RedisFactStore>(app.Services.GetRequiredService<IFactStore>());
        Assert.Contains("application/pdf", app.Services.GetServices<IDocumentReader>().SelectMany(reader => reader.MediaTypes));
    }

    [Theory]
    [InlineData("redis://127.0.0.1:1", "ward-passages-1")]
    [InlineData("", "colloquy-passages-1")]
    public async Task With_Qdrant_it_is_the_one_index_and_asked_with_its_key(string redis, string collection)
    {
        await using var qdrant = await QdrantDouble.Start("a-key");
        await using var app = Build(("REDIS_URL", redis), ("COLLOQUY_REDIS_PREFIX", "ward"),
            ("QDRANT_URL", qdrant.Address.ToString()), ("QDRANT_API_KEY", "a-key"));

        var index = Assert.IsType<QdrantPassageIndex>(Assert.Single(app.Services.GetServices<IPassageIndex>()));
        await index.Replace(new("acme", "notes", 1, 1),
            [new("a", "Title", DocumentFields.None, [new("", 0, "text", new float[] { 1 })])], default);

        Assert.Equal([collection], qdrant.Collections);
    }

    [Fact]
    public async Task A_Qdrant_that_fails_degrades_the_process_and_takes_it_not_out_of_service()
    {
        await using var qdrant = await QdrantDouble.Start();
        await using var app = Build(("QDRANT_URL", qdrant.Address.ToString()));
        app.MapColloquyHealth();
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        using var http = new HttpClient { BaseAddress = new Uri(addresses.First()) };

        Assert.Equal((HttpStatusCode.OK, "healthy"), await Ready(http));
        qdrant.Before = (_, _) => throw new RpcException(new Status(StatusCode.Unavailable, "no"));
        Assert.Equal((HttpStatusCode.OK, "degraded"), await Ready(http));
        await app.StopAsync();
    }

    [Fact]
    public async Task The_doctor_knows_a_Qdrant_that_answers_from_one_that_refuses_or_is_not_there()
    {
        var qdrant = await QdrantDouble.Start("a-good-key");
        var address = qdrant.Address.ToString();
        var fine = await Look(address, "a-good-key");
        var locked = await Look(address, "a-bad-key");
        await qdrant.DisposeAsync();
        var gone = await Look(address, "a-good-key");

        Assert.Equal((Condition.Ok, true), (fine.Condition, fine.Detail.Contains(QdrantDouble.Version, StringComparison.Ordinal)));
        Assert.Equal((Condition.Wrong, true), (locked.Condition, locked.Detail.Contains("QDRANT_API_KEY", StringComparison.Ordinal)));
        Assert.Equal((Condition.Wrong, true), (gone.Condition, gone.Detail.Contains("6334", StringComparison.Ordinal)));
        Assert.DoesNotContain("-key", $"{fine.Detail}{locked.Detail}{gone.Detail}", StringComparison.Ordinal);
    }

    private async Task<Finding> Look(string address, string key)
    {
        var findings = await Doctor.Examine(SettingsTests.Configuration(
            ("COLLOQUY_DATA", _home.Path), ("QDRANT_URL", address), ("QDRANT_API_KEY", key)), CancellationToken.None);
        return findings.Single(finding => finding.Name == "Qdrant");
    }

    private static async Task<(HttpStatusCode Code, string? Qdrant)> Ready(HttpClient http)
    {
        using var answer = await http.GetAsync("/health/ready");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, body.RootElement.GetProperty("checks").GetProperty("qdrant").GetString());
    }

    private WebApplication Build(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Configuration.AddConfiguration(SettingsTests.Configuration(
            [("COLLOQUY_DATA", Path.Combine(_home.Path, "data")), ("COLLOQUY_URLS", "http://127.0.0.1:0"),
                ("COLLOQUY_LOG_LEVEL", "fatal"), .. settings]));
        builder.AddColloquySilo();
        return builder.Build();
    }
}
