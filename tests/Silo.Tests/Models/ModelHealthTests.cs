using Colloquy.Models;

namespace Colloquy.Tests.Models;

public sealed class ModelHealthTests
{
    [Fact]
    public void Failures_in_a_row_rest_a_model_and_one_answer_clears_it()
    {
        var clock = new ManualTime();
        var health = new ModelHealth(clock);
        Fail(2);
        Assert.True(health.IsHealthy("m"));
        Fail(1);
        Assert.False(health.IsHealthy("m"));
        Assert.True(health.IsHealthy("other"));
        clock.Advance(ModelHealth.Rest);
        Assert.True(health.IsHealthy("m"));
        Fail(1);
        Assert.False(health.IsHealthy("m"));
        health.Succeeded("m");
        Assert.True(health.IsHealthy("m"));
        Fail(2);
        clock.Advance(ModelHealth.Window + TimeSpan.FromSeconds(1));
        Fail(1);
        Assert.True(health.IsHealthy("m"));
        for (var at = 0; at < 5; at++)
            health.Failed("asked-wrongly", ModelErrors.BadRequest);
        Assert.True(health.IsHealthy("asked-wrongly"));

        void Fail(int times)
        {
            for (var at = 0; at < times; at++)
                health.Failed("m", ModelErrors.ServerError);
        }
    }
}
