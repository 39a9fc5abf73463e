using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Colloquy.Tests.Panels;

/// <summary>Panels over HTTP: two people, and a chair that brings together what they say.</summary>
[Collection(ApiTests.Name)]
public sealed class PanelTests(ApiHost host)
{
    private const string Question = "Is it so?";

    [Fact]
    public async Task A_panel_of_people_is_convened_answered_and_concluded()
    {
        var client = await host.Tenant();
        var (panel, run) = await client.ConvenePeople();
        await using var stream = await SseReader.Open(client, $"/v1/panels/{panel}/events");
        Assert.Equal("panel.round.opened", (await stream.To("panel.round.opened")).Type);
        var asked = await client.GetJson($"/v1/panels/{panel}");
        Assert.Equal(["s1", "s2"], asked["asks"]!.AsArray().Select(ask => (string)ask!["seat"]!));
        Assert.Equal("running", (string)asked["status"]!);
        await client.Answers(panel, "s1", "It is.", "yes");
        await client.Answers(panel, "s2", "It is not.", "no");

        var events = await stream.ToEnd();
        Assert.Equal("run.completed", events[^1].Type);
        Assert.Equal(["s1", "s2"], events.Where(told => told.Type == "panel.position").Select(told =>
            (string)told.Data["seat"]!));
        var view = await client.GetJson($"/v1/panels/{panel}");
        Assert.Equal(("completed", "decided"), ((string)view["status"]!, (string)view["outcome"]!["decision"]!));
        Assert.NotEmpty(view["outcome"]!["minorityReport"]!.AsArray());
        Assert.Equal("It is.", (string)view["outcome"]!["positions"]![0]!["answer"]!);
        var known = await client.GetJson($"/v1/runs/{run}");
        Assert.Equal(("panel", "completed", panel), ((string)known["kind"]!, (string)known["status"]!, (string)known["panel"]!));
    }

    [Fact]
    public async Task Words_of_a_seat_come_with_their_seat_and_round_and_are_what_it_says()
    {
        var client = await host.Tenant();
        var (panel, run) = await client.ConvenePeople();
        await using var stream = await SseReader.Open(client, $"/v1/runs/{run}/events");
        await stream.To("panel.round.opened");
        await client.Answers(panel, "s1", "It is.", "yes");
        await client.Answers(panel, "s2", "It is not.", "no");
        var (live, whole) = ("", "");
        foreach (var told in await stream.ToEnd())
        {
            if (told.Type is "message.delta" or "message.snapshot")
            {
                Assert.Equal(("chair", 2), ((string)told.Data["seat"]!, (int)told.Data["round"]!));
                Assert.Null(told.Id);
                live = live[..(int)told.Data["offset"]!] + (string)told.Data["text"]!;
            }
            if (told.Type == "panel.remark")
                whole = (string)told.Data["said"]!["text"]!;
        }
        Assert.NotEmpty(whole);
        Assert.StartsWith(live, whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_goes_on_after_the_last_id_and_ends_for_good_at_the_end()
    {
        var client = await host.Tenant();
        var (panel, _) = await client.ConvenePeople();
        string id;
        await using (var first = await SseReader.Open(client, $"/v1/panels/{panel}/events"))
            id = (await first.To("panel.round.opened")).Id!;
        await client.Answers(panel, "s1", "It is.", "yes");
        await client.Declines(panel, "s2");
        await using var rest = await SseReader.Open(client, $"/v1/panels/{panel}/events", lastEventId: id);
        var events = await rest.ToEnd();
        var seqs = events.Where(told => told.Data["seq"] is not null).Select(told => (long)told.Data["seq"]!).ToList();
        Assert.Equal("panel.position", events.First(told => told.Data["seq"] is not null).Type);
        Assert.Equal(Enumerable.Range(0, seqs.Count).Select(at => seqs[0] + at), seqs);
        await using var nothing = await SseReader.Open(client, $"/v1/panels/{panel}/events", lastEventId: events[^1].Id);
        Assert.Equal(["stream.opened"], (await nothing.ToEnd()).Select(told => told.Type));
        var page = await client.GetJson($"/v1/panels/{panel}/events?format=json&after={id}");
        Assert.Equal(seqs, page["items"]!.AsArray().Select(line => (long)line!["seq"]!));
        Assert.Null(page["nextCursor"]);
        await (await client.GetAsync($"/v1/panels/{panel}/events?after=999")).IsProblem(400, "cursor_invalid");
    }

    [Fact]
    public async Task A_panel_answers_with_the_stream_of_its_run()
    {
        var client = await host.Tenant();
        await using var stream = await SseReader.Open(client, new HttpRequestMessage(HttpMethod.Post, "/v1/panels")
        {
            Content = JsonContent.Create(new { question = Question, agents = new[] { "regulatory-expert",
                "medical-specialist" } }),
        });
        Assert.StartsWith("run_pan_", stream.Response.Headers.GetValues("X-Run-Id").Single(), StringComparison.Ordinal);
        var events = await stream.ToEnd();
        Assert.Equal("run.completed", events[^1].Type);
        Assert.Equal(["s1", "s2"], events.Where(told => told.Type == "panel.position").Select(told =>
            (string)told.Data["seat"]!).Order());
    }

    [Fact]
    public async Task The_same_key_convenes_one_panel_and_another_question_under_it_is_refused()
    {
        var client = await host.Tenant();
        var first = await client.PostText("/v1/panels", PanelCalls.People, operation: "once");
        var again = await client.PostText("/v1/panels", PanelCalls.People, operation: "once");
        Assert.Equal((await first.Json()).ToJsonString(), (await again.Json()).ToJsonString());
        Assert.Single((await client.GetJson("/v1/panels"))["items"]!.AsArray());
        await (await client.PostText("/v1/panels", PanelCalls.People.Replace("Is it so?", "Is it?", StringComparison.Ordinal),
            operation: "once"))
            .IsProblem(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_repeat_of_an_answer_changes_nothing_and_a_late_one_is_refused()
    {
        var client = await host.Tenant();
        var (panel, _) = await client.ConvenePeople(chairSeconds: 600);
        await client.Answers(panel, "s1", "It is.", "yes");
        var seq = (long)(await client.Answers(panel, "s1", "It is.", "yes"))["seq"]!;
        Assert.Equal(seq, (long)(await client.GetJson($"/v1/panels/{panel}"))["seq"]!);
        await (await client.PostAsJsonAsync($"/v1/panels/{panel}/answers", new { seat = "s2", round = 7, answer = "Early" }))
            .IsProblem(409, "seat_not_awaited");
        await (await client.PostAsJsonAsync($"/v1/panels/{panel}/answers", new { seat = "chair", round = 1, answer = "I chair" }))
            .IsProblem(422, "seat_not_personal");
        await (await client.PostAsJsonAsync($"/v1/panels/{panel}/answers", new { seat = "s9", round = 1,
            answer = "I was never here" }))
            .IsProblem(422, "seat_not_personal");
        await client.Declines(panel, "s2");
        await client.Declines(panel, "s2");
        await client.ToEnd(panel);
        await (await client.PostAsJsonAsync($"/v1/panels/{panel}/answers", new { seat = "s2", round = 1, answer = "After all" }))
            .IsProblem(409, "panel_ended");
    }

    [Fact]
    public async Task Who_steers_is_heard_from_the_next_round_on_and_once()
    {
        var client = await host.Tenant();
        var (panel, _) = await client.ConvenePeople();
        var path = $"/v1/panels/{panel}/steer";
        Assert.Equal(HttpStatusCode.OK, (await client.PostText(path, """{"text":"Think of children."}""", operation: "a")).StatusCode);
        var steered = await (await client.PostText(path, """{"text":"Think of children."}""", operation: "a")).Json();
        Assert.Equal("Think of children.", (string)Assert.Single(steered["steering"]!.AsArray())!["text"]!);
        await (await client.PostText(path, """{"text":"Think of parents."}""", operation: "a")).IsProblem(422, "idempotency_key_reused");
        for (var at = 1; at < 16; at++)
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync(path, new { text = "More." })).StatusCode);
        await (await client.PostAsJsonAsync(path, new { text = "Too much." })).IsProblem(409, "limit_reached");
        Assert.Equal(HttpStatusCode.OK, (await client.PostText(path, """{"text":"Think of children."}""", operation: "a")).StatusCode);
        await client.PostAsync($"/v1/panels/{panel}/cancel", null);
        await (await client.PostAsJsonAsync(path, new { text = "Late." })).IsProblem(409, "panel_ended");
    }

    [Theory]
    [InlineData("panels")]
    [InlineData("runs")]
    public async Task A_panel_is_cancelled_as_a_panel_and_as_a_run(string kind)
    {
        var client = await host.Tenant();
        var (panel, run) = await client.ConvenePeople();
        var cancelled = await client.PostAsync($"/v1/{kind}/{(kind == "runs" ? run : panel)}/cancel", null);
        Assert.Equal("cancelled", (string)(await cancelled.Json())["status"]!);
        Assert.Equal("run.cancelled", (await client.ToEnd(panel))[^1].Type);
        Assert.Equal("cancelled", (string)(await client.GetJson($"/v1/panels/{panel}"))["status"]!);
    }

    [Fact]
    public async Task Panels_are_listed_newest_first_page_by_page()
    {
        var client = await host.Tenant();
        List<string> panels = [];
        for (var at = 0; at < 5; at++)
            panels.Insert(0, (await client.ConvenePeople()).Panel);
        List<string> listed = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = await client.GetJson($"/v1/panels?limit=2{cursor}");
            listed.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["nextCursor"] is { } next ? $"&cursor={next}" : null;
        }
        Assert.Equal(panels.Order(), listed.Order());
        Assert.Equal(panels[0], listed[0]);
        foreach (var wrong in new[] { "x", "-1", "99999999999", "123456789012345678" })
            await (await client.GetAsync($"/v1/panels?cursor={wrong}")).IsProblem(400, "cursor_invalid");
        await (await client.GetAsync("/v1/panels?limit=0")).IsProblem(422, "invalid_value");
    }

    [Fact]
    public async Task A_deleted_panel_is_gone_and_its_viewers_are_told()
    {
        var client = await host.Tenant();
        var (panel, run) = await client.ConvenePeople();
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/v1/panels/{panel}")).StatusCode);
        await (await client.DeleteAsync($"/v1/panels/{panel}")).IsProblem(404, "panel_not_found");
        await (await client.GetAsync($"/v1/panels/{panel}")).IsProblem(404, "panel_not_found");
        await (await client.GetAsync($"/v1/runs/{run}")).IsProblem(404, "run_not_found");
        Assert.Empty((await client.GetJson("/v1/panels"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_seat_shows_its_notes_and_a_person_has_none()
    {
        var client = await host.Tenant();
        var (panel, _) = await client.ConvenePeople();
        var seat = await client.GetJson($"/v1/panels/{panel}/seats/s1");
        Assert.Equal((panel, "s1"), ((string)seat["panelId"]!, (string)seat["seat"]!));
        Assert.Empty(seat["notes"]!.AsArray());
        Assert.Equal("regulatory-expert", (string)(await client.GetJson($"/v1/panels/{panel}/seats/chair"))["agent"]!);
        await (await client.GetAsync($"/v1/panels/{panel}/seats/s3")).IsProblem(404, "seat_not_found");
    }

    [Fact]
    public async Task Another_tenants_panel_is_as_one_that_never_was()
    {
        var (own, other) = (await host.Tenant(), await host.Tenant());
        var (panel, run) = await own.ConvenePeople();
        foreach (var path in new[] { "", "/events", "/seats/s1", "/seats/chair" })
            await (await other.GetAsync($"/v1/panels/{panel}{path}")).IsProblem(404, "panel_not_found");
        await (await other.PostAsync($"/v1/panels/{panel}/cancel", null)).IsProblem(404, "panel_not_found");
        await (await other.PostAsJsonAsync($"/v1/panels/{panel}/steer", new { text = "Yes" })).IsProblem(404, "panel_not_found");
        await (await other.PostAsJsonAsync($"/v1/panels/{panel}/answers", new { seat = "s1", round = 1, answer = "Yes" }))
            .IsProblem(404, "panel_not_found");
        await (await other.DeleteAsync($"/v1/panels/{panel}")).IsProblem(404, "panel_not_found");
        await (await other.GetAsync($"/v1/runs/{run}")).IsProblem(404, "run_not_found");
        await (await other.GetAsync($"/v1/runs/{run}/events")).IsProblem(404, "run_not_found");
        await (await other.PostAsync($"/v1/runs/{run}/cancel", null)).IsProblem(404, "run_not_found");
        Assert.Empty((await other.GetJson("/v1/panels"))["items"]!.AsArray());
        Assert.Equal("running", (string)(await own.GetJson($"/v1/panels/{panel}"))["status"]!);
    }

    [Fact]
    public async Task Panels_are_for_users()
    {
        var admin = await host.Tenant("admin");
        await (await admin.PostText("/v1/panels", PanelCalls.People)).IsProblem(403, "forbidden");
        await (await admin.GetAsync("/v1/panels")).IsProblem(403, "forbidden");
        var protocols = await admin.GetJson("/v1/panels/protocols");
        Assert.Contains(protocols["items"]!.AsArray(), card => (string)card!["name"]! == "parallel"
            && (int)card["membersMin"]! == 2);
    }
}

/// <summary>What tests of panels do again and again.</summary>
internal static class PanelCalls
{
    /// <summary>Two people and an agent that chairs.</summary>
    public const string People =
        """{"question":"Is it so?","agents":[],"people":["Ada","Bo"],"chair":"regulatory-expert","quorum":1,"seatSeconds":60}""";

    public static async Task<(string Panel, string Run)> ConvenePeople(this HttpClient client, int chairSeconds = 60)
    {
        var answer = await client.PostText("/v1/panels", People.Replace("60", $"{chairSeconds}", StringComparison.Ordinal));
        Assert.True(HttpStatusCode.Accepted == answer.StatusCode, await answer.Content.ReadAsStringAsync());
        var accepted = await answer.Json();
        var (panel, run) = ((string)accepted["panelId"]!, (string)accepted["runId"]!);
        Assert.Equal(($"/v1/panels/{panel}/events", $"run_{panel}"), ((string)accepted["eventsUrl"]!, run));
        return (panel, run);
    }

    public static Task<JsonNode> Answers(this HttpClient client, string panel, string seat, string answer, string stance) =>
        client.Says(panel, new { seat, round = 1, answer, stance, confidence = 0.9 });

    public static Task<JsonNode> Declines(this HttpClient client, string panel, string seat) =>
        client.Says(panel, new { seat, round = 1, decline = true });

    /// <summary>Reads a panel's events to its end.</summary>
    public static async Task<List<SseEvent>> ToEnd(this HttpClient client, string panel)
    {
        await using var stream = await SseReader.Open(client, $"/v1/panels/{panel}/events");
        return await stream.ToEnd();
    }

    private static async Task<JsonNode> Says(this HttpClient client, string panel, object body)
    {
        var answer = await client.PostAsJsonAsync($"/v1/panels/{panel}/answers", body);
        Assert.True(HttpStatusCode.OK == answer.StatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }
}
