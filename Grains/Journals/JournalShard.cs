namespace Colloquy.Journals;

/// <summary>Divides journals into shards: the unit of sweeping, and of placement in a partitioned store.</summary>
public static class JournalShard
{
    /// <summary>Chosen once: it is part of the keys on disk.</summary>
    public const int Count = 64;

    /// <summary>The shard of a journal: FNV-1a over the UTF-16 units of its name, the same in every process and version.</summary>
    public static int Of(string journal)
    {
        var hash = 2166136261u;
        foreach (var unit in journal)
            hash = unchecked((hash ^ unit) * 16777619u);
        return (int)(hash % Count);
    }
}
