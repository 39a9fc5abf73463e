using Colloquy.Journals;
using Colloquy.Storage;

namespace Colloquy.Benchmarks.Journals;

/// <summary>A store to measure, and where its cost can be read.</summary>
/// <param name="BytesWritten">Bytes that went to the disk since some beginning.</param>
/// <param name="Cpu">Processor time of everything that takes part.</param>
/// <param name="Syncs">Syncs of the disk since some beginning, where they can be counted.</param>
internal sealed record JournalTarget(
    string Name, IJournalStore Journals, Func<long> BytesWritten, Func<TimeSpan> Cpu, Func<long>? Syncs, Action Close)
    : IDisposable
{
    public static JournalTarget Sqlite()
    {
        var directory = Directory.CreateTempSubdirectory("colloquy-bench-").FullName;
        var database = new SqliteDatabase(new StorageOptions { DataDirectory = directory });
        return new JournalTarget(
            "SQLite",
            new SqliteJournalStore(database, TimeProvider.System),
            () => ReadCounter("/proc/self/io", "write_bytes"),
            () => Environment.CpuUsage.TotalTime,
            () => database.Commits,
            () =>
            {
                database.Dispose();
                Directory.Delete(directory, recursive: true);
            });
    }

    /// <summary>Reads <c>name: number</c> out of a file of the kernel.</summary>
    public static long ReadCounter(string file, string name) => long.Parse(
        File.ReadLines(file).First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..]);

    public void Dispose() => Close();
}
