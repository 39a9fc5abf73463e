using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Colloquy.Tests.StandingPanels;

[Collection(ApiTests.Name)]
public sealed class StandingPanelTests(ApiHost host)
{
    private const string Members = "\"agents\":[\"regulatory-expert\",\"medical-specialist\"]";
    private const string Board = $$"""{"id":"board","name":"Board",{{Members}},"rounds":2,"quorum":2,"criteria":["Is it sound?"]}""";
    private const string Path = "/v1/standing-panels";

    [Fact]
    public async Task It_is_created_shown_listed_changed_and_removed()
    {
        var client = await host.Tenant();
        var created = await client.PostText(Path, Board);
        Assert.Equal((HttpStatusCode.Created, "/v1/standing-panels/board"), (created.StatusCode, created.Headers.Location!.ToString()));
        var view = await client.GetJson($"{Path}/board");
        Assert.Equal((await created.Json()).ToJsonString(), view.ToJsonString());
        Assert.Equal(("board", "Board", "parallel", 2, 2, 0, "Is it sound?"), (
            (string)view["id"]!, (string)view["name"]!, (string)view["protocol"]!, (int)view["cycles"]!, (int)view["quorum"]!,
            (int)view["precedents"]!, (string)view["criteria"]!.AsArray().Single()!));
        Assert.Equal(["regulatory-expert", "medical-specialist"], view["agents"]!.AsArray().Select(agent => (string)agent!));

        var changed = await client.PatchAsJsonAsync(
            $"{Path}/board", new { name = "The board", agents = new[] { "fact-checker", "web-analyst" } });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var listed = (await client.GetJson(Path))["items"]!.AsArray().Single()!;
        Assert.Equal(("The board", "fact-checker", 2), ((string)listed["name"]!, (string)listed["agents"]![0]!, (int)listed["quorum"]!));

        Assert.Empty((await client.GetJson($"{Path}/board/precedents?query=pumps&limit=5"))["items"]!.AsArray());
        Assert.Empty((await client.GetJson($"{Path}/board/record"))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{Path}/board")).StatusCode);
        await (await client.DeleteAsync($"{Path}/board")).IsProblem(404, "standing_panel_not_found");
        Assert.Empty((await client.GetJson(Path))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_same_key_creates_once_and_another_body_or_key_is_refused()
    {
        var client = await host.Tenant();
        var first = await client.PostText(Path, Board, operation: "o1");
        var again = await client.PostText(Path, Board, operation: "o1");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await (await client.PostText(Path, Board.Replace("Board", "Other", StringComparison.Ordinal), operation: "o1"))
            .IsProblem(422, "idempotency_key_reused");
        await (await client.PostText(Path, Board, operation: "o2")).IsProblem(409, "standing_panel_exists");
        await (await client.PostText(Path, Board)).IsProblem(409, "standing_panel_exists");
    }

    [Fact]
    public async Task A_list_has_pages()
    {
        var client = await host.Tenant();
        foreach (var id in (string[])["b", "a", "c"])
            (await client.PostText(Path, Board.Replace("\"board\"", $"\"{id}\"", StringComparison.Ordinal))).EnsureSuccessStatusCode();
        var page = await client.GetJson($"{Path}?limit=2");
        Assert.Equal(("a", "b", "b"), ((string)page["items"]![0]!["id"]!, (string)page["items"]![1]!["id"]!, (string)page["nextCursor"]!));
        var rest = await client.GetJson($"{Path}?cursor=b");
        Assert.Equal("c", (string)rest["items"]!.AsArray().Single()!["id"]!);
        Assert.Null(rest["nextCursor"]);
        await (await client.GetAsync($"{Path}?cursor=No%20Name")).IsProblem(400, "cursor_invalid");
        await (await client.GetAsync($"{Path}?limit=0")).IsProblem(422, "invalid_value");
    }

    [Theory]
    [InlineData("""{"name":"B","agents":["fact-checker","web-analyst"]}""", 422, "invalid_value", "id")]
    [InlineData("""{"id":"No Name","name":"B","agents":["fact-checker","web-analyst"]}""", 422, "invalid_value", "id")]
    [InlineData("""{"id":"b","agents":["fact-checker","web-analyst"]}""", 422, "invalid_value", "name")]
    [InlineData("""{"id":"b","name":" ","agents":["fact-checker","web-analyst"]}""", 422, "invalid_value", "name")]
    [InlineData("""{"id":"b","name":"a\u0000b","agents":["fact-checker","web-analyst"]}""", 422, "invalid_value", "name")]
    [InlineData("""{"id":"b","name":"B"}""", 422, "invalid_value", "agents")]
    [InlineData("""{"id":"b","name":"B","agents":[]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker"]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker",null]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","fact-checker"]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","nobody"]}""", 422, "unknown_agent", "agents")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"protocol":"x"}""", 422, "invalid_value", "protocol")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"rule":"loudest"}""", 422, "invalid_value", "rule")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"rule":"borda"}""", 422, "invalid_value", "rule")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"rounds":0}""", 422, "invalid_value", "rounds")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"rounds":7}""", 422, "invalid_value", "rounds")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"quorum":0}""", 422, "invalid_value", "quorum")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"quorum":13}""", 422, "invalid_value", "quorum")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"criteria":[""]}""", 422, "invalid_value", "criteria")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"criteria":["a","a"]}""", 422, "invalid_value", "criteria")]
    [InlineData("""{"id":"b","name":"B","agents":"fact-checker"}""", 400, "invalid_request", "agents")]
    [InlineData("""{"id":"b","name":"B","agents":["fact-checker","web-analyst"],"mood":1}""", 400, "invalid_request", "mood")]
    [InlineData("null", 400, "invalid_request", null)]
    public async Task What_is_wrong_is_refused_and_leaves_nothing(string body, int status, string code, string? field)
    {
        var client = await host.Tenant();
        var problem = await (await client.PostText(Path, body)).IsProblem(status, code);
        if (field is not null)
            Assert.StartsWith(field, problem["errors"]!.AsObject().Single().Key, StringComparison.Ordinal);
        Assert.Empty((await client.GetJson(Path))["items"]!.AsArray());
        await (await client.GetAsync($"{Path}/b")).IsProblem(404, "standing_panel_not_found");
    }

    [Fact]
    public async Task So_many_members_may_sit_on_it_and_no_more()
    {
        var client = await host.Tenant();
        string With(int count) =>
            $$"""{"id":"b","name":"B","agents":[{{string.Join(',', Enumerable.Range(0, count).Select(n => $"\"a{n}\""))}}]}""";
        await (await client.PostText(Path, With(12))).IsProblem(422, "unknown_agent");
        await (await client.PostText(Path, With(13))).IsProblem(422, "invalid_value");
        await (await client.PostText(Path, With(50))).IsProblem(422, "invalid_value");
    }

    [Theory]
    [InlineData("""{"agents":["fact-checker"]}""", 422, "invalid_value")]
    [InlineData("""{"agents":["fact-checker","nobody"]}""", 422, "unknown_agent")]
    [InlineData("""{"rule":"borda"}""", 422, "invalid_value")]
    [InlineData("""{"name":""}""", 422, "invalid_value")]
    [InlineData("""{"id":"other"}""", 400, "invalid_request")]
    public async Task A_change_that_is_wrong_changes_nothing(string body, int status, string code)
    {
        var client = await host.Tenant();
        var created = await (await client.PostText(Path, Board)).Json();
        await (await Patch(client, $"{Path}/board", body)).IsProblem(status, code);
        Assert.Equal(created.ToJsonString(), (await client.GetJson($"{Path}/board")).ToJsonString());
        await (await Patch(client, $"{Path}/nobody", """{"name":"B","agents":["fact-checker","web-analyst"]}"""))
            .IsProblem(404, "standing_panel_not_found");
    }

    [Theory]
    [InlineData("/nobody", "standing_panel_not_found", 404)]
    [InlineData("/No%20Name", "standing_panel_not_found", 404)]
    [InlineData("/nobody/precedents", "standing_panel_not_found", 404)]
    [InlineData("/nobody/record", "standing_panel_not_found", 404)]
    [InlineData("/No%20Name/record", "standing_panel_not_found", 404)]
    [InlineData("/board/precedents?query=%20", "invalid_value", 422)]
    [InlineData("/board/precedents?limit=101", "invalid_value", 422)]
    [InlineData("/board/precedents?limit=x", "invalid_request", 400)]
    public async Task What_cannot_be_read_is_said(string path, string code, int status)
    {
        var client = await host.Tenant();
        (await client.PostText(Path, Board)).EnsureSuccessStatusCode();
        await (await client.GetAsync(Path + path)).IsProblem(status, code);
    }

    [Fact]
    public async Task Users_read_administrators_write_and_other_tenants_see_nothing()
    {
        var tenant = await host.NewTenant();
        var (user, admin) = (await Key(tenant, "user"), await Key(tenant, "admin"));
        await (await user.PostText(Path, Board)).IsProblem(403, "forbidden");
        (await admin.PostText(Path, Board)).EnsureSuccessStatusCode();
        Assert.Single((await user.GetJson(Path))["items"]!.AsArray());
        await (await Patch(user, $"{Path}/board", "{}")).IsProblem(403, "forbidden");
        await (await user.DeleteAsync($"{Path}/board")).IsProblem(403, "forbidden");
        var other = await host.Tenant();
        Assert.Empty((await other.GetJson(Path))["items"]!.AsArray());
        await (await other.GetAsync($"{Path}/board")).IsProblem(404, "standing_panel_not_found");
        Assert.Equal(HttpStatusCode.Created, (await other.PostText(Path, Board)).StatusCode);
        await (await host.Stranger.GetAsync(Path)).IsProblem(401, "unauthenticated");
    }

    [Theory]
    [InlineData("""{"target":{"type":"panel_turn","id":"run_pan_00000000000000000000000000","part":"s1"},"rating":1}""")]
    [InlineData("""{"target":{"type":"panel_turn","id":"run_pan_00000000000000000000000000"},"rating":1}""")]
    public async Task A_turn_of_a_panel_that_never_was_cannot_be_rated(string body) =>
        await (await (await host.Tenant()).PostText("/v1/feedback", body)).IsProblem(404, "feedback_target_not_found");

    private async Task<HttpClient> Key(string tenant, params string[] roles) =>
        host.Client((string)(await host.NewKey(tenant, roles))["key"]!);

    private static Task<HttpResponseMessage> Patch(HttpClient client, string path, string body) =>
        client.PatchAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
}
