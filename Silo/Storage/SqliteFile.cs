using Colloquy.Knowledge;

namespace Colloquy.Storage;

/// <summary>One of the files in the data directory, each with a writer of its own.</summary>
/// <param name="Name">In the data directory.</param>
/// <param name="Steps">Step n brings it from <c>user_version</c> n to n + 1.</param>
/// <param name="OwnsDirectory">Whether it takes the directory's lock: one file does, and is opened before the others.</param>
internal sealed record SqliteFile(string Name, IReadOnlyList<string> Steps, bool OwnsDirectory)
{
    /// <summary>Journals, documents of grains, wake-ups and the session index.</summary>
    public static readonly SqliteFile Main = new("colloquy.db", SqliteSchema.Steps, OwnsDirectory: true);

    /// <summary>What tenants know. Apart, so that no journal waits for the writer behind an ingest.</summary>
    public static readonly SqliteFile Knowledge = new("knowledge.db", KnowledgeSchema.Steps, OwnsDirectory: false);
}
