using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Colloquy.Tests.Selection;

/// <summary>From a conversation to the ranker and back, over HTTP, on a host of its own that is started anew in between.</summary>
public sealed class LearningTests : IAsyncLifetime
{
    private const string Question = "Which class under the EU MDR does our diagnostic software fall into?";
    private const string Other = "clinical-researcher";

    private readonly ApiHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Whom_users_take_instead_is_ranked_higher_after_a_restart_too_and_in_their_own_tenant_only()
    {
        var (tenant, neighbour) = (await _host.NewTenant(), await _host.NewTenant());
        var (key, theirs) = ((string)(await _host.NewKey(tenant, "user", "admin"))["key"]!,
            (string)(await _host.NewKey(neighbour, "user", "admin"))["key"]!);
        var shipped = await Select(_host.Client(key));
        Assert.Equal(("one", "regulatory-expert", 0L), Told(shipped));

        for (var round = 0; round < 6; round++)
            await AskThenTakeAnother(_host.Client(key));
        var learned = await Select(_host.Client(key));
        Assert.True(Score(learned, Other) > Score(shipped, Other) + 0.1, $"{shipped} became {learned}");
        Assert.True(Score(learned, "regulatory-expert") < Score(shipped, "regulatory-expert"), $"{shipped} became {learned}");
        Assert.Equal(Other, (string)learned["scores"]![0]!["agent"]!);
        Assert.InRange((long)learned["ranker"]!, 2, 12); // two labels a round, until the choice is the users' own

        await _host.Stop();
        await _host.Start(ApiHost.OperatorKey);
        Assert.Equal(learned["scores"]!.ToJsonString(), (await Select(_host.Client(key)))["scores"]!.ToJsonString());
        Assert.Equal(shipped["scores"]!.ToJsonString(), (await Select(_host.Client(theirs)))["scores"]!.ToJsonString());
    }

    [Fact]
    public async Task A_thumb_on_an_answer_of_a_selected_agent_teaches_ranker_and_calibration_once()
    {
        var client = await _host.Tenant();
        var session = await AutoSession(client);
        await client.Converse(session, Question);
        var answer = (string)(await client.GetJson($"/v1/sessions/{session}/messages"))["items"]![1]!["id"]!;
        var body = $$"""{"target":{"type":"message","id":"{{answer}}"},"rating":"down","comment":"Too vague."}""";

        var given = await (await client.PostText("/v1/feedback", body, operation: "thumb")).Json();
        var repeated = await (await client.PostText("/v1/feedback", body, operation: "thumb")).Json();

        Assert.Equal("""["calibration","ranker"]""", given["learned"]!.ToJsonString());
        Assert.Equal(given.ToJsonString(), repeated.ToJsonString());
        var calibration = await client.GetJson("/v1/agents/regulatory-expert/calibration");
        Assert.Equal((1, 199), ((int)calibration["samples"]!, (int)calibration["samplesNeeded"]!));
        Assert.Equal(1L, (long)(await client.GetJson("/v1/agents/selection/ranker"))["version"]!);
    }

    private static async Task AskThenTakeAnother(HttpClient client)
    {
        var session = await AutoSession(client);
        await client.Converse(session, Question);
        var answer = await client.PostAsJsonAsync($"/v1/sessions/{session}/messages", new { content = Question, agent = Other });
        await using var stream = await SseReader.Open(client, $"/v1/runs/{(string)(await answer.Json())["runId"]!}/events");
        await stream.ToEnd();
    }

    private static async Task<string> AutoSession(HttpClient client) =>
        (string)(await (await client.PostAsJsonAsync("/v1/sessions", new { mode = "auto" })).Json())["id"]!;

    private static async Task<JsonNode> Select(HttpClient client) =>
        await (await client.PostAsJsonAsync("/v1/agents/select", new { query = Question })).Json();

    private static (string, string, long) Told(JsonNode selection) =>
        ((string)selection["decision"]!, (string)selection["agents"]![0]!, (long)selection["ranker"]!);

    private static double Score(JsonNode selection, string agent) => (double)selection["scores"]!.AsArray()
        .First(one => (string)one!["agent"]! == agent)!["score"]!;
}
