namespace Colloquy.Tests;

/// <summary>A test that needs a Redis server; without one it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        if (RedisServer.Program is null)
            Skip = "redis-server is not on the PATH.";
    }
}
