using Colloquy.Embeddings;
using Colloquy.Kernel;

namespace Colloquy.Knowledge;

/// <summary>What collections are kept in and read with. A silo without an index has none of them: nothing is put in its place.</summary>
internal sealed class KnowledgePorts(
    IPassageIndex? index, IDocumentStore? documents, IEmbedders? embedders, IEnumerable<IDocumentReader> readers,
        TimeProvider clock)
{
    /// <summary>The setting that a deployment without an index lacks.</summary>
    public const string IndexSetting = "QDRANT_URL";

    public bool HasIndex => index is not null && documents is not null && embedders is not null;

    public bool HasEmbedders => embedders is not null;

    public IPassageIndex Index => index ?? throw Missing();

    public IDocumentStore Documents => documents ?? throw Missing();

    public IEmbedders Embedders => embedders ?? throw Missing();

    public DocumentReaders Readers { get; } = new(readers);

    public CollectionVersions Versions { get; } = new();

    public TimeProvider Clock => clock;

    public DateTimeOffset Now => clock.Milliseconds();

    private static InvalidOperationException Missing() => new($"There is no passage index: the setting {IndexSetting} is missing.");
}

/// <summary>Counts what this silo changed in collections, so that nothing kept of them outlives a change.</summary>
/// <remarks>Collections share counters: a change of another one costs a search, and never an answer.</remarks>
internal sealed class CollectionVersions
{
    private readonly long[] _counts = new long[4096];

    public long Of(string tenant, string collection) => Volatile.Read(ref _counts[Place(tenant, collection)]);

    public void Raise(string tenant, string collection) => Interlocked.Increment(ref _counts[Place(tenant, collection)]);

    private int Place(string tenant, string collection) =>
        (int)((uint)string.GetHashCode($"{tenant}/{collection}", StringComparison.Ordinal) % (uint)_counts.Length);
}
