using System.Net;
using System.Text.Json.Nodes;

namespace Colloquy.Tests.Feedback;

[Collection(ApiTests.Name)]
public sealed class FeedbackTests(ApiHost host)
{
    [Fact]
    public async Task A_thumb_on_an_answer_is_recorded_learned_and_seen()
    {
        var client = await host.Tenant();
        var answer = await Answer(client);
        var given = await client.PostText("/v1/feedback", Body("message", answer, "\"up\"", "\"comment\":\"Well cited.\""));
        Assert.Equal(HttpStatusCode.Created, given.StatusCode);
        var body = await given.Json();
        Assert.Equal((1.0, "Well cited.", "message", answer), (
            (double)body["feedback"]!["rating"]!, (string)body["feedback"]!["comment"]!,
            (string)body["feedback"]!["target"]!["type"]!, (string)body["feedback"]!["target"]!["id"]!));
        Assert.Equal("calibration", (string)body["learned"]!.AsArray().Single()!);
        Assert.Single((await client.GetJson(given.Headers.Location!.ToString()))["items"]!.AsArray());
        var calibration = await client.GetJson("/v1/agents/regulatory-expert/calibration");
        Assert.Equal((1, 199, "regulatory-expert", 10), (
            (int)calibration["samples"]!, (int)calibration["samplesNeeded"]!, (string)calibration["agent"]!,
            calibration["bins"]!.AsArray().Count));
        Assert.NotNull(calibration["brier"]);
        Assert.NotNull(calibration["ece"]);
        Assert.Null(calibration["map"]);
    }

    [Fact]
    public async Task The_same_key_gives_once_and_another_body_under_it_is_refused()
    {
        var client = await host.Tenant();
        var answer = await Answer(client);
        var first = await client.PostText("/v1/feedback", Body("message", answer, "1"), operation: "f1");
        var again = await client.PostText("/v1/feedback", Body("message", answer, "\"up\""), operation: "f1");
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await (await client.PostText("/v1/feedback", Body("message", answer, "-1"), operation: "f1"))
            .IsProblem(422, "idempotency_key_reused");
        Assert.Equal(1, (int)(await client.GetJson("/v1/agents/regulatory-expert/calibration"))["samples"]!);
        await client.PostText("/v1/feedback", Body("message", answer, "0"), operation: "f2");
        Assert.Equal(0, (int)(await client.GetJson("/v1/agents/regulatory-expert/calibration"))["samples"]!);
        Assert.Empty((await client.GetJson($"/v1/feedback?type=message&id={answer}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Users_see_their_own_and_administrators_all()
    {
        var tenant = await host.NewTenant();
        var (ann, bob, admin) = (await Key(tenant, "user"), await Key(tenant, "user"), await Key(tenant, "admin"));
        var answer = await Answer(ann);
        await ann.PostText("/v1/feedback", Body("message", answer, "1"));
        await bob.PostText("/v1/feedback", Body("message", answer, "-0.5"));
        var path = $"/v1/feedback?type=message&id={answer}";
        Assert.Equal([1.0], Ratings(await ann.GetJson(path)));
        Assert.Equal([-0.5], Ratings(await bob.GetJson(path)));
        Assert.Equal([1.0, -0.5], Ratings(await admin.GetJson(path)));
        Assert.Equal(2, (int)(await bob.GetJson("/v1/agents/regulatory-expert/calibration"))["samples"]!);
    }

    [Theory]
    [InlineData("""{"target":{"type":"message","id":"ID"},"rating":1.01}""", 422, "invalid_value", "rating")]
    [InlineData("""{"target":{"type":"message","id":"ID"},"rating":-2}""", 422, "invalid_value", "rating")]
    [InlineData("""{"target":{"type":"message","id":"ID"},"rating":"great"}""", 422, "invalid_value", "rating")]
    [InlineData("""{"target":{"type":"message","id":"ID"}}""", 422, "invalid_value", "rating")]
    [InlineData("""{"target":{"type":"message","id":"ID"},"rating":true}""", 400, "invalid_request", "rating")]
    [InlineData("""{"target":{"type":"message","id":"ID"},"rating":1,"mood":1}""", 400, "invalid_request", "mood")]
    [InlineData("""{"rating":1}""", 422, "invalid_value", "target")]
    [InlineData("""{"target":{"type":"mood","id":"ID"},"rating":1}""", 422, "invalid_value", "target.type")]
    [InlineData("""{"target":{"id":"ID"},"rating":1}""", 422, "invalid_value", "target.type")]
    [InlineData("""{"target":{"type":"message","id":""},"rating":1}""", 422, "invalid_value", "target.id")]
    [InlineData("""{"target":{"type":"message","id":"ID\u0000"},"rating":1}""", 422, "invalid_value", "target.id")]
    [InlineData("""{"target":{"type":"message","id":"ID"},"rating":1,"comment":"a\u0000b"}""", 422, "invalid_value", "comment")]
    [InlineData("""{"target":{"type":"message","id":"ID"},"rating":1,"agent":"Not A Name"}""", 422, "invalid_value", "agent")]
    [InlineData("""{"target":{"type":"message","id":"ID"},"rating":1,"agent":"fact-checker"}""", 422, "invalid_value", "agent")]
    [InlineData("""{"target":{"type":"citation","id":"ID","part":""},"rating":1}""", 422, "invalid_value", "target.part")]
    [InlineData("""{"target":{"type":"citation","id":"ID","part":"99"},"rating":1}""", 404, "feedback_target_not_found", null)]
    [InlineData("""{"target":{"type":"citation","id":"ID"},"rating":1}""", 404, "feedback_target_not_found", null)]
    [InlineData("""{"target":{"type":"message","id":"ID:1"},"rating":1}""", 404, "feedback_target_not_found", null)]
    [InlineData("""{"target":{"type":"message","id":"../ID"},"rating":1}""", 404, "feedback_target_not_found", null)]
    [InlineData("""{"target":{"type":"message","id":"msg_1a"},"rating":1}""", 404, "feedback_target_not_found", null)]
    [InlineData("""{"target":{"type":"panel_turn","id":"ID","part":"a"},"rating":1}""", 404, "feedback_target_not_found", null)]
    [InlineData("""{"target":{"type":"selection","id":"ID"},"rating":1}""", 404, "feedback_target_not_found", null)]
    [InlineData("""{"target":{"type":"tool_call","id":"ID.t1"},"rating":1}""", 404, "feedback_target_not_found", null)]
    public async Task Feedback_that_is_wrong_is_refused(string body, int status, string code, string? field)
    {
        var client = await host.Tenant();
        var answer = await Answer(client);
        var problem = await (await client.PostText("/v1/feedback", body.Replace("ID", answer, StringComparison.Ordinal)))
            .IsProblem(status, code);
        Assert.Equal(field, problem["errors"]?.AsObject().Single().Key);
        Assert.Equal(0, (int)(await client.GetJson("/v1/agents/regulatory-expert/calibration"))["samples"]!);
    }

    [Fact]
    public async Task A_comment_may_have_two_thousand_characters()
    {
        var client = await host.Tenant();
        var answer = await Answer(client);
        string Long(int count) => Body("message", answer, "1", $"\"comment\":\"{new string('x', count)}\"");
        Assert.Equal(HttpStatusCode.Created, (await client.PostText("/v1/feedback", Long(2000))).StatusCode);
        await (await client.PostText("/v1/feedback", Long(2001))).IsProblem(422, "invalid_value");
    }

    [Fact]
    public async Task Another_tenants_answer_does_not_exist()
    {
        var (one, other) = (await host.Tenant(), await host.Tenant());
        var answer = await Answer(one);
        await one.PostText("/v1/feedback", Body("message", answer, "1"));
        await (await other.PostText("/v1/feedback", Body("message", answer, "1"))).IsProblem(404, "feedback_target_not_found");
        Assert.Empty((await other.GetJson($"/v1/feedback?type=message&id={answer}"))["items"]!.AsArray());
        Assert.Equal(0, (int)(await other.GetJson("/v1/agents/regulatory-expert/calibration"))["samples"]!);
    }

    [Theory]
    [InlineData("/v1/feedback", 422, "invalid_value")]
    [InlineData("/v1/feedback?type=mood&id=x", 422, "invalid_value")]
    [InlineData("/v1/feedback?type=message", 422, "invalid_value")]
    [InlineData("/v1/agents/nobody/calibration", 404, "agent_not_found")]
    [InlineData("/v1/agents/No%20Name/calibration", 404, "agent_not_found")]
    public async Task What_cannot_be_read_is_said(string path, int status, string code) =>
        await (await (await host.Tenant()).GetAsync(path)).IsProblem(status, code);

    [Fact]
    public async Task Whoever_shows_no_key_gives_none() => await (await host.Stranger.PostText(
        "/v1/feedback", Body("message", "msg_1a", "1"))).IsProblem(401, "unauthenticated");

    private async Task<HttpClient> Key(string tenant, params string[] roles) =>
        host.Client((string)(await host.NewKey(tenant, roles))["key"]!);

    private static IEnumerable<double> Ratings(JsonNode page) =>
        page["items"]!.AsArray().Select(one => (double)one!["rating"]!);

    private static string Body(string type, string id, string rating, string? more = null) =>
        $$$"""{"target":{"type":"{{{type}}}","id":"{{{id}}}"},"rating":{{{rating}}}{{{(more is null ? "" : $",{more}")}}}}""";

    /// <summary>The id of an answer.</summary>
    private static async Task<string> Answer(HttpClient client)
    {
        var session = await client.NewSession();
        await client.Converse(session);
        var messages = await client.GetJson($"/v1/sessions/{session}/messages");
        return (string)messages["items"]![1]!["id"]!;
    }
}
