using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Colloquy.Journals;
using Colloquy.Storage;

namespace Colloquy.Tests.Journals;

/// <summary>A process that appends as fast as it can and prints what was acknowledged, until somebody kills it.</summary>
internal static class CrashWriter
{
    public const int Writers = 8;

    public static string Name(int writer) => $"crash/session/{writer}";

    public static byte[] Line(int writer, long seq) => Encoding.UTF8.GetBytes($"writer {writer} line {seq}");

    public static Process Start(string directory)
    {
        // ../shared/Microsoft.NETCore.App/<version>/ below the directory of the host.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Process.Start(new ProcessStartInfo(Path.Combine(root, "dotnet"))
        {
            ArgumentList = { "exec", typeof(CrashWriter).Assembly.Location, "write-journals", directory },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    public static async Task<int> Write(string directory)
    {
        using var database = new SqliteDatabase(new StorageOptions { DataDirectory = directory });
        var journals = new SqliteJournalStore(database, TimeProvider.System);
        var output = TextWriter.Synchronized(Console.Out);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Write(journals, writer, output)));
        return 0;
    }

    private static async Task Write(SqliteJournalStore journals, int writer, TextWriter output)
    {
        var claim = await journals.Claim(Name(writer), default);
        for (var head = claim.Head; ; head++)
        {
            var appended = await journals.Append(new JournalAppend
            {
                Journal = Name(writer),
                Epoch = claim.Epoch,
                Head = head,
                Lines = [Line(writer, head + 1)],
                Operation = new($"key {head + 1}", "print", "answer", DateTimeOffset.UtcNow.AddDays(1)),
                Work = WorkChange.Open,
                Deadline = DateTimeOffset.UnixEpoch,
            }, default);
            await output.WriteLineAsync($"{writer} {appended.Head}");
        }
    }
}
