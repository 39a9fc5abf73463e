namespace Colloquy.Tests;

/// <summary>A test that needs a Redis server; without a fitting one it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        if (RedisServer.Program is null)
            Skip = "redis-server is not on the PATH.";
    }

    /// <summary>The first version that fits.</summary>
    public string From
    {
        get => "";
        set => Skip ??= RedisServer.Version < Version.Parse(value) ? $"Redis {RedisServer.Version} is older than {value}." : null;
    }

    /// <summary>The first version that no longer fits.</summary>
    public string Before
    {
        get => "";
        set => Skip ??= RedisServer.Version < Version.Parse(value) ? null : $"Redis {RedisServer.Version} is {value} or newer.";
    }
}
