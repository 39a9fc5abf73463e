using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Benchmarks.Turns;
using Colloquy.Journals;
using Colloquy.Panels;
using Colloquy.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Colloquy.Benchmarks.Panels;

/// <summary>Whether seats think side by side, and panels do, and what a panel writes.</summary>
internal sealed class PanelBenchmark : IBenchmark
{
    private const string Tenant = "bench";
    private const int Seats = 8;
    private const int Many = 200;
    private const int ManySeats = 5;
    private const int PageLines = 1000;

    /// <summary>Rounds of one protocol whose ratios are averaged: panels, each with all of its rounds.</summary>
    private const int Repeats = 3;

    private static int _unanswered; // calls that the engine gave up

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    public string Name => "panels";

    public async Task Run()
    {
        using var model = new PacedExperts(Pace);
        var target = await TurnTarget.Sqlite(model);
        CallerTenant.Set(Tenant);
        for (var number = 1; number <= Seats; number++)
            await target.Grains.GetGrain<IAgentGrain>(TenantKey.For(Tenant, Expert(number))).Create(
                new(Expert(number), $"Expert {number}", "", $"You are expert {number}.", [], [], [], [], [], null, 0, 1_000, 1),
                "bench", null);
        await Hold(target, PanelProtocols.Parallel, Seats, "warm"); // code that runs for the first time is compiled
        await MeasureRounds(target, model);
        await MeasureMany(target, model);
        await MeasureBytes(target);
        await target.Stop();
    }

    private static async Task MeasureRounds(TurnTarget target, PacedExperts model)
    {
        Console.WriteLine($"panels · {Seats} seats, a model of {Pace.TotalMilliseconds} ms: time of a round to which all are invited, "
            + "over that of its slowest seat");
        foreach (var protocol in (string[])[PanelProtocols.Parallel, PanelProtocols.Vote, PanelProtocols.Consensus, PanelProtocols.Delphi])
        {
            var rounds = new List<(string Phase, double Ratio)>();
            model.Forget();
            for (var repeat = 0; repeat < Repeats; repeat++)
                rounds.AddRange(from round in (await Hold(target, protocol, Seats, $"rounds-{repeat}")).Rounds
                                where round.Invited == Seats
                                select (round.Phase, (round.ClosedAt - round.OpenedAt) / Pace));
            Console.WriteLine($"  {protocol,-10} " + string.Join(", ", rounds.GroupBy(round => round.Phase)
                .Select(phase => $"{phase.Key} {phase.Average(round => round.Ratio):F2}"))
                + $"; the worst of {rounds.Count} {rounds.Max(round => round.Ratio):F2} (the slowest answer itself took "
                + $"{model.Slowest / Pace:F2})");
        }
    }

    private static async Task MeasureMany(TurnTarget target, PacedExperts model)
    {
        var alone = Time(await Hold(target, PanelProtocols.Parallel, ManySeats, "alone"));
        model.Forget();
        _unanswered = 0;
        var (began, cpu) = (Stopwatch.GetTimestamp(), target.Cpu());
        var views = await Task.WhenAll(
            Enumerable.Range(0, Many).Select(at => Hold(target, PanelProtocols.Parallel, ManySeats, $"many-{at}")));
        var (took, spent) = (Stopwatch.GetElapsedTime(began), target.Cpu() - cpu);
        var times = views.Select(Time).Order().ToArray();
        var late = _unanswered + views.Sum(view => view.Outcome?.Absent.Length ?? 1) + views.Count(view => view.Status != "completed");
        Console.WriteLine($"panels · {Many} panels of {ManySeats} at once on {Environment.ProcessorCount} cores, to one alone "
            + $"({alone.TotalMilliseconds:F0} ms): p50 {times[Many / 2] / alone:F1}, p95 {times[Many * 95 / 100] / alone:F1}, all "
            + $"{took / alone:F1} times as long ({took.TotalSeconds:F1} s, {spent.TotalMilliseconds / Many:F0} ms CPU a panel); "
            + $"{late} time-outs, {model.Calls} model calls for {Many * (ManySeats + 1)} answers");
        if (late > 0)
            throw new BenchmarkFailedException($"{late} calls, seats or panels came too late.");
    }

    private static async Task MeasureBytes(TurnTarget target)
    {
        Console.WriteLine("panels · bytes journaled by a panel of 3 (adversarial: 2), and of them by what seats say");
        var journals = target.Host.Services.GetRequiredService<IJournalStore>();
        foreach (var protocol in PanelCards.All.Select(card => card.Name))
        {
            var view = await Hold(target, protocol, protocol == PanelProtocols.Adversarial ? 2 : 3, "bytes");
            var (all, seats, contributions) = (0L, new SortedDictionary<string, long>(StringComparer.Ordinal), 0);
            foreach (var line in await journals.Read(TenantKey.For(Tenant, view.Id), 0, PageLines, int.MaxValue, default))
            {
                all += line.Utf8.Length;
                using var json = JsonDocument.Parse(line.Utf8);
                if (!json.RootElement.TryGetProperty("said", out _))
                    continue;
                contributions++;
                var seat = json.RootElement.GetProperty("seat").GetString()!;
                seats[seat] = seats.GetValueOrDefault(seat) + line.Utf8.Length;
            }
            Console.WriteLine($"  {protocol,-12} {all,7:N0} bytes, {view.Seq,2} events, {view.Rounds.Length} rounds; "
                + $"{contributions,2} contributions: "
                + string.Join(", ", seats.Select(seat => $"{seat.Key} {seat.Value:N0}")));
        }
    }

    /// <summary>Convenes a panel, and comes back with its end.</summary>
    private static async Task<PanelView> Hold(TurnTarget target, string protocol, int seats, string name)
    {
        CallerTenant.Set(Tenant);
        var question = protocol == PanelProtocols.Delphi ? "How many minutes may the pump stand still?" : "May the pump be used at home?";
        ImmutableArray<string> agents = [.. Enumerable.Range(1, seats).Select(Expert)];
        var panel = target.Grains.GetGrain<IPanelGrain>(TenantKey.For(Tenant, PanelIds.Panel(Tenant, $"{protocol}-{name}")));
        var command = ConvenePanel.Of(Tenant, question, protocol, agents, "print");
        var convened = await Patiently(() => panel.Convene(command));
        if (convened.Status is not PanelStatus.Accepted)
            throw new InvalidOperationException($"{protocol}: {convened}");
        var view = await Patiently(panel.Await);
        while (view is not { EndedAt: not null })
            view = await Patiently(panel.Await);
        return view;
    }

    /// <summary>Asks as the API does: again, where no answer came in time.</summary>
    private static async Task<T> Patiently<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (TimeoutException)
            {
                Interlocked.Increment(ref _unanswered);
            }
        }
    }

    private static string Expert(int number) => $"expert-{number}";

    private static TimeSpan Time(PanelView view) => view.EndedAt!.Value - view.ConvenedAt;
}
