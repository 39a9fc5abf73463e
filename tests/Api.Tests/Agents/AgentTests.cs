using System.Net;
using System.Net.Http.Json;

namespace Colloquy.Tests.Agents;

[Collection(ApiTests.Name)]
public sealed class AgentTests(ApiHost host)
{
    private const string Body =
        """{"id":"device-expert","name":"Device expert","persona":"You know devices.","domains":["regulatory"]}""";

    [Fact]
    public async Task The_experts_that_ship_are_listed_by_page()
    {
        var client = await host.Tenant();
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.GetJson($"/v1/agents?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            ids.AddRange(page["items"]!.AsArray().Select(agent => (string)agent!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        Assert.Equal(8, ids.Count);
        Assert.Contains("regulatory-expert", ids);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task An_agent_is_created_changed_published_and_rolled_back()
    {
        var client = await host.Tenant();
        var created = await client.PostText("/v1/agents", Body);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(1, (int)(await created.Json())["version"]!);
        var changed = await (await client.PatchAsJsonAsync("/v1/agents/device-expert", new { name = "Better" })).Json();
        Assert.Equal("Device expert", (string)changed["name"]!);
        Assert.Equal("Better", (string)changed["draft"]!["name"]!);
        var published = await (await client.PostAsync("/v1/agents/device-expert/publish", null)).Json();
        Assert.Equal(("Better", 2), ((string)published["name"]!, (int)published["version"]!));
        var back = await (await client.PostAsync("/v1/agents/device-expert/versions/1/publish", null)).Json();
        Assert.Equal("Device expert", (string)back["name"]!);
        Assert.Equal(2, (await client.GetJson("/v1/agents/device-expert/versions"))["items"]!.AsArray().Count);
        await (await client.PostAsync("/v1/agents/device-expert/versions/9/publish", null)).IsProblem(404, "version_not_found");
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/v1/agents/device-expert")).StatusCode);
        await (await client.GetAsync("/v1/agents/device-expert")).IsProblem(404, "agent_not_found");
    }

    [Fact]
    public async Task Creating_twice_is_a_repeat_with_the_same_key_and_a_conflict_without()
    {
        var client = await host.Tenant();
        Assert.Equal(HttpStatusCode.Created, (await client.PostText("/v1/agents", Body, operation: "a1")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await client.PostText("/v1/agents", Body, operation: "a1")).StatusCode);
        await (await client.PostText("/v1/agents", Body)).IsProblem(409, "agent_exists");
        var other = Body.Replace("You know devices.", "You know nothing.", StringComparison.Ordinal);
        await (await client.PostText("/v1/agents", other, operation: "a1")).IsProblem(422, "idempotency_key_reused");
    }

    [Theory]
    [InlineData("""{"id":"Upper Case","name":"x","persona":"x"}""", 422, "invalid_value")]
    [InlineData("""{"id":"no-name","persona":"x"}""", 422, "invalid_value")]
    [InlineData("""{"id":"no-persona","name":"x"}""", 422, "invalid_value")]
    [InlineData("""{"id":"hot","name":"x","persona":"x","temperature":3}""", 422, "invalid_value")]
    [InlineData("""{"id":"long","name":"x","persona":"x","maxOutputTokens":0}""", 422, "invalid_value")]
    [InlineData("""{"id":"extra","name":"x","persona":"x","version":7}""", 400, "invalid_request")]
    [InlineData("""{"id":"text","name":"x","persona":"x","temperature":"1"}""", 400, "invalid_request")]
    public async Task An_agent_that_is_wrong_is_refused(string body, int status, string code)
    {
        var client = await host.Tenant();
        await (await client.PostText("/v1/agents", body)).IsProblem(status, code);
        Assert.Equal(8, (await client.GetJson("/v1/agents?limit=100"))["items"]!.AsArray().Count);
    }
}
