namespace Colloquy.Hosting;

/// <summary>This engine has no Redis; a setting that names one was refused before.</summary>
internal static class RedisProbe
{
    public static Task<Finding> Look(ClusterSettings? cluster, CancellationToken cancellation) => Task.FromResult(
        Finding.Absent("Redis", $"one process needs none; a cluster needs the Orleans engine and {KnownSettings.RedisUrl.Name}"));
}
