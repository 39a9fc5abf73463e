using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>A scope as it is kept.</summary>
/// <param name="Version">Counts its changes.</param>
/// <param name="Slot">The next chunk's number in the scope; numbers are not given again.</param>
/// <param name="Length">Of all its chunks, in words.</param>
internal readonly record struct ScopeRow(long Id, int Dimensions, long Version, long Slot, long Chunks, long Length)
{
    private const int SlotBits = 32;

    public long IdOf(long slot) => (Id << SlotBits) | slot;

    /// <summary>What no id of this scope reaches.</summary>
    public long End => (Id + 1) << SlotBits;

    /// <summary>A word as it stands among the words of all scopes. No word holds the sign between.</summary>
    public string Term(string word) => $"{Id}_{word}";

    public static uint SlotOf(long id) => unchecked((uint)id);

    /// <exception cref="ArgumentException">The scope was made for vectors of another length.</exception>
    public static ScopeRow? Find(SqliteSession session, IndexScope scope)
    {
        using var row = session.Query(
            """
            SELECT id, dimensions, version, slot, chunks, length FROM scope
            WHERE tenant = @tenant AND collection = @collection AND generation = @generation
            """,
            ("@tenant", scope.Tenant), ("@collection", scope.Collection), ("@generation", scope.Generation));
        if (!row.Read())
            return null;
        var found = new ScopeRow(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3),
            row.GetInt64(4), row.GetInt64(5));
        return found.Dimensions == scope.Dimensions ? found : throw new ArgumentException(
            $"The scope has vectors of {found.Dimensions} dimensions, not {scope.Dimensions}.", nameof(scope));
    }

    public static ScopeRow Make(SqliteSession session, IndexScope scope)
    {
        session.Execute(
            """
            INSERT INTO scope (tenant, collection, generation, dimensions, version, slot, chunks, length)
            VALUES (@tenant, @collection, @generation, @dimensions, 0, 0, 0, 0)
            """,
            ("@tenant", scope.Tenant), ("@collection", scope.Collection), ("@generation", scope.Generation),
            ("@dimensions", scope.Dimensions));
        return Find(session, scope)!.Value;
    }

    public void Save(SqliteSession session)
    {
        if (Slot > uint.MaxValue)
            throw new InvalidOperationException($"Scope {Id} has no numbers left for chunks; index the collection anew.");
        session.Execute(
            "UPDATE scope SET version = @version, slot = @slot, chunks = @chunks, length = @length WHERE id = @id",
            ("@version", Version), ("@slot", Slot), ("@chunks", Chunks), ("@length", Length), ("@id", Id));
    }
}
