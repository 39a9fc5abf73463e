using Colloquy.Journals;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>A journal store at the other end of a cable: slow, sometimes without an answer, and then nobody knows.</summary>
internal sealed class SimulatedJournalStore(IJournalStore inner, Simulation simulation, Sky sky) : IJournalStore
{
    public Task<JournalClaim> Claim(string journal, CancellationToken cancellation) =>
        Ask("claim", () => inner.Claim(journal, cancellation));

    public Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation) =>
        Ask("append", () => inner.Append(append, cancellation));

    public Task<IReadOnlyList<JournalLine>> Read(
        string journal, long after, int limit, int maxBytes, CancellationToken cancellation) =>
        Ask("read", () => inner.Read(journal, after, limit, maxBytes, cancellation));

    public Task<Operation?> FindOperation(string journal, string key, CancellationToken cancellation) =>
        Ask("find", () => inner.FindOperation(journal, key, cancellation));

    public Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation) =>
        Ask("renew", () => inner.Renew(journal, epoch, deadline, cancellation));

    public Task<IReadOnlyList<string>> FindOverdue(
        int firstShard, int lastShard, DateTimeOffset at, int limit, CancellationToken cancellation) =>
        Ask("sweep", () => inner.FindOverdue(firstShard, lastShard, at, limit, cancellation));

    public Task Erase(string journal, CancellationToken cancellation) => Ask("erase", async () =>
    {
        await inner.Erase(journal, cancellation);
        return true;
    });

    public Task Check(CancellationToken cancellation) => inner.Check(cancellation);

    private async Task<T> Ask<T>(string what, Func<Task<T>> operation)
    {
        await Think();
        if (simulation.Chance(sky.Now.NotApplied))
        {
            simulation.Note($"{what} refused");
            throw new IOException($"{what}: the store refused.");
        }
        var answer = await operation();
        if (simulation.Chance(sky.Now.NoAnswer))
        {
            simulation.Note($"{what} done, no answer");
            await Task.Delay(TimeSpan.FromSeconds(2), simulation.Time);
            throw new IOException($"{what}: the store did not answer.");
        }
        await Think();
        return answer;
    }

    private Task Think()
    {
        var most = simulation.Chance(0.01) ? 100 * TimeSpan.FromMilliseconds(20) : sky.Now.Disk;
        return Task.Delay(simulation.Duration(most), simulation.Time);
    }
}
