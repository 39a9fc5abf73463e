using System.Collections.Immutable;
using Colloquy.Journals;

namespace Colloquy.Hosting;

/// <summary>Tries the journal store. One activation serves all probes, and an answer holds for a second: probes must not be load.</summary>
[GrainType("health")]
internal sealed class HealthGrain(IJournalStore store, TimeProvider clock) : Grain, IHealthGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private ImmutableArray<HealthEntry> _last = [];
    private DateTimeOffset _until;

    public async Task<ImmutableArray<HealthEntry>> Check()
    {
        if (clock.GetUtcNow() < _until)
            return _last;
        _last = [await TryStore()];
        _until = clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        return _last;
    }

    private async Task<HealthEntry> TryStore()
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            await store.Check(patience.Token);
            return new("journal", true, null);
        }
        catch (Exception failure)
        {
            return new("journal", false, failure.Message); // this entry is the report
        }
    }
}
