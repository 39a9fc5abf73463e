using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;

namespace Colloquy.Conformance;

/// <summary>A ledger under crashes, lost messages, second activations and an unreliable database.</summary>
static class LedgerWorld
{
    static readonly SimulationOptions Rough = new()
    {
        Silos = 3, LostRequest = 0.01, LostReply = 0.03, RepeatedReply = 0.02,
        FailedWriteNotApplied = 0.05, FailedWriteApplied = 0.05,
    };

    /// <summary>Four clients reserve and retry while things break; then every silo dies and the disk has the last word.</summary>
    public static ulong Play(int seed, LedgerRules rules, SimulationOptions? options = null)
    {
        using var simulation = new Simulation(seed, silo =>
        {
            silo.Services.AddSingleton(rules);
            silo.AddMemoryGrainStorage("documents");
        }, options ?? Rough);
        var granted = new List<string>();
        simulation.Run(async client =>
        {
            var ledger = client.GetGrain<ILedger>("acme");
            var working = true;
            var trouble = simulation.Start(_ => Trouble());
            await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => simulation.Start(_ => Work(worker))));
            working = false;
            await trouble;

            simulation.Calm();
            simulation.CrashAll();
            await Task.Delay(TimeSpan.FromMinutes(1), simulation.Time);
            var stored = await ledger.Read();
            if (granted.Find(work => !stored.Reserved.ContainsKey(work)) is { } lost)
                throw new LostReservationException($"{lost} was granted and is not in the ledger; {simulation.Story}");
            Assert.InRange(stored.Total, 0, LedgerState.Limit);

            async Task Work(int worker)
            {
                for (var i = 0; i < 5; i++)
                {
                    await Wait(2000);
                    if (await Insist(ledger, $"worker{worker}/{i}", simulation.Random.Next(1, 10)))
                        granted.Add($"worker{worker}/{i}");
                }
            }

            async Task Trouble()
            {
                while (working)
                {
                    await Wait(3000);
                    if (simulation.Chance(0.5))
                        simulation.Crash(simulation.Random.Next(simulation.Silos));
                    else
                        simulation.Duplicate(ledger.GetGrainId());
                }
            }

            Task Wait(int milliseconds) =>
                Task.Delay(simulation.Duration(TimeSpan.FromMilliseconds(milliseconds)), simulation.Time);
        });
        return simulation.TraceHash;

        async Task<bool> Insist(ILedger ledger, string work, int amount)
        {
            while (true)
            {
                try { return await ledger.Reserve(work, amount); }
                catch (Exception failure) when (failure is TimeoutException or OrleansException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), simulation.Time);
                }
            }
        }
    }
}

sealed class LostReservationException(string message) : Exception(message);
