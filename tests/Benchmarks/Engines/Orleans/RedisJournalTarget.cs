using System.Globalization;
using Colloquy.Tests;

namespace Colloquy.Benchmarks.Journals;

internal sealed partial class JournalBenchmark
{
    private const double TicksPerSecond = 100; // USER_HZ, the unit of /proc/<pid>/stat

    static partial void AddEngineTargets(List<Func<JournalTarget>> targets)
    {
        if (RedisServer.Program is null)
            Console.WriteLine("Redis: left out, redis-server is not on the PATH.");
        else
            targets.Add(OpenRedis);
    }

    private static JournalTarget OpenRedis()
    {
        var server = new RedisServer("--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0");
        var database = server.Open();
        return new JournalTarget(
            "Redis",
            server.OpenJournals(database),
            () => Directory.GetFiles(server.AofDirectory).Sum(file => new FileInfo(file).Length),
            () => Environment.CpuUsage.TotalTime + ReadCpu(server.ProcessId),
            Syncs: null,
            () =>
            {
                database.Dispose();
                server.Dispose();
            });
    }

    internal static TimeSpan ReadCpu(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // what follows the name begins with field 3
        var ticks = fields[11..13].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}
