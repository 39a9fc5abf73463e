using System.Collections.Immutable;

namespace Colloquy.Memory;

/// <summary>The memory of one scope, keyed by <c>{tenant}/{scope}</c>: facts, the graph that they make, and a search by
/// meaning.</summary>
[Alias("memory")]
public interface IMemoryGrain : IGrainWithStringKey
{
    /// <summary>Records facts. Durable on return; a repeat of the operation answers the same facts and changes nothing.</summary>
    /// <param name="operation">1 to 256 characters; facts' ids follow from it.</param>
    [Alias("record")]
    Task<MemoryResult> Record(string operation, ImmutableArray<FactDraft> drafts);

    /// <summary>A proposal becomes confirmed. Durable on return.</summary>
    [Alias("confirm")]
    Task<MemoryResult> Confirm(string factId);

    /// <summary>Removes a fact and everything that it superseded, with their vectors: it is as if it had never been told. Durable
    /// on return. False if there is none.</summary>
    [Alias("erase")]
    Task<bool> Erase(string factId);

    /// <summary>Removes the whole scope: no row, key or vector remains. Durable on return; answers how many facts there were.</summary>
    [Alias("erase-all")]
    Task<int> EraseAll();

    /// <summary>Facts, newest first.</summary>
    /// <param name="history">Whether superseded ones are among them.</param>
    [Alias("list"), AlwaysInterleave]
    Task<FactPage> List(bool history, string? cursor, int limit);

    [Alias("find"), AlwaysInterleave]
    Task<Fact?> Find(string factId);

    /// <summary>Facts in force that fit a text, best first; what has nothing to do with it is left out.</summary>
    [Alias("search"), AlwaysInterleave]
    Task<ImmutableArray<FactHit>> Search(string text, int limit);

    /// <summary>The surroundings of an entity, or the best-connected entities without one.</summary>
    /// <param name="depth">1 to 3 steps.</param>
    /// <param name="limit">1 to 200 entities.</param>
    [Alias("graph"), AlwaysInterleave]
    Task<MemoryGraph> Graph(string? entity, int depth, int limit);
}

[GenerateSerializer, Alias("memory.status")]
public enum MemoryStatus { Done, NotFound, Full, KeyReused, Superseded }

[GenerateSerializer, Alias("memory.result"), Immutable]
public sealed record MemoryResult(MemoryStatus Status, ImmutableArray<Fact> Facts);

public static class MemoryLimits
{
    /// <summary>Facts of one scope, superseded ones included.</summary>
    public const int Facts = 2_000;

    public const int TextCharacters = 500;
    public const int NameCharacters = 120;

    /// <summary>Facts of one command.</summary>
    public const int Drafts = 100;

    /// <summary>Characters of the operation that facts are recorded by.</summary>
    public const int OperationCharacters = 256;

    /// <summary>Facts of one page, and of one search.</summary>
    public const int Page = 100;

    /// <summary>Characters of a search that are looked at.</summary>
    public const int QueryCharacters = 4_000;

    /// <summary>Steps of a graph from its entity.</summary>
    public const int GraphDepth = 3;

    /// <summary>Entities of a graph.</summary>
    public const int GraphEntities = 200;
}
