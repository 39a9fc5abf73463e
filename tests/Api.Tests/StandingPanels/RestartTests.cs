using System.Net.Http.Json;

namespace Colloquy.Tests.StandingPanels;

/// <summary>On a host of its own, which is started anew in between.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_standing_panel_is_there_after_a_restart_and_a_removed_one_is_not()
    {
        var tenant = await _host.NewTenant();
        var key = (string)(await _host.NewKey(tenant, "user", "admin"))["key"]!;
        var client = _host.Client(key);
        foreach (var id in (string[])["board", "other"])
            (await client.PostAsJsonAsync(
                "/v1/standing-panels", new { id, name = "Board", agents = new[] { "fact-checker", "web-analyst" } }))
                .EnsureSuccessStatusCode();
        (await client.DeleteAsync("/v1/standing-panels/other")).EnsureSuccessStatusCode();
        var before = (await client.GetJson("/v1/standing-panels")).ToJsonString();

        await _host.Stop();
        await _host.Start(null);

        client = _host.Client(key);
        Assert.Equal(before, (await client.GetJson("/v1/standing-panels")).ToJsonString());
        await (await client.GetAsync("/v1/standing-panels/other")).IsProblem(404, "standing_panel_not_found");
    }
}
