using Colloquy.Doubles;
using Colloquy.Journals;

namespace Colloquy.Simulated;

/// <summary>Knows which changes of the store a loss of power takes back: those younger than the last sync.</summary>
internal sealed class PowerStore(MemoryJournalStore store, TimeProvider time, TimeSpan unsynced) : JournalDecorator(store)
{
    private readonly List<DateTimeOffset> _changes = [];

    public void LosePower()
    {
        var since = time.GetUtcNow() - unsynced;
        if (unsynced > TimeSpan.Zero)
            store.Lose(_changes.Count(at => at >= since));
        _changes.Clear();
    }

    public override Task<JournalClaim> Claim(string journal, CancellationToken cancellation) => Changed(base.Claim(journal, cancellation));

    public override Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation)
    {
        var outcome = base.Append(append, cancellation);
        return outcome.Result.Status is AppendStatus.Appended ? Changed(outcome) : outcome;
    }

    public override Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation)
    {
        var renewed = base.Renew(journal, epoch, deadline, cancellation);
        return renewed.Result ? Changed(renewed) : renewed;
    }

    private Task<T> Changed<T>(Task<T> change)
    {
        if (unsynced > TimeSpan.Zero)
            _changes.Add(time.GetUtcNow());
        return change;
    }
}
