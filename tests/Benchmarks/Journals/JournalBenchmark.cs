using System.Diagnostics;
using Colloquy.Journals;

namespace Colloquy.Benchmarks.Journals;

/// <summary>What an acknowledged append costs: with one writer and with many, and early and late in a journal's life.</summary>
internal sealed partial class JournalBenchmark : IBenchmark
{
    private const int Writers = 64;
    private const int LineBytes = 2048;
    private const int LongJournals = 32;
    private const int Window = 10;
    private const int Rounds = 7;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(4);

    public string Name => "journal";

    public async Task Run()
    {
        foreach (var open in Targets())
        {
            using var target = open();
            await MeasureRates(target);
            await MeasureGrowth(target);
        }
    }

    private static IEnumerable<Func<JournalTarget>> Targets()
    {
        var targets = new List<Func<JournalTarget>> { JournalTarget.Sqlite };
        AddEngineTargets(targets);
        return targets;
    }

    static partial void AddEngineTargets(List<Func<JournalTarget>> targets);

    private static async Task MeasureRates(JournalTarget target)
    {
        await MeasureRate(target, "warm", 8, Span / 4);
        var one = await MeasureRate(target, "one", 1, Span);
        var many = await MeasureRate(target, "many", Writers, Span);
        Console.WriteLine($"{target.Name}: {Writers} writers / 1 writer = {many.Rate / one.Rate:F1} of the appends a second"
            + (target.Syncs is null ? "" : $", {1 / many.Syncs:F0} appends a sync"));
        Console.WriteLine($"  1 writer: {one.Rate:F0} appends/s, {one.Micros:F0} µs CPU each; "
            + $"{Writers} writers: {many.Rate:F0} appends/s, {many.Micros:F0} µs CPU each");
    }

    private static async Task<(double Rate, double Micros, double Syncs)> MeasureRate(
        JournalTarget target, string name, int writers, TimeSpan span)
    {
        var (cpu, syncs, clock) = (target.Cpu(), target.Syncs?.Invoke() ?? 0, Stopwatch.StartNew());
        var heads = await Task.WhenAll(Enumerable.Range(0, writers).Select(n => Task.Run(async () =>
        {
            var writer = await Writer.Open(target.Journals, $"bench/{name}/{n}");
            while (clock.Elapsed < span)
                await writer.Append();
            return writer.Head;
        })));
        double appends = heads.Sum();
        return (appends / clock.Elapsed.TotalSeconds, (target.Cpu() - cpu).TotalMicroseconds / appends,
            ((target.Syncs?.Invoke() ?? 0) - syncs) / appends);
    }

    // Early and late take turns, because the machine is not the same from one second to the next.
    private static async Task MeasureGrowth(JournalTarget target)
    {
        var late = await OpenJournals(target, "late");
        await GrowTo(late, 1000 - (Window / 2));
        var rounds = new List<(double Bytes, double Micros, double LateBytes, double LateMicros)>();
        for (var round = 0; round < Rounds; round++)
        {
            var early = await OpenJournals(target, $"early{round}");
            await GrowTo(early, 10 - (Window / 2));
            var (first, second) = (await MeasureWindow(target, early), await MeasureWindow(target, late));
            rounds.Add((first.Bytes, first.Micros, second.Bytes, second.Micros));
        }
        Console.WriteLine($"{target.Name}: append 1,000 / append 10 = "
            + $"{Median(rounds.Select(r => r.LateBytes / r.Bytes)):F2} of the bytes, "
            + $"{Median(rounds.Select(r => r.LateMicros / r.Micros)):F2} of the CPU");
        Console.WriteLine($"  for a line of {LineBytes} bytes: {Median(rounds.Select(r => r.Bytes)):F0} and "
            + $"{Median(rounds.Select(r => r.LateBytes)):F0} bytes written, {Median(rounds.Select(r => r.Micros)):F0} and "
            + $"{Median(rounds.Select(r => r.LateMicros)):F0} µs CPU");
    }

    private static Task<Writer[]> OpenJournals(JournalTarget target, string name) => Task.WhenAll(
        Enumerable.Range(0, LongJournals).Select(n => Writer.Open(target.Journals, $"bench/{name}/{n}")));

    private static Task GrowTo(Writer[] writers, int head) => Task.WhenAll(writers.Select(async writer =>
    {
        while (writer.Head < head)
            await writer.Append();
    }));

    // The mean over the next appends of all journals, one at a time.
    private static async Task<(double Bytes, double Micros)> MeasureWindow(JournalTarget target, Writer[] writers)
    {
        var (bytes, cpu) = (target.BytesWritten(), target.Cpu());
        for (var n = 0; n < Window; n++)
            foreach (var writer in writers)
                await writer.Append();
        double appends = Window * writers.Length;
        return ((target.BytesWritten() - bytes) / appends, (target.Cpu() - cpu).TotalMicroseconds / appends);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    /// <summary>Appends to one journal what a chat turn would: a line, an operation, and open work.</summary>
    private sealed class Writer(IJournalStore journals, string journal, long epoch)
    {
        private static readonly byte[] Line = new byte[LineBytes];

        public long Head { get; private set; }

        public static async Task<Writer> Open(IJournalStore journals, string journal) =>
            new(journals, journal, (await journals.Claim(journal, default)).Epoch);

        public async Task Append()
        {
            var outcome = await journals.Append(new JournalAppend
            {
                Journal = journal,
                Epoch = epoch,
                Head = Head,
                Lines = [Line],
                Operation = new($"operation {Head}", "fingerprint", "answer", DateTimeOffset.UtcNow.AddDays(1)),
                Work = Head % 2 == 0 ? WorkChange.Open : WorkChange.Close,
                Deadline = DateTimeOffset.UtcNow,
            }, default);
            Head = outcome.Status is AppendStatus.Appended ? outcome.Head : throw new InvalidOperationException($"{outcome}");
        }
    }
}
