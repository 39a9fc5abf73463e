using System.Net;
using System.Net.Sockets;
using Colloquy.Hosting;
using Colloquy.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Colloquy.Tests.Hosting;

public sealed class ClusterTests
{
    private readonly string _prefix = RedisServer.NextPrefix();

    [RedisFact]
    public async Task Two_silos_and_a_client_find_each_other_through_redis_alone()
    {
        await using var one = Build("silo");
        await one.StartAsync();
        await using var two = Build("silo");
        await two.StartAsync();
        await using var client = Build("api");
        await client.StartAsync();

        var cluster = client.Services.GetRequiredService<IClusterClient>();
        Assert.Equal(2, (await cluster.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count);
        CallerTenant.Set(TenantKey.System);
        var health = await cluster.GetGrain<IHealthGrain>(TenantKey.For(TenantKey.System, "health")).Check();
        Assert.True(Assert.Single(health).IsHealthy);

        await client.StopAsync();
        await two.StopAsync();
        await one.StopAsync();
    }

    [RedisFact]
    public async Task A_redis_that_may_lose_what_it_acknowledged_ends_the_process_with_a_sentence()
    {
        using var forgetful = new RedisServer("--appendonly", "no");
        using var said = new StringWriter();
        var code = await ProcessExit.Run(said, async () =>
        {
            await using var silo = Build("silo", forgetful.Port);
            await silo.StartAsync();
        });
        Assert.Equal(ProcessExit.StoreUnusable, code);
        Assert.Contains("appendonly", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_nobody_runs_ends_the_process_with_a_sentence()
    {
        using var said = new StringWriter();
        var code = await ProcessExit.Run(said, async () =>
        {
            await using var silo = Build("silo", FreePort());
            await silo.StartAsync();
        });
        Assert.Equal(ProcessExit.StoreUnusable, code);
        Assert.Contains("The store does not answer", said.ToString(), StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task The_doctor_knows_a_redis_that_keeps_its_word_from_one_that_does_not()
    {
        using var forgetful = new RedisServer("--appendonly", "no");
        Assert.Equal(Condition.Ok, (await Redis($"redis://127.0.0.1:{RedisServer.Shared.Port}")).Condition);
        Assert.Contains("appendonly", (await Redis($"redis://127.0.0.1:{forgetful.Port}")).Detail, StringComparison.Ordinal);
        var gone = await Redis($"redis://user:a-password@127.0.0.1:{FreePort()}");
        Assert.Equal(Condition.Wrong, gone.Condition);
        Assert.DoesNotContain("a-password", gone.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_of_redis_that_cannot_be_read_is_a_mistake_and_not_shown()
    {
        var wrong = Assert.Throws<SettingsException>(() => ColloquySettings.Read(
            SettingsTests.Configuration(("REDIS_URL", "host:6379,nonsense=a-password"))));
        Assert.StartsWith("REDIS_URL must be an address", Assert.Single(wrong.Mistakes), StringComparison.Ordinal);
        Assert.DoesNotContain("a-password", wrong.ToString(), StringComparison.Ordinal);
    }

    private static async Task<Finding> Redis(string address)
    {
        var findings = await Doctor.Examine(SettingsTests.Configuration(("REDIS_URL", address)), CancellationToken.None);
        return findings.Single(finding => finding.Name == "Redis");
    }

    private WebApplication Build(string role, int? redis = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddConfiguration(SettingsTests.Configuration(
            ("COLLOQUY_ROLE", role), ("REDIS_URL", $"redis://127.0.0.1:{redis ?? RedisServer.Shared.Port}"),
            ("COLLOQUY_CLUSTER_ID", _prefix), ("COLLOQUY_SERVICE_ID", _prefix), ("COLLOQUY_REDIS_PREFIX", _prefix),
            ("COLLOQUY_ADVERTISED_IP", "127.0.0.1"), ("COLLOQUY_SILO_PORT", $"{FreePort()}"),
            ("COLLOQUY_GATEWAY_PORT", $"{FreePort()}"), ("COLLOQUY_HEALTH_PORT", $"{FreePort()}"),
            ("COLLOQUY_URLS", "http://127.0.0.1:0"), ("COLLOQUY_LOG_LEVEL", "fatal"),
            ("COLLOQUY_PROBE_SECONDS", "10"))); // three processes in one: a pause of the machine is no death
        builder.AddColloquy();
        return builder.Build();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
