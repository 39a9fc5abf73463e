using System.Diagnostics;
using System.Globalization;
using Orleans.Embedded;
using Xunit.Abstractions;

namespace Colloquy.Conformance;

public class LedgerSimulationTests(ITestOutputHelper output)
{
    static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("SEEDS") ?? "300", CultureInfo.InvariantCulture);

    [Fact]
    public void What_was_granted_survives_every_world()
    {
        for (var seed = 1; seed <= Seeds; seed++)
            LedgerWorld.Play(seed, new LedgerRules());
    }

    [Fact]
    public void What_was_granted_survives_a_swarm_of_different_worlds()
    {
        for (var seed = 1; seed <= Seeds; seed++)
            LedgerWorld.Play(seed, new LedgerRules(), SimulationOptions.Swarm(seed));
    }

    [Fact]
    public void A_planted_bug_is_found_and_its_seed_finds_it_again()
    {
        var failing = Enumerable.Range(1, 300).Where(seed => Loss(seed) is not null).ToList();
        Assert.NotEmpty(failing);
        output.WriteLine($"{failing.Count} of 300 seeds find it, the first is {failing[0]}.");
        Assert.Equal(Loss(failing[0]), Loss(failing[0]));

        static string? Loss(int seed)
        {
            try
            {
                LedgerWorld.Play(seed, new LedgerRules(TrustsMemory: true));
                return null;
            }
            catch (LostReservationException lost)
            {
                return lost.Message;
            }
        }
    }

    [Fact]
    public void The_same_seed_is_the_same_run_and_another_is_another()
    {
        var hashes = Enumerable.Range(1, 20).Select(seed => LedgerWorld.Play(seed, new LedgerRules())).ToList();
        Assert.Equal(hashes, Enumerable.Range(1, 20).Select(seed => LedgerWorld.Play(seed, new LedgerRules())));
        Assert.Equal(20, hashes.Distinct().Count());
    }

    [Fact]
    public async Task The_same_seed_is_the_same_run_in_another_process()
    {
        string[] arguments = ["exec", typeof(LedgerWorld).Assembly.Location, "7"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var theirs = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(LedgerWorld.Play(7, new LedgerRules()).ToString("x16", CultureInfo.InvariantCulture), theirs.Trim());
    }
}
