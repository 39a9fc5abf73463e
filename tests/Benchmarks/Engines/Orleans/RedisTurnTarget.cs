using Colloquy.Benchmarks.Journals;
using Colloquy.Tests;

namespace Colloquy.Benchmarks.Turns;

internal sealed partial class TurnBenchmark
{
    static partial void AddEngineTargets(List<Func<Task<TurnTarget>>> targets)
    {
        if (RedisServer.Program is not null)
            targets.Add(StartRedis);
    }

    private static Task<TurnTarget> StartRedis()
    {
        var server = new RedisServer("--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0");
        return TurnTarget.Start("Redis",
            new()
            {
                ["REDIS_URL"] = $"redis://127.0.0.1:{server.Port}", ["COLLOQUY_SILO_PORT"] = "21111", ["COLLOQUY_GATEWAY_PORT"] = "21112",
                ["COLLOQUY_ADVERTISED_IP"] = "127.0.0.1",
            },
            () => Directory.GetFiles(server.AofDirectory).Sum(file => new FileInfo(file).Length),
            () => Environment.CpuUsage.TotalTime + JournalBenchmark.ReadCpu(server.ProcessId), server.Dispose);
    }
}
