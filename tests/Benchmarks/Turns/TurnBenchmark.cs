namespace Colloquy.Benchmarks.Turns;

/// <summary>Whether a turn costs the same in a long conversation as in a short one: bytes and processor time, turn 1,000 to turn 10.</summary>
internal sealed partial class TurnBenchmark : IBenchmark
{
    private const int Sessions = 16;

    /// <summary>Turns on either side of a place that are measured with it: one alone is less than the clock can tell.</summary>
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
        await Rehearse(target);
        var sessions = new List<AskedSession>();
        for (var number = 0; number < Sessions; number++)
            sessions.Add(await AskedSession.Begin(target.Grains, number));
        await Ask(sessions, target, 9 - Around);
        var early = await Ask(sessions, target, (2 * Around) + 1);
        await Ask(sessions, target, 999 - Around - 10 - Around);
        var late = await Ask(sessions, target, (2 * Around) + 1);
        Console.WriteLine($"turns · {target.Name}: turn 1,000 to turn 10, {Sessions} sessions at once: "
            + $"bytes {late.Bytes / (double)early.Bytes:F3}, cpu {late.Cpu / early.Cpu:F3} "
            + $"({early.Bytes / early.Turns:N0} bytes and {early.Cpu.TotalMilliseconds / early.Turns:F2} ms a turn at 10, "
            + $"{late.Bytes / late.Turns:N0} and {late.Cpu.TotalMilliseconds / late.Turns:F2} at 1,000)");
    }

    /// <summary>Lets the just-in-time compiler do its work on a session that does not count.</summary>
    private static async Task Rehearse(TurnTarget target)
    {
        var session = await AskedSession.Begin(target.Grains, -1);
        for (var turn = 0; turn < 300; turn++)
            await session.Ask();
    }

    private static async Task<Cost> Ask(List<AskedSession> sessions, TurnTarget target, int turns)
    {
        var (bytes, cpu) = (target.BytesWritten(), target.Cpu());
        for (var turn = 0; turn < turns; turn++)
            await Task.WhenAll(sessions.Select(session => session.Ask()));
        return new(sessions.Count * turns, target.BytesWritten() - bytes, target.Cpu() - cpu);
    }

    private readonly record struct Cost(int Turns, long Bytes, TimeSpan Cpu);
}
