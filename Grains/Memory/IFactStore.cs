namespace Colloquy.Memory;

/// <summary>Where facts are kept: rows of a scope that change together or not at all.</summary>
public interface IFactStore
{
    /// <summary>Everything of a scope. One that was never written, or was erased, has version 0 and no rows.</summary>
    Task<FactRows> Load(string tenant, string scope, CancellationToken cancellation);

    /// <summary>Puts and removes rows in one durable step. False if the scope's version is not the expected one: then nothing was
    /// done, and the caller loads again. After an exception the outcome is unknown.</summary>
    Task<bool> Change(FactChange change, CancellationToken cancellation);

    /// <summary>Removes every row of a scope and its version. Durable on return.</summary>
    Task Erase(string tenant, string scope, CancellationToken cancellation);
}

/// <param name="Version">
/// 0 for a scope without anything. The first change makes it a number that the scope is not likely to have had before (drawn at
/// random), also if it was erased meanwhile: who still holds the facts of before an erasure must not bring them back. Every
/// further change adds 1.
/// </param>
public sealed record FactRows(long Version, IReadOnlyList<FactRow> Rows);

/// <summary>A fact as it is stored.</summary>
/// <param name="Json">The fact, UTF-8.</param>
/// <param name="Embedder">Which model made the vector, or null without one.</param>
/// <param name="Vector">Little-endian 32-bit floats, or empty.</param>
public sealed record FactRow(string Id, ReadOnlyMemory<byte> Json, string? Embedder, ReadOnlyMemory<byte> Vector);

/// <param name="Expected">The version that the caller loaded.</param>
public sealed record FactChange(
    string Tenant, string Scope, long Expected, IReadOnlyList<FactRow> Puts, IReadOnlyList<string> Removes);
