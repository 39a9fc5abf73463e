using System.Net;
using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Retrieval;
using Colloquy.Models;
using Colloquy.Storage;
using Colloquy.Sweeping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Colloquy.Tests.Hosting;

public sealed class SiloHostingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempDirectory _home = new();

    private string Data => Path.Combine(_home.Path, "data");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_process_without_settings_has_grains_store_knowledge_and_the_extractive_model()
    {
        await using var app = Build();
        await app.StartAsync();
        Assert.Equal("extractive", app.Services.GetRequiredService<IModelCatalogue>().Resolve("gpt-9").Name);
        Assert.IsType<HybridKnowledge>(app.Services.GetRequiredService<IKnowledge>());
        await app.Services.GetRequiredService<IJournalStore>().Check(CancellationToken.None);
        await app.StopAsync();
    }

    [Fact]
    public async Task Every_sweeper_is_awake_soon_after_the_start()
    {
        await using var app = Build();
        await app.StartAsync();
        await app.Services.GetServices<IHostedService>().OfType<SweeperStart>().Single().ExecuteTask!.WaitAsync(Patience);
        var reminders = await app.Services.GetRequiredService<SqliteReminders>().ReadAll(CancellationToken.None);
        Assert.Equal(Sweepers.Count, reminders.Count(reminder => reminder.Grain.Contains("sweeper-", StringComparison.Ordinal)));
        await app.StopAsync();
    }

    [Fact]
    public async Task The_data_directory_is_for_its_user_alone()
    {
        await using var app = Build();
        await app.StartAsync();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        await app.StopAsync();
    }

    [Fact]
    public async Task A_second_process_is_refused_with_a_sentence_and_an_exit_code()
    {
        await using var first = Build();
        await first.StartAsync();
        using var said = new StringWriter();
        var code = await ProcessExit.Run(said, async () =>
        {
            await using var second = Build();
            await second.StartAsync();
        });
        Assert.Equal(ProcessExit.StoreUnusable, code);
        Assert.Contains("belongs to another process", said.ToString(), StringComparison.Ordinal);
        await first.StopAsync();
    }

    [Fact]
    public async Task Wrong_settings_end_the_process_with_every_mistake_and_code_78()
    {
        using var said = new StringWriter();
        var code = await ProcessExit.Run(said, () =>
        {
            Build(("COLLOQUY_LOG_LEVEL", "loud"), ("COLLOQUY_BOOTSTRAP_KEY", "short-secret"));
            return Task.CompletedTask;
        });
        Assert.Equal(78, code);
        Assert.Contains("COLLOQUY_LOG_LEVEL", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("COLLOQUY_BOOTSTRAP_KEY", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("short-secret", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_and_metrics_answer_at_the_process_own_address()
    {
        await using var app = Build();
        app.MapColloquyHealth();
        app.MapColloquyMetrics();
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        using var http = new HttpClient { BaseAddress = new Uri(addresses.First()) };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);
        using var ready = JsonDocument.Parse(await http.GetStringAsync("/health/ready"));
        Assert.Equal("healthy", ready.RootElement.GetProperty("checks").GetProperty("store").GetString());
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram",
            await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        await app.StopAsync();
    }

    private WebApplication Build(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Configuration.AddConfiguration(SettingsTests.Configuration(
            [("COLLOQUY_DATA", Data), ("COLLOQUY_URLS", "http://127.0.0.1:0"), ("COLLOQUY_LOG_LEVEL", "fatal"), .. settings]));
        builder.AddColloquySilo();
        builder.Services.AddColloquyMetrics();
        return builder.Build();
    }
}
