using Colloquy.Doubles;
using Colloquy.Sessions;
using Colloquy.Storage;

namespace Colloquy.Tests.Sessions;

/// <summary>The session indexes that this machine can open, by name.</summary>
internal static partial class SessionIndexes
{
    private static readonly SortedDictionary<string, Func<(ISessionIndex Index, Action Close)>> All = Find();

    public static TheoryData<string> Names => [.. All.Keys];

    public static (ISessionIndex Index, Action Close) Open(string name) => All[name]();

    static partial void AddEngineIndexes(SortedDictionary<string, Func<(ISessionIndex Index, Action Close)>> indexes);

    private static SortedDictionary<string, Func<(ISessionIndex Index, Action Close)>> Find()
    {
        var indexes = new SortedDictionary<string, Func<(ISessionIndex Index, Action Close)>>(StringComparer.Ordinal)
        {
            ["memory"] = () => (new MemorySessionIndex(), () => { }),
            ["SQLite"] = OpenSqlite,
        };
        AddEngineIndexes(indexes);
        return indexes;
    }

    private static (ISessionIndex Index, Action Close) OpenSqlite()
    {
        var directory = new TempDirectory();
        var database = new SqliteDatabase(new StorageOptions { DataDirectory = directory.Path });
        return (new SqliteSessionIndex(database), () =>
        {
            database.Dispose();
            directory.Dispose();
        });
    }
}
