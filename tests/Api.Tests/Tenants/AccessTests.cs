using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Colloquy.Tenants;

namespace Colloquy.Tests.Tenants;

[Collection(ApiTests.Name)]
public sealed class AccessTests(ApiHost host)
{
    [Fact]
    public async Task Every_route_of_the_document_is_closed_to_strangers()
    {
        foreach (var (method, path) in await Routes())
            await (await Ask(host.Stranger, method, path)).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Every_route_of_the_document_is_closed_to_a_key_without_a_role_for_it()
    {
        var nobody = host.Client((string)(await host.NewKey("operator", "operator"))["key"]!);
        foreach (var (method, path) in (await Routes())
            .Where(route => !route.Path.StartsWith("/v1/admin", StringComparison.Ordinal)))
            await (await Ask(nobody, method, path)).IsProblem(403, "forbidden");
        var user = await host.Tenant("user", "admin");
        foreach (var (method, path) in (await Routes())
            .Where(route => route.Path.StartsWith("/v1/admin", StringComparison.Ordinal)))
            await (await Ask(user, method, path)).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_refused_key_is_told_how_to_come_in()
    {
        var answer = await host.Client(ApiKey.Make("nobody", "k1").Reveal()).GetAsync("/v1/sessions");
        await answer.IsProblem(401, "unauthenticated");
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("Bearer", (await host.Stranger.GetAsync("/v1/sessions"))
            .Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic b3BlcmF0b3I6eA==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer clq_operator_bootstrap_wrong")]
    [InlineData("Bearer ../../operator")]
    public async Task What_is_no_key_is_refused(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/sessions");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        await (await host.Stranger.SendAsync(request)).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var tenant = await host.NewTenant();
        var key = await host.NewKey(tenant, "user");
        var client = host.Client((string)key["key"]!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/sessions")).StatusCode);
        var revoked = await host.Operator.DeleteAsync($"/v1/admin/tenants/{tenant}/keys/{key["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await (await client.GetAsync("/v1/sessions")).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_key_is_shown_once()
    {
        var tenant = await host.NewTenant();
        var body = """{"name":"once","roles":["user"]}""";
        var first = await host.Operator.PostText($"/v1/admin/tenants/{tenant}/keys", body, operation: "once");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var again = await host.Operator.PostText($"/v1/admin/tenants/{tenant}/keys", body, operation: "once");
        await again.IsProblem(409, "key_already_shown");
        var list = await host.Operator.GetJson($"/v1/admin/tenants/{tenant}/keys");
        Assert.Single(list["items"]!.AsArray());
        Assert.DoesNotContain("secret", list.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hash", list.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_role_operator_is_for_the_operators_own_keys()
    {
        var tenant = await host.NewTenant();
        var answer = await host.Operator.PostAsJsonAsync($"/v1/admin/tenants/{tenant}/keys",
            new { name = "x", roles = new[] { "operator" } });
        await answer.IsProblem(422, "invalid_value");
    }

    [Fact]
    public async Task A_tenant_is_created_once_and_repeated_without_harm()
    {
        var body = """{"id":"once-only","name":"Once","plan":"free"}""";
        Assert.Equal(HttpStatusCode.Created, (await host.Operator.PostText("/v1/admin/tenants", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await host.Operator.PostText("/v1/admin/tenants", body)).StatusCode);
        var other = await host.Operator.PostText("/v1/admin/tenants", """{"id":"once-only","name":"Twice","plan":"free"}""");
        await other.IsProblem(409, "tenant_exists");
        await (await host.Operator.GetAsync("/v1/admin/tenants/never")).IsProblem(404, "tenant_not_found");
    }

    [Fact]
    public async Task Another_tenants_things_look_like_things_that_never_were()
    {
        var own = await host.Tenant();
        var other = await host.Tenant();
        var session = await own.NewSession();
        var run = await own.Converse(session);
        var unknown = session[..^2] + (session.EndsWith("00", StringComparison.Ordinal) ? "11" : "00");
        foreach (var path in new[] { "", "/messages", "/events", "/context", "/export" })
        {
            var foreign = await (await other.GetAsync($"/v1/sessions/{session}{path}")).IsProblem(404, "session_not_found");
            var never = await (await other.GetAsync($"/v1/sessions/{unknown}{path}")).IsProblem(404, "session_not_found");
            Assert.Equal(WithoutTrace(never), WithoutTrace(foreign));
        }
        await (await other.PostText($"/v1/sessions/{session}/messages", """{"content":"hello"}"""))
            .IsProblem(404, "session_not_found");
        var question = run.Replace("run_", "msg_", StringComparison.Ordinal) + "q";
        await (await other.PostAsJsonAsync($"/v1/sessions/{session}/fork", new { messageId = question }))
            .IsProblem(404, "session_not_found");
        await (await other.DeleteAsync($"/v1/sessions/{session}")).IsProblem(404, "session_not_found");
        await (await other.GetAsync($"/v1/runs/{run}")).IsProblem(404, "run_not_found");
        await (await other.GetAsync($"/v1/runs/{run}/events")).IsProblem(404, "run_not_found");
        await (await other.PostText($"/v1/runs/{run}/cancel", "{}")).IsProblem(404, "run_not_found");
        Assert.Empty((await other.GetJson("/v1/sessions"))["items"]!.AsArray());
        Assert.Equal("completed", (string)(await own.GetJson($"/v1/runs/{run}"))["status"]!);
    }

    private static string WithoutTrace(JsonNode problem)
    {
        problem.AsObject().Remove("traceId");
        return problem.ToJsonString();
    }

    private async Task<List<(string Method, string Path)>> Routes()
    {
        var document = await host.Stranger.GetJson("/openapi/v1.json");
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(operation => (operation.Key.ToUpperInvariant(), path.Key.Replace("{", "", StringComparison.Ordinal)
                .Replace("}", "", StringComparison.Ordinal))))];
    }

    private static Task<HttpResponseMessage> Ask(HttpClient client, string method, string path) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
}
