using Colloquy.Doubles;
using Colloquy.Journals;
using Colloquy.Storage;

namespace Colloquy.Tests.Journals;

public sealed class SqliteCrashTests
{
    [Fact]
    public async Task Every_acknowledged_append_is_there_after_the_process_was_killed()
    {
        using var directory = new TempDirectory();
        var acknowledged = await RunAndKill(directory.Path, after: 400);

        using var database = new SqliteDatabase(new StorageOptions { DataDirectory = directory.Path });
        var journals = new SqliteJournalStore(database, TimeProvider.System);

        Assert.All(acknowledged, pair => IsWhole(journals, pair.Key, pair.Value).GetAwaiter().GetResult());
    }

    private static async Task IsWhole(SqliteJournalStore journals, int writer, long acknowledged)
    {
        var claim = await journals.Claim(CrashWriter.Name(writer), default);

        Assert.InRange(claim.Head, acknowledged, acknowledged + 1); // one more may have been on its way
        Assert.Equal(claim.Head, claim.Tail.Count);
        Assert.All(claim.Tail, line => Assert.Equal(CrashWriter.Line(writer, line.Seq), line.Utf8.ToArray()));
        Assert.NotNull(await journals.FindOperation(CrashWriter.Name(writer), $"key {claim.Head}", default));
        Assert.Contains(CrashWriter.Name(writer), await journals.FindOverdue(0, 63, DateTimeOffset.UnixEpoch, 100, default));
    }

    private static async Task<SortedDictionary<int, long>> RunAndKill(string directory, int after)
    {
        using var process = CrashWriter.Start(directory);
        var acknowledged = new SortedDictionary<int, long>();
        for (var lines = 0; await process.StandardOutput.ReadLineAsync().Within("a line of the writer") is { } line; lines++)
        {
            if (lines == after)
                process.Kill(); // SIGKILL; what it still printed is read to the end
            if (line.Split(' ') is [var writer, var head])
                acknowledged[int.Parse(writer)] = long.Parse(head);
        }
        await process.WaitForExitAsync().Within("the writer end");
        Assert.True(acknowledged.Count == CrashWriter.Writers, await process.StandardError.ReadToEndAsync());
        return acknowledged;
    }
}
