using Colloquy.Sessions;
using Colloquy.Streams;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>Somebody who watches a journal through the API's own follower, leaves at random and comes back from the cursor.</summary>
internal sealed class Viewer(Watched watched, Simulation simulation, Sky sky, Parts parts)
{
    public string Session => watched.Session;

    public Watched Watched => watched;

    public async Task WatchUntil(IGrainFactory grains, DateTimeOffset end)
    {
        CallerTenant.Set(SimulatedWorld.Tenant);
        while (simulation.Time.GetUtcNow() < end)
        {
            await Task.Delay(simulation.Duration(TimeSpan.FromSeconds(2)), simulation.Time);
            await Visit(grains, long.MaxValue, end - simulation.Time.GetUtcNow());
        }
    }

    /// <summary>Watches until the journal's end.</summary>
    public Task CatchUp(IGrainFactory grains, long head) => Visit(grains, head, TimeSpan.FromMinutes(1));

    private async Task Visit(IGrainFactory grains, long head, TimeSpan most)
    {
        if (most <= TimeSpan.Zero || Watched.Cursor >= head)
            return;
        Watched.Leave();
        using var left = new CancellationTokenSource(most, simulation.Time);
        var target = new FollowTarget(SimulatedWorld.Tenant, TenantKey.IdOf(Session), null, Watched.Cursor, 0);
        var follower = new JournalFollower(
            parts.Link(grains, simulation, sky), simulation.Time, NullLogger<JournalFollower>.Instance, target);
        await foreach (var batch in follower.Batches(left.Token))
        {
            foreach (var item in batch)
                Watched.See(item);
            if (Watched.Cursor >= head || simulation.Chance(sky.Now.ViewerLeaves))
                return;
        }
    }
}
