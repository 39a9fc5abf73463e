using Colloquy.Storage;

namespace Colloquy.Hosting;

/// <summary>What this engine asks of the settings.</summary>
internal static class EngineSettings
{
    /// <summary>The engine that this build runs on.</summary>
    public const string Engine = "Orleans";

    /// <summary>What is wrong with the address of Redis, or null.</summary>
    public static string? FindMistake(string redisUrl)
    {
        try
        {
            return new RedisStoreOptions { Address = redisUrl }.ToConfiguration().EndPoints.Count > 0 ? null : Expected;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            return Expected; // the client library's message quotes the address, and with it the password
        }
    }

    /// <summary>What is wrong with setting up a Qdrant at all, or null.</summary>
    public static string? QdrantMistake => null;

    private const string Expected = "must be an address such as redis://user:password@host:6379/0";
}
