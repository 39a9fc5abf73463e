namespace Colloquy.Knowledge;

/// <summary>Which Qdrant holds the passages, and how it is asked.</summary>
internal sealed record QdrantOptions
{
    /// <summary>The address of its gRPC port, 6334 as a rule.</summary>
    public required Uri Address { get; init; }

    /// <summary>Sent with every call, or null.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What the names of our collections in Qdrant begin with: deployments with different prefixes share a Qdrant and
    /// see nothing of each other.</summary>
    public string Prefix { get; init; } = "colloquy";

    /// <summary>How long a call may take; then its outcome is unknown. Less than a caller waits for a grain, so that it hears of
    /// a Qdrant that hangs, and not of a grain.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Compares a query with every vector of its scope, as <see cref="IPassageIndex"/> promises. A scope is one collection of one
    /// tenant: 100,000 vectors of 1,536 numbers are 0.6 GB of memory read for each search. False searches a graph of each tenant
    /// instead, which is faster from there on, and misses some of the nearest. It counts when a collection is made in Qdrant,
    /// since only then it is given its graph.
    /// </summary>
    public bool Exact { get; init; } = true;

    /// <summary>Points of one request: about 1 MB with the longest vectors in use.</summary>
    public int BatchMax { get; init; } = 64;
}
