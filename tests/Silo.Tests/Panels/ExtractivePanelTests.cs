using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.Journals;
using Colloquy.Panels;
using Colloquy.Panels.Seats.Rules;
using Colloquy.Tenants;
using Colloquy.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Colloquy.Tests.Panels;

/// <summary>A panel in a deployment as it is unpacked: shipped experts, shipped notes, and no language model.</summary>
public sealed class ExtractivePanelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Positions_from_different_knowledge_differ_and_cite_it()
    {
        await using var app = Build();
        await app.StartAsync();
        CallerTenant.Set("acme");
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var panel = grains.GetGrain<IPanelGrain>(TenantKey.For("acme", PanelIds.Panel("acme", "one")));
        var convened = await panel.Convene(ConvenePanel.Of(
            "key", "How must serious adverse events of a medicine be reported, and how are patients treated for anaphylaxis?",
            PanelProtocols.Parallel, ["regulatory-expert", "medical-specialist", "fact-checker"], "print"));
        Assert.Equal(PanelStatus.Accepted, convened.Status);
        var ended = await End(panel);
        Assert.Equal("completed", ended.Status);
        var positions = ended.Positions.Where(one => one.Seat != PanelIds.Chair).ToArray();
        Assert.Equal(3, positions.Length);
        Assert.True(positions.Select(one => one.Answer).Distinct().Count() >= 2,
            string.Join("\n---\n", positions.Select(one => one.Answer)));
        var telling = positions.Where(one => one.Answer != Positions.Nothing).ToArray();
        Assert.True(telling.Length >= 2);
        Assert.All(telling, one =>
        {
            Assert.NotEmpty(one.Evidence);
            Assert.NotNull(one.Stance);
            Assert.InRange(one.Confidence!.Value, 0.001, 1);
            Assert.DoesNotContain("No language model", one.Answer + one.Stance, StringComparison.Ordinal);
        });
        var sources = telling.Select(one => string.Join(',', one.Evidence.Select(cited => cited.DocumentId).Order()));
        Assert.True(sources.Distinct().Count() >= 2);
        Assert.Equal(1, Count(ended.Outcome!.Answer!, "No language model"));
        Assert.NotEmpty(ended.Outcome.MinorityReport);
        var events = await Events(panel);
        Assert.True(IsTerminal(events[^1]));
        Assert.Single(events, IsTerminal);
        await app.StopAsync();
    }

    private static async Task<PanelView> End(IPanelGrain panel)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
            if (await panel.Await().WaitAsync(patience.Token) is { EndedAt: not null } ended)
                return ended;
    }

    private static async Task<ImmutableArray<PanelEvent>> Events(IPanelGrain panel) =>
        [.. (await panel.Read(0, 1000)).Events.Select(line => JsonSerializer.Deserialize<PanelEvent>(line.Json, JournalJson.Options)!)];

    private static bool IsTerminal(PanelEvent @event) =>
        @event is PanelCompleted or PanelFailed or PanelCancelled or PanelExpired or PanelBudgetExhausted;

    private static int Count(string text, string sought) => text.Split(sought).Length - 1;

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Configuration.AddConfiguration(SettingsTests.Configuration(
            [("COLLOQUY_DATA", Path.Combine(_home.Path, "data")), ("COLLOQUY_URLS", "http://127.0.0.1:0"),
             ("COLLOQUY_LOG_LEVEL", "fatal")]));
        builder.AddColloquySilo();
        builder.Services.AddColloquyMetrics();
        return builder.Build();
    }
}
