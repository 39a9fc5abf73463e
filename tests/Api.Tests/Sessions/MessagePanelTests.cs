using System.Net.Http.Json;

namespace Colloquy.Tests.Sessions;

/// <summary>Messages that a panel answers.</summary>
[Collection(ApiTests.Name)]
public sealed class MessagePanelTests(ApiHost host)
{
    private const string Question = "How long is technical documentation of a medical device kept?";
    private static readonly string[] _agents = ["regulatory-expert", "clinical-researcher"];

    [Fact]
    public async Task A_message_put_to_a_panel_is_answered_by_its_outcome()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var sent = await client.PostAsJsonAsync(
            $"/v1/sessions/{session}/messages", new { content = Question, panel = new { protocol = "vote", agents = _agents } });
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        var run = (string)(await sent.Json())["runId"]!;
        await using (var stream = await SseReader.Open(client, $"/v1/runs/{run}/events"))
            await stream.ToEnd();

        var events = (await client.GetJson($"/v1/runs/{run}/events?format=json"))["items"]!.AsArray();
        var opened = Assert.Single(events, line => (string)line!["type"]! == "panel.opened")!;
        var panel = await client.GetJson($"/v1/panels/{(string)opened["panelId"]!}");
        Assert.Equal(("vote", session), ((string)panel["protocol"]!, (string)panel["session"]!));
        var answer = (await client.GetJson($"/v1/sessions/{session}/messages"))["items"]!.AsArray()[^1]!;
        Assert.Equal("panel", (string)answer["agent"]!);
        Assert.StartsWith((string)panel["outcome"]!["answer"]!, (string)answer["content"]!, StringComparison.Ordinal);
        Assert.Contains("Minority report", (string)answer["content"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standing_panel_answers_by_its_own_protocol()
    {
        var client = await host.Tenant();
        var made = await client.PostAsJsonAsync(
            "/v1/standing-panels", new { id = "board", name = "Board", agents = _agents, protocol = "delphi" });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        var session = await client.NewSession();
        var sent = await client.PostAsJsonAsync(
            $"/v1/sessions/{session}/messages", new { content = Question, panel = new { standing = "board" } });
        var run = (string)(await sent.Json())["runId"]!;
        await using (var stream = await SseReader.Open(client, $"/v1/runs/{run}/events"))
            await stream.ToEnd();
        var summary = Assert.Single((await client.GetJson("/v1/panels"))["items"]!.AsArray())!;
        Assert.Equal(("delphi", "board"), ((string)summary["protocol"]!, (string)summary["standing"]!));
    }

    [Theory]
    [InlineData("""{"protocol":"palaver"}""", "panel.protocol")]
    [InlineData("""{"agents":["regulatory-expert"]}""", "panel.agents")]
    [InlineData("""{"agents":[]}""", "panel.agents")]
    [InlineData("""{"rule":"borda"}""", "panel.rule")]
    [InlineData("""{"rounds":0}""", "panel.rounds")]
    [InlineData("""{"protocol":"vote","agents":["regulatory-expert"],"standing":"board"}""", "panel.agents")]
    public async Task What_no_panel_can_be_made_of_is_refused_and_nothing_is_said(string panel, string field)
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var problem = await (await client.PostText($"/v1/sessions/{session}/messages", $$"""{"content":"Q","panel":{{panel}}}"""))
            .IsProblem(422, "invalid_value");
        Assert.NotEmpty((string)problem["errors"]![field]![0]!);
        Assert.Empty((await client.GetJson($"/v1/sessions/{session}/messages"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"content":"Q","agent":"regulatory-expert","panel":{}}""", "invalid_value")]
    [InlineData("""{"content":"Q","mode":"auto","panel":{}}""", "invalid_value")]
    [InlineData("""{"content":"Q","panel":{"agents":["regulatory-expert","nobody-knows"]}}""", "unknown_agent")]
    public async Task A_panel_answers_in_nobodys_place_and_with_known_members(string body, string code)
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        await (await client.PostText($"/v1/sessions/{session}/messages", body)).IsProblem(422, code);
    }
}
