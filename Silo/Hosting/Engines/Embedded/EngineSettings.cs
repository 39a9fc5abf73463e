namespace Colloquy.Hosting;

/// <summary>What this engine asks of the settings.</summary>
internal static class EngineSettings
{
    /// <summary>The engine that this build runs on.</summary>
    public const string Engine = "Embedded";

    /// <summary>What is wrong with the address of Redis, or null.</summary>
    public static string? FindMistake(string redisUrl) =>
        "must be absent: this build has the Embedded engine, which is one process; a cluster needs -p:Engine=Orleans";

    /// <summary>What is wrong with setting up a Qdrant at all, or null.</summary>
    public static string? QdrantMistake =>
        "must be absent: this build has the Embedded engine, which searches its own file; Qdrant needs -p:Engine=Orleans";
}
