using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Colloquy.Conformance;

[GenerateSerializer, Immutable, Alias("conformance.ledgerState")]
public sealed record LedgerState
{
    public const int Limit = 100;

    /// <summary>Reservations by work id; sorted, so that its order is the same in every process.</summary>
    [Id(0)] public ImmutableSortedDictionary<string, int> Reserved { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    public int Total => Reserved.Values.Sum();
}

/// <summary>A budget: the smallest grain in which a fault can lose something.</summary>
[Alias("conformance.ledger")]
public interface ILedger : IGrainWithStringKey
{
    /// <summary>True if the work has its amount. A repeat answers as the first did. Granted means on disk.</summary>
    [Alias("reserve")]
    Task<bool> Reserve(string work, int amount);

    [Alias("read"), AlwaysInterleave]
    Task<LedgerState> Read();
}

/// <param name="TrustsMemory">The planted bug: after a failed write memory is believed, although nobody knows the disk.</param>
public sealed record LedgerRules(bool TrustsMemory = false);

[GrainType("conformance-ledger")]
public sealed class LedgerGrain([PersistentState("ledger", "documents")] IPersistentState<LedgerState> ledger, LedgerRules rules)
    : Grain, ILedger
{
    public async Task<bool> Reserve(string work, int amount)
    {
        var now = ledger.State;
        if (now.Reserved.ContainsKey(work)) return true;
        if (now.Total + amount > LedgerState.Limit) return false;
        ledger.State = now with { Reserved = now.Reserved.Add(work, amount) };
        try
        {
            await ledger.WriteStateAsync();
        }
        catch when (!rules.TrustsMemory)
        {
            ledger.State = now;
            DeactivateOnIdle(); // the outcome is unknown: the next activation reads it
            throw;
        }
        return true;
    }

    public Task<LedgerState> Read() => Task.FromResult(ledger.State);
}
