using Colloquy.Memory;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>A fact store at the other end of a cable: slow, and it fails before or after it did what it was asked.</summary>
internal sealed class SimulatedFactStore(IFactStore inner, Simulation simulation, Sky sky) : IFactStore
{
    public Task<FactRows> Load(string tenant, string scope, CancellationToken cancellation) =>
        Ask("facts read", () => inner.Load(tenant, scope, cancellation));

    public Task<bool> Change(FactChange change, CancellationToken cancellation) =>
        Ask("facts changed", () => inner.Change(change, cancellation));

    public Task Erase(string tenant, string scope, CancellationToken cancellation) => Ask("facts erased", async () =>
    {
        await inner.Erase(tenant, scope, cancellation);
        return true;
    });

    private async Task<T> Ask<T>(string what, Func<Task<T>> operation)
    {
        await Think();
        if (simulation.Chance(sky.Now.FactsFail))
            throw new IOException($"{what}: the store refused.");
        var answer = await operation();
        if (simulation.Chance(sky.Now.FactsFail))
        {
            simulation.Note($"{what}, no answer");
            throw new IOException($"{what}: the store did not answer.");
        }
        await Think();
        return answer;
    }

    private Task Think() => Task.Delay(simulation.Duration(sky.Now.Disk), simulation.Time);
}
