namespace Colloquy.Knowledge;

/// <summary>What collections may hold and how long their work may take, each with its reason.</summary>
public static class KnowledgeLimits
{
    /// <summary>Own collections of a tenant: their list is one document, and a search asks each that it names.</summary>
    public const int Collections = 200;

    /// <summary>Documents of a collection: what an exact search of an embedded index is made for, at two chunks each.</summary>
    public const int Documents = 100_000;

    /// <summary>Bytes of an uploaded document.</summary>
    public const int ContentBytes = 10 * 1024 * 1024;

    /// <summary>Characters of a stored text.</summary>
    public const int TextCharacters = 4 * 1024 * 1024;

    /// <summary>Characters of a title.</summary>
    public const int TitleCharacters = 300;

    /// <summary>Documents that are read, embedded and written together.</summary>
    public const int Batch = 64;

    /// <summary>Bytes of uploads that are taken into memory together, but for the first.</summary>
    public const int BatchBytes = 8 * 1024 * 1024;

    /// <summary>Chunks of documents that are written together, but for the first: with their vectors they make one message.</summary>
    public const int BatchChunks = 2_000;

    /// <summary>Texts that an embedding model is given in one call.</summary>
    public const int EmbedTexts = 128;

    /// <summary>Events of progress of one run, whatever its size: a viewer wants a bar, not a log.</summary>
    public const int ProgressEvents = 200;

    /// <summary>Failed documents that a run names; the others are counted.</summary>
    public const int FailuresTold = 100;

    /// <summary>Activations that may try the same part of a run. A document that kills its silo must not kill them all.</summary>
    public const int Attempts = 10;

    /// <summary>Tries at one part within an activation, with growing pauses: what is away for longer is tried elsewhere.</summary>
    public const int Tries = 8;

    /// <summary>How long uploads wait for their run to begin: whoever leaves in the middle of an upload leaves no rest.</summary>
    public static readonly TimeSpan StagingLife = TimeSpan.FromHours(1);

    /// <summary>How long the index of an earlier generation stays: searches that know of no newer one have ended by then.</summary>
    public static readonly TimeSpan DropAfter = TimeSpan.FromSeconds(30);

    /// <summary>How long an embedding model may take over a few words, while somebody waits for them.</summary>
    public static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(3.5);

    /// <summary>How long what is known of a collection is believed without asking.</summary>
    public static readonly TimeSpan ViewAge = TimeSpan.FromSeconds(2);

    /// <summary>How long the passages of a query are kept: changes that another silo made are seen after this at the latest.</summary>
    public static readonly TimeSpan AnswerAge = TimeSpan.FromSeconds(5);
}
