using Colloquy.Doubles;
using Colloquy.Journals;
using Colloquy.Storage;

namespace Colloquy.Tests.Journals;

/// <summary>A store under test, and what goes with it.</summary>
internal sealed record OpenStore(string Name, IJournalStore Journals, Action Close) : IDisposable
{
    public void Dispose() => Close();
}

/// <summary>The journal stores that this machine can open, by name.</summary>
internal static partial class JournalStores
{
    private static readonly SortedDictionary<string, Func<TimeProvider, OpenStore>> All = Find();

    public static IEnumerable<string> Names => All.Keys;

    public static OpenStore Open(string name, TimeProvider? time = null) => All[name](time ?? TimeProvider.System);

    static partial void AddEngineStores(SortedDictionary<string, Func<TimeProvider, OpenStore>> stores);

    private static SortedDictionary<string, Func<TimeProvider, OpenStore>> Find()
    {
        var stores = new SortedDictionary<string, Func<TimeProvider, OpenStore>>(StringComparer.Ordinal)
        {
            ["memory"] = _ => new OpenStore("memory", new MemoryJournalStore(), () => { }),
            ["SQLite"] = OpenSqlite,
        };
        AddEngineStores(stores);
        return stores;
    }

    private static OpenStore OpenSqlite(TimeProvider time)
    {
        var directory = new TempDirectory();
        var database = new SqliteDatabase(new StorageOptions { DataDirectory = directory.Path });
        return new("SQLite", new SqliteJournalStore(database, time), () =>
        {
            database.Dispose();
            directory.Dispose();
        });
    }
}
