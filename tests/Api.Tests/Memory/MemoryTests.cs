using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Colloquy.Tests.Memory;

[Collection(ApiTests.Name)]
public sealed class MemoryTests(ApiHost host)
{
    private const string Allergy = """{"subject":"user","predicate":"allergic to","object":"penicillin"}""";

    [Fact]
    public async Task A_fact_told_by_hand_is_confirmed_found_and_told_once()
    {
        var client = await host.Tenant("user");
        var first = await client.PostText("/v1/memory/facts", Allergy, operation: "op");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var fact = await first.Json();
        Assert.Equal(("confirmed", "The user allergic to penicillin.", "hand"),
            ((string)fact["status"]!, (string)fact["text"]!, (string)fact["source"]!["method"]!));
        Assert.Equal((string)fact["id"]!, (string)(await client.GetJson(first.Headers.Location!.ToString()))["id"]!);

        var again = await client.PostText("/v1/memory/facts", Allergy, operation: "op");
        Assert.Equal((string)fact["id"]!, (string)(await again.Json())["id"]!);
        await (await client.PostText("/v1/memory/facts", Allergy.Replace("penicillin", "nuts", StringComparison.Ordinal),
            operation: "op"))
            .IsProblem(422, "idempotency_key_reused");
        Assert.Single(await Items(client, "/v1/memory/facts"));

        var hits = await Search(client, """{"query":"May I take penicillin?"}""");
        Assert.Equal((string)fact["id"]!, (string)Assert.Single(hits)!["fact"]!["id"]!);
        Assert.Empty(await Search(client, """{"query":"volcanoes on Iceland"}"""));
    }

    [Fact]
    public async Task A_correction_supersedes_and_history_shows_both()
    {
        var client = await host.Tenant("user");
        var id = await Tell(client, Allergy);
        var corrected = await (await Patch(client, id, """{"object":"amoxicillin"}""")).Json();

        Assert.Equal((id, "The user allergic to amoxicillin."), ((string)corrected["supersedes"]!, (string)corrected["text"]!));
        Assert.Equal("superseded", (string)(await client.GetJson($"/v1/memory/facts/{id}"))["status"]!);
        Assert.Single(await Items(client, "/v1/memory/facts"));
        Assert.Equal(2, (await Items(client, "/v1/memory/facts?history=true")).Count);
        await (await Patch(client, id, """{"object":"nuts"}""")).IsProblem(409, "fact_superseded");
        await (await Patch(client, id, """{"status":"confirmed"}""")).IsProblem(409, "fact_superseded");
        Assert.Equal("confirmed", (string)(await (await Patch(client, (string)corrected["id"]!,
            """{"status":"confirmed"}""")).Json())["status"]!);
    }

    [Fact]
    public async Task The_export_has_a_line_for_every_fact_and_erasing_leaves_none()
    {
        var client = await host.Tenant("user");
        foreach (var n in Enumerable.Range(0, 105))
            await Tell(client, $$"""{"subject":"user","predicate":"lives in","object":"Town {{n}}"}""");

        var lines = (await client.GetStringAsync("/v1/memory/export")).TrimEnd('\n').Split('\n');
        Assert.Equal(105, lines.Select(line => (string)JsonNode.Parse(line)!["id"]!).Distinct().Count());

        var newest = (string)(await Items(client, "/v1/memory/facts"))[0]!["id"]!;
        var second = (string)JsonNode.Parse(lines[1])!["id"]!;
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/v1/memory/facts/{second}")).StatusCode);
        Assert.Equal(newest, (string)(await Items(client, "/v1/memory/facts?history=true"))[0]!["id"]!);
        Assert.Single(await Items(client, "/v1/memory/facts?history=true"));
        Assert.Equal(1, (int)(await (await client.DeleteAsync("/v1/memory")).Json())["erased"]!);
        Assert.Equal("", await client.GetStringAsync("/v1/memory/export"));
        await (await client.DeleteAsync($"/v1/memory/facts/{newest}")).IsProblem(404, "fact_not_found");
    }

    [Fact]
    public async Task The_graph_shows_what_is_around_an_entity()
    {
        var client = await host.Tenant("user");
        await Tell(client, """{"subject":"user","predicate":"works at","object":"Acme"}""");
        await Tell(client, """{"subject":"ACME","predicate":"makes","object":"pumps"}""");

        var graph = await client.GetJson("/v1/memory/graph?entity=USER&depth=2");
        Assert.Equal(["user", "Acme", "pumps"], graph["nodes"]!.AsArray().Select(node => (string)node!["entity"]!));
        Assert.False((bool)graph["isCut"]!);
        Assert.True((bool)(await client.GetJson("/v1/memory/graph?limit=1"))["isCut"]!);
    }

    [Fact]
    public async Task Users_and_admins_reach_the_scopes_that_are_theirs()
    {
        var tenant = await host.NewTenant();
        var (one, other, chief) = (await host.NewKey(tenant, "user"), await host.NewKey(tenant, "user"),
            await host.NewKey(tenant, "admin"));
        var (user, admin) = (host.Client((string)one["key"]!), host.Client((string)chief["key"]!));
        var own = $"user:{one["id"]}";
        await Tell(user, Allergy);

        Assert.Single(await Items(user, $"/v1/memory/facts?scope={own}"));
        Assert.Single(await Items(admin, $"/v1/memory/facts?scope={own}"));
        await (await host.Client((string)other["key"]!).GetAsync($"/v1/memory/facts?scope={own}")).IsProblem(403, "forbidden");
        await (await host.Client((string)other["key"]!).DeleteAsync($"/v1/memory?scope={own}")).IsProblem(403, "forbidden");
        foreach (var scope in new[] { "tenant", "agent:regulatory-expert" })
        {
            var body = $$"""{"scope":"{{scope}}","subject":"Acme","predicate":"makes","object":"pumps"}""";
            await (await user.PostText("/v1/memory/facts", body)).IsProblem(403, "forbidden");
            Assert.Equal(HttpStatusCode.Created, (await admin.PostText("/v1/memory/facts", body)).StatusCode);
            Assert.Single(await Items(user, $"/v1/memory/facts?scope={scope}"));
            await (await user.DeleteAsync($"/v1/memory?scope={scope}")).IsProblem(403, "forbidden");
        }
        await (await user.PostText("/v1/memory/search", $$"""{"query":"x","scopes":["user:{{other["id"]}}"]}""")).IsProblem(403,
            "forbidden");
    }

    [Fact]
    public async Task A_deleted_sessions_memory_is_erased_and_a_session_that_never_was_has_none()
    {
        var client = await host.Tenant("user");
        var session = await client.NewSession();
        var body = $$"""{"scope":"session:{{session}}","subject":"user","predicate":"asks about","object":"pumps"}""";
        Assert.Equal(HttpStatusCode.Created, (await client.PostText("/v1/memory/facts", body)).StatusCode);
        Assert.Single(await Items(client, $"/v1/memory/facts?scope=session:{session}"));

        (await client.DeleteAsync($"/v1/sessions/{session}")).EnsureSuccessStatusCode();

        Assert.Empty(await Items(client, $"/v1/memory/facts?scope=session:{session}&history=true"));
        await (await client.PostText("/v1/memory/facts", body)).IsProblem(404, "session_not_found");
    }

    [Fact]
    public async Task A_deleted_agents_memory_is_erased()
    {
        var client = await host.Tenant();
        var agent = """{"id":"own","name":"Own","description":"d","persona":"You are one."}""";
        Assert.Equal(HttpStatusCode.Created, (await client.PostText("/v1/agents", agent)).StatusCode);
        await Tell(client, """{"scope":"agent:own","subject":"Acme","predicate":"makes","object":"pumps"}""");
        (await client.DeleteAsync("/v1/agents/own")).EnsureSuccessStatusCode();

        Assert.Empty(await Items(client, "/v1/memory/facts?scope=agent:own&history=true"));
        await (await client.PostText("/v1/memory/facts", """{"scope":"agent:own","subject":"a","predicate":"b","object":"c"}"""))
            .IsProblem(404, "agent_not_found");
    }

    [Fact]
    public async Task Another_tenants_memory_is_never_there()
    {
        var (one, other) = (await host.Tenant(), await host.Tenant());
        var id = await Tell(one, """{"scope":"tenant","subject":"Acme","predicate":"makes","object":"penicillin"}""");

        Assert.Empty(await Items(other, "/v1/memory/facts?scope=tenant&history=true"));
        Assert.Empty(await Search(other, """{"query":"penicillin","scopes":["tenant"]}"""));
        await (await other.GetAsync($"/v1/memory/facts/{id}?scope=tenant")).IsProblem(404, "fact_not_found");
        await (await other.DeleteAsync($"/v1/memory/facts/{id}?scope=tenant")).IsProblem(404, "fact_not_found");
        Assert.Equal(0, (int)(await (await other.DeleteAsync("/v1/memory?scope=tenant")).Json())["erased"]!);
        Assert.Single(await Items(one, "/v1/memory/facts?scope=tenant"));
    }

    [Theory]
    [InlineData("""{}""", 422, "invalid_value")]
    [InlineData("""{"subject":"user","predicate":"is"}""", 422, "invalid_value")]
    [InlineData("""{"subject":" ","predicate":"is","object":"x"}""", 422, "invalid_value")]
    [InlineData("""{"subject":"user","predicate":"is","object":"x\u0000y"}""", 422, "invalid_value")]
    [InlineData("""{"subject":"user","predicate":"is","object":"x","text":" "}""", 422, "invalid_value")]
    [InlineData("""{"subject":"user","predicate":"is","object":"x","status":"confirmed"}""", 400, "invalid_request")]
    [InlineData("""{"subject":"user","predicate":"is","object":"x","scope":"user:../x"}""", 400, "memory_scope_invalid")]
    [InlineData("""{"subject":"user","predicate":"is","object":"x","scope":""}""", 400, "memory_scope_invalid")]
    [InlineData("""{"subject":"user","predicate":"is","object":"x","supersedes":"fact_none"}""", 404, "fact_not_found")]
    [InlineData("""{"subject":"user","predicate":"is","object":"x","validFrom":"2031-01-01T00:00Z","validUntil":"2030-01-01T00:00Z"}""",
        422, "invalid_value")]
    public async Task A_fact_that_cannot_be_recorded_is_refused(string body, int status, string code) =>
        await (await (await host.Tenant("user")).PostText("/v1/memory/facts", body)).IsProblem(status, code);

    [Fact]
    public async Task Bad_questions_are_refused()
    {
        var client = await host.Tenant("user");
        foreach (var (path, status, code) in new[]
        {
            ("/v1/memory/facts?cursor=nonsense", 400, "cursor_invalid"), ("/v1/memory/facts?limit=0", 422, "invalid_value"),
            ("/v1/memory/facts?scope=tenants", 400, "memory_scope_invalid"), ("/v1/memory/graph?depth=4", 422, "invalid_value"),
            ("/v1/memory/graph?limit=201", 422, "invalid_value"), ("/v1/memory/facts/fact_none", 404, "fact_not_found"),
            ("/v1/memory/export?scope=session:x", 400, "memory_scope_invalid"), ("/v1/memory/facts?history=maybe", 400,
                "invalid_request"),
        })
            await (await client.GetAsync(path)).IsProblem(status, code);
        foreach (var body in new[] { """{"query":""}""", """{"query":"x","limit":101}""", $$"""{"query":"{{new string('x',
            4_001)}}"}""" })
            await (await client.PostText("/v1/memory/search", body)).IsProblem(422, "invalid_value");
        await (await client.PostText("/v1/memory/search", """{"query":"x","scopes":["nobody"]}""")).IsProblem(400,
            "memory_scope_invalid");
        await (await Patch(client, "fact_none", """{"object":"x"}""")).IsProblem(404, "fact_not_found");
        await (await Patch(client, "fact_none", "{}")).IsProblem(422, "invalid_value");
        await (await Patch(client, "fact_none", """{"status":"superseded"}""")).IsProblem(422, "invalid_value");
    }

    private static async Task<string> Tell(HttpClient client, string body)
    {
        var answer = await client.PostText("/v1/memory/facts", body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (string)(await answer.Json())["id"]!;
    }

    private static async Task<JsonArray> Items(HttpClient client, string path) =>
        (await client.GetJson(path))["items"]!.AsArray();

    private static async Task<JsonArray> Search(HttpClient client, string body)
    {
        var answer = await client.PostText("/v1/memory/search", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Json())["items"]!.AsArray();
    }

    private static Task<HttpResponseMessage> Patch(HttpClient client, string id, string body) => client.PatchAsync(
        $"/v1/memory/facts/{id}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
}
