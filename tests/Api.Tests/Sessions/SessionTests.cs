using System.Net;
using System.Net.Http.Json;
using Colloquy.FakeModel;

namespace Colloquy.Tests.Sessions;

[Collection(ApiTests.Name)]
public sealed class SessionTests(ApiHost host)
{
    [Fact]
    public async Task The_same_key_begins_the_same_session()
    {
        var client = await host.Tenant();
        var body = """{"agent":"regulatory-expert","mode":1,"metadata":{"a":"b"}}""";
        var first = await (await client.PostText("/v1/sessions", body, operation: "begin")).Json();
        var again = await (await client.PostText("/v1/sessions", body, operation: "begin")).Json();
        Assert.Equal((string)first["id"]!, (string)again["id"]!);
        Assert.Equal("manual", (string)first["mode"]!);
        Assert.Single((await client.GetJson("/v1/sessions"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_session_begins_without_any_body()
    {
        var client = await host.Tenant();
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/v1/sessions", null)).StatusCode);
    }

    [Fact]
    public async Task The_same_key_sends_a_message_once()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var body = """{"content":"Once only"}""";
        var first = await (await client.PostText($"/v1/sessions/{session}/messages", body, operation: "send")).Json();
        var again = await (await client.PostText($"/v1/sessions/{session}/messages", body, operation: "send")).Json();
        Assert.Equal((string)first["runId"]!, (string)again["runId"]!);
        await (await client.PostText($"/v1/sessions/{session}/messages", """{"content":"Twice"}""", operation: "send"))
            .IsProblem(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task Sessions_are_paged_by_cursor_and_found_by_words()
    {
        var client = await host.Tenant();
        foreach (var title in new[] { "Alpha", "Beta", "Gamma" })
            (await client.PostAsJsonAsync("/v1/sessions", new { title })).EnsureSuccessStatusCode();
        var first = await client.GetJson("/v1/sessions?limit=2");
        var second = await client.GetJson($"/v1/sessions?limit=2&cursor={Uri.EscapeDataString((string)first["nextCursor"]!)}");
        var titles = first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => (string)item!["title"]!);
        Assert.Equal(["Gamma", "Beta", "Alpha"], titles);
        Assert.Null(second["nextCursor"]);
        Assert.Equal("Beta", (string)(await client.GetJson("/v1/sessions?q=bet"))["items"]![0]!["title"]!);
    }

    [Fact]
    public async Task A_session_is_changed_and_deleted()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var changed = await client.PatchAsJsonAsync($"/v1/sessions/{session}", new { title = "New" });
        Assert.Equal("New", (string)(await changed.Json())["title"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/v1/sessions/{session}")).StatusCode);
        await (await client.GetAsync($"/v1/sessions/{session}")).IsProblem(404, "session_not_found");
        await (await client.DeleteAsync($"/v1/sessions/{session}")).IsProblem(404, "session_not_found");
    }

    [Fact]
    public async Task A_busy_session_names_the_run_and_cancelling_frees_it()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var gate = Held("busy-question");
        var accepted = await client.PostAsJsonAsync($"/v1/sessions/{session}/messages", new { content = "busy-question" });
        var run = (string)(await accepted.Json())["runId"]!;
        await host.Model.WhenRequested("busy-question");
        var busy = await client.PostAsJsonAsync($"/v1/sessions/{session}/messages", new { content = "another" });
        Assert.Equal(run, (string)(await busy.IsProblem(409, "session_busy"))["runId"]!);
        var cancelled = await client.PostAsync($"/v1/runs/{run}/cancel", null);
        Assert.Equal("cancelled", (string)(await cancelled.Json())["status"]!);
        gate.Open();
        await client.Converse(session, "and on it goes");
    }

    [Fact]
    public async Task A_budget_that_is_used_up_is_said_before_anything_is_spent()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var set = await client.PutAsJsonAsync("/v1/budgets/tenant", new { tokens = 1 });
        Assert.Equal(1, (long)(await set.Json())["tokens"]!);
        var answer = await client.PostAsJsonAsync($"/v1/sessions/{session}/messages", new { content = "dear question" });
        await answer.IsProblem(402, "budget_exhausted");
        Assert.Equal(0, (long)(await client.GetJson("/v1/budgets/tenant"))["spent"]!);
        await (await client.GetAsync("/v1/budgets/galaxy")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task An_export_is_taken_back_as_the_session_that_it_was()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        await client.Converse(session);
        var export = await client.GetStringAsync($"/v1/sessions/{session}/export");
        var other = await host.Tenant();
        var imported = await other.PostText("/v1/sessions/import", export, "application/jsonl");
        Assert.Equal(HttpStatusCode.Created, imported.StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await other.PostText("/v1/sessions/import", export, "application/jsonl"))
            .StatusCode);
        Assert.Equal(export, await other.GetStringAsync($"/v1/sessions/{session}/export"));
        var forged = export.Replace("class III", "class I", StringComparison.Ordinal);
        await (await (await host.Tenant()).PostText("/v1/sessions/import", forged, "application/jsonl"))
            .IsProblem(422, "export_invalid");
    }

    [Fact]
    public async Task A_fork_shares_what_was_before()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        await client.Converse(session);
        var messages = (await client.GetJson($"/v1/sessions/{session}/messages"))["items"]!.AsArray();
        var answer = (string)messages[1]!["id"]!;
        var forked = await client.PostAsJsonAsync($"/v1/sessions/{session}/fork", new { messageId = answer });
        Assert.Equal(HttpStatusCode.Created, forked.StatusCode);
        var fork = (string)(await forked.Json())["id"]!;
        Assert.Equal(2, (await client.GetJson($"/v1/sessions/{fork}/messages"))["items"]!.AsArray().Count);
        await (await client.PostAsJsonAsync($"/v1/sessions/{session}/fork", new { messageId = answer + "x" }))
            .IsProblem(404, "message_not_found");
        await (await client.PostAsJsonAsync($"/v1/sessions/{session}/fork", new { messageId = "" }))
            .IsProblem(422, "invalid_value");
    }

    [Fact]
    public async Task Citations_point_into_documents_that_can_be_read()
    {
        var client = await host.Tenant();
        await (await client.GetAsync("/v1/knowledge/documents/nothing")).IsProblem(404, "document_not_found");
        var document = await client.GetJson("/v1/knowledge/documents/note_regulatory_eu-mdr-classification");
        Assert.Contains("2017/745", (string)document["text"]!, StringComparison.Ordinal);
    }

    private Gate Held(string question)
    {
        var gate = new Gate();
        host.Model.Script(request => request.LastUser.Contains(question, StringComparison.Ordinal)
            ? ScriptedTurn.Says("A held answer") with { Gate = gate } : null);
        return gate;
    }
}
