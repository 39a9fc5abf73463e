namespace Colloquy.Benchmarks.Turns;

/// <summary>Whether a turn costs the same in a long conversation as in a short one: bytes and processor time, turn 1,000 to
/// turn 10.</summary>
internal sealed partial class TurnBenchmark : IBenchmark
{
    private const int Long = 4;

    /// <summary>Short sessions for each long one: as many turns are measured on either side, of which one alone is less than the
    /// clock can tell, and snapshots come once in many.</summary>
    private const int Short = 9;

    /// <summary>Turns on either side of the tenth that are measured with it.</summary>
    private const int Around = 4;

    public string Name => "turns";

    public async Task Run()
    {
        foreach (var start in Targets())
        {
            var target = await start();
            await Measure(target);
            await target.Stop();
        }
    }

    private static List<Func<Task<TurnTarget>>> Targets()
    {
        var targets = new List<Func<Task<TurnTarget>>> { TurnTarget.Sqlite };
        AddEngineTargets(targets);
        return targets;
    }

    static partial void AddEngineTargets(List<Func<Task<TurnTarget>>> targets);

    private static async Task Measure(TurnTarget target)
    {
        var old = await Begin(target, 0, Long);
        for (var turn = 0; turn < 1_000 - (Short * Around); turn++)
            await Task.WhenAll(old.Select(session => session.Ask()));
        var (late, early) = (default(Cost), default(Cost));
        // In turns, one question at a time, in the same store: so neither the store's own growth nor a compiler at work counts
        // for one side, and nobody shares a commit.
        for (var round = 0; round < Short; round++)
        {
            var fresh = await Begin(target, Long + (round * Long), Long);
            for (var turn = 0; turn < 9 - Around; turn++)
                await Task.WhenAll(fresh.Select(session => session.Ask()));
            early += await Ask(fresh, target);
            late += await Ask(old, target);
            await Task.WhenAll(fresh.Select(session => session.Leave(target.Grains)));
        }
        Console.WriteLine($"turns · {target.Name}: turn 1,000 to turn 10, {late.Turns} turns each: "
            + $"bytes {late.Bytes / (double)early.Bytes:F3}, cpu {late.Cpu / early.Cpu:F3} "
            + $"({early.Bytes / early.Turns:N0} bytes and {early.Cpu.TotalMilliseconds / early.Turns:F2} ms a turn at 10, "
            + $"{late.Bytes / late.Turns:N0} and {late.Cpu.TotalMilliseconds / late.Turns:F2} at 1,000)");
    }

    private static async Task<List<AskedSession>> Begin(TurnTarget target, int first, int count)
    {
        var sessions = new List<AskedSession>();
        for (var number = first; number < first + count; number++)
            sessions.Add(await AskedSession.Begin(target.Grains, number));
        return sessions;
    }

    private static async Task<Cost> Ask(List<AskedSession> sessions, TurnTarget target)
    {
        var (bytes, cpu) = (target.BytesWritten(), target.Cpu());
        for (var turn = 0; turn < (2 * Around) + 1; turn++)
            foreach (var session in sessions)
                await session.Ask();
        return new(sessions.Count * ((2 * Around) + 1), target.BytesWritten() - bytes, target.Cpu() - cpu);
    }

    private readonly record struct Cost(int Turns, long Bytes, TimeSpan Cpu)
    {
        public static Cost operator +(Cost left, Cost right) =>
            new(left.Turns + right.Turns, left.Bytes + right.Bytes, left.Cpu + right.Cpu);
    }
}
