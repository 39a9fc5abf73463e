using Colloquy.Hosting;

namespace Colloquy.Tests.Hosting;

public sealed class EngineSettingsTests
{
    [Theory]
    [InlineData("QDRANT_URL", "http://127.0.0.1:6334")]
    [InlineData("REDIS_URL", "redis://127.0.0.1:6379")]
    public void What_this_engine_has_not_is_refused_and_not_passed_over(string name, string value)
    {
        var wrong = Assert.Throws<SettingsException>(() => ColloquySettings.Read(SettingsTests.Configuration((name, value))));
        Assert.StartsWith($"{name} must be absent", Assert.Single(wrong.Mistakes), StringComparison.Ordinal);
    }
}
