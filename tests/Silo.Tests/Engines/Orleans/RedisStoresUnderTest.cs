using Colloquy.Sessions;

namespace Colloquy.Tests.Journals
{
    internal static partial class JournalStores
    {
        static partial void AddEngineStores(SortedDictionary<string, Func<TimeProvider, OpenStore>> stores)
        {
            if (RedisServer.Program is null)
                return; // RedisJournalTests says so
            stores["Redis"] = time =>
            {
                var database = RedisServer.Shared.Open(RedisServer.NextPrefix());
                return new OpenStore("Redis", RedisServer.Shared.OpenJournals(database, time), database.Dispose);
            };
        }
    }
}

namespace Colloquy.Tests.Sessions
{
    internal static partial class SessionIndexes
    {
        static partial void AddEngineIndexes(SortedDictionary<string, Func<(ISessionIndex Index, Action Close)>> indexes)
        {
            if (RedisServer.Program is null)
                return; // RedisJournalTests says so
            indexes["Redis"] = () =>
            {
                var database = RedisServer.Shared.Open(RedisServer.NextPrefix());
                return (new RedisSessionIndex(database), database.Dispose);
            };
        }
    }
}
