using Colloquy.Sessions;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>A session index that fails now and then, before or after it did what it was asked.</summary>
internal sealed class SimulatedSessionIndex(ISessionIndex inner, Simulation simulation, Sky sky) : ISessionIndex
{
    public Task Put(SessionEntry entry, CancellationToken cancellation) => Ask(() => inner.Put(entry, cancellation));

    public Task AddText(string tenant, string session, string messageId, string text, CancellationToken cancellation) =>
        Ask(() => inner.AddText(tenant, session, messageId, text, cancellation));

    public Task<IReadOnlyList<SessionEntry>> List(
        string tenant, string? words, SessionPosition? after, int limit, CancellationToken cancellation) =>
        inner.List(tenant, words, after, limit, cancellation);

    public Task Remove(string tenant, string session, CancellationToken cancellation) =>
        Ask(() => inner.Remove(tenant, session, cancellation));

    private async Task Ask(Func<Task> operation)
    {
        await Task.Delay(simulation.Duration(TimeSpan.FromMilliseconds(3)), simulation.Time);
        if (simulation.Chance(sky.Now.IndexFails))
            throw new IOException("The index refused.");
        await operation();
        if (simulation.Chance(sky.Now.IndexFails))
            throw new IOException("The index did not answer.");
    }
}
