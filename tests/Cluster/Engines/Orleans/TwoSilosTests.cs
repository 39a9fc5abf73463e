using Colloquy.Clusters.Panels;
using Colloquy.FakeModel;
using Colloquy.Tests;
using Xunit.Abstractions;

namespace Colloquy.Clusters;

/// <summary>Two silos, an API and a real Redis, each a process of its own.</summary>
public sealed class TwoSilosTests(ITestOutputHelper output)
{
    private const string Key = "operator-key-of-the-cluster-tests";

    [RedisFact]
    public Task With_one_of_two_silos_killed_at_any_moment_nothing_is_lost_or_doubled() =>
        Run((root, _, strike) => new KillScenario(root, Key, strike, seed: 2).Run());

    [RedisFact]
    public Task With_one_of_two_silos_killed_at_any_moment_panels_lose_and_double_nothing() =>
        Run((root, model, strike) => new PanelScenario(root, Key, model, strike, seed: 4, passes: 3).Run());

    /// <summary>Runs a scenario in which each strike kills the silo that was not killed last.</summary>
    private async Task Run(Func<Uri, FakeModelServer, Func<Task>, Task<string>> scenario)
    {
        await using var model = await FakeModelServer.Start(new() { RequestsKept = 100_000 });
        using var redis = new RedisServer();
        var root = new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}");
        using var one = Silo(redis, model);
        using var two = Silo(redis, model);
        using var api = new ServerProcess("Colloquy.Api.dll", new(Common(redis, model))
        {
            ["COLLOQUY_ROLE"] = "api", ["COLLOQUY_URLS"] = root.ToString(), ["COLLOQUY_BOOTSTRAP_KEY"] = Key,
        });
        await one.Start();
        await two.Start();
        await api.Start();
        var next = 0;
        output.WriteLine(await scenario(root, model, async () =>
        {
            var victim = next++ % 2 == 0 ? one : two;
            await victim.Kill();
            await victim.Start();
        }));
    }

    private static ServerProcess Silo(RedisServer redis, FakeModelServer model) => new("Colloquy.Silo.dll", new(Common(redis, model))
    {
        ["COLLOQUY_ROLE"] = "silo", ["COLLOQUY_SILO_PORT"] = $"{ServerProcess.FreePort()}",
        ["COLLOQUY_GATEWAY_PORT"] = $"{ServerProcess.FreePort()}", ["COLLOQUY_HEALTH_PORT"] = $"{ServerProcess.FreePort()}",
    });

    private static Dictionary<string, string> Common(RedisServer redis, FakeModelServer model) => new()
    {
        ["REDIS_URL"] = $"redis://127.0.0.1:{redis.Port}", ["COLLOQUY_CLUSTER_ID"] = "cluster-tests",
        ["COLLOQUY_ADVERTISED_IP"] = "127.0.0.1", ["COLLOQUY_PROBE_SECONDS"] = "1",
        ["OPENAI_BASE_URL"] = model.BaseUrl, ["OPENAI_API_KEY"] = "none-is-needed-here",
    };
}
