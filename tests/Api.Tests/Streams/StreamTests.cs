using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Colloquy.FakeModel;

namespace Colloquy.Tests.Streams;

[Collection(ApiTests.Name)]
public sealed class StreamTests(ApiHost host)
{
    private static readonly string[] Turn =
        ["message.accepted", "run.accepted", "run.started", "message.completed", "run.completed"];

    [Fact]
    public async Task A_message_answers_with_the_stream_of_its_run()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        await using var stream = await SseReader.Open(client,
            new HttpRequestMessage(HttpMethod.Post, $"/v1/sessions/{session}/messages")
        {
            Content = JsonContent.Create(new { content = "What is a class III device?" }),
        });
        var run = stream.Response.Headers.GetValues("X-Run-Id").Single();
        Assert.Equal($"/v1/runs/{run}", stream.Response.Headers.Location?.ToString());
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no", stream.Response.Headers.GetValues("X-Accel-Buffering").Single());
        var events = await stream.ToEnd();
        Assert.Equal("stream.opened", events[0].Type);
        var durable = events.Where(told => told.Data["seq"] is not null).ToList();
        Assert.Equal(Turn, durable.Select(told => told.Type).Where(Turn.Contains));
        Assert.Equal("run.completed", durable[^1].Type);
        Assert.All(durable, told => Assert.Equal(run, (string)told.Data["runId"]!));
        Assert.All(durable, told => Assert.Equal(told.Type, (string)told.Data["type"]!));
    }

    [Fact]
    public async Task Live_text_put_together_is_the_final_text()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var gate = new Gate();
        host.Model.Script(request => request.LastUser.Contains("live-question", StringComparison.Ordinal)
            ? ScriptedTurn.Says("One two three four five six seven.") with { Gate = gate } : null);
        await using var stream = await SseReader.Open(client, $"/v1/sessions/{session}/events");
        var sent = await client.PostAsJsonAsync($"/v1/sessions/{session}/messages", new { content = "live-question" });
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await gate.Release(2);
        var seen = await Text(stream, "", until: told => told.Type.StartsWith("message.", StringComparison.Ordinal)
            && told.Id is null);
        gate.Open();
        seen = await Text(stream, seen.Text, until: told => told.Type == "message.completed");
        Assert.StartsWith(seen.Text, (string)seen.Last.Data["content"]!, StringComparison.Ordinal);
        Assert.NotEmpty(seen.Text);
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_id_gets_what_follows_and_nothing_else()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var run = await client.Converse(session);
        await using var whole = await SseReader.Open(client, $"/v1/runs/{run}/events");
        var all = (await whole.ToEnd()).Where(told => told.Data["seq"] is not null).ToList();
        await using var rest = await SseReader.Open(client, $"/v1/runs/{run}/events?after=0", lastEventId: all[1].Id);
        var after = await rest.ToEnd();
        Assert.Equal(all[1].Id, (string)after[0].Data["cursor"]!);
        Assert.Equal(all.Skip(2).Select(told => told.Id), after.Skip(1).Select(told => told.Id));
        await using var nothing = await SseReader.Open(client, $"/v1/runs/{run}/events", lastEventId: all[^1].Id);
        Assert.Equal(["stream.opened"], (await nothing.ToEnd()).Select(told => told.Type));
    }

    [Fact]
    public async Task A_cursor_of_another_run_or_session_is_refused()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var first = await client.Converse(session);
        var second = await client.Converse(session, "And a class I device?");
        await using var stream = await SseReader.Open(client, $"/v1/runs/{first}/events");
        var cursor = (await stream.ToEnd())[^1].Id;
        await (await client.GetAsync($"/v1/runs/{second}/events?after={cursor}")).IsProblem(400, "cursor_invalid");
        var other = await client.NewSession();
        await (await client.GetAsync($"/v1/sessions/{other}/events?after={cursor}")).IsProblem(400, "cursor_invalid");
    }

    [Fact]
    public async Task Events_come_as_pages_of_json_as_well()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var run = await client.Converse(session);
        var types = new List<string>();
        var cursor = "0";
        for (JsonNode page; cursor is not null; cursor = (string?)page["nextCursor"])
        {
            page = await client.GetJson($"/v1/runs/{run}/events?format=json&limit=2&after={cursor}");
            types.AddRange(page["items"]!.AsArray().Select(item => (string)item!["type"]!));
        }
        Assert.Equal(Turn, types.Where(Turn.Contains));
    }

    [Fact]
    public async Task A_page_waits_for_the_next_event()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        var waiting = client.GetJson($"/v1/sessions/{session}/events?format=json&wait=30&after=1");
        await client.Converse(session);
        Assert.Equal("message.accepted", (string)(await waiting)["items"]![0]!["type"]!);
        var empty = await client.GetJson($"/v1/sessions/{await client.NewSession()}/events?format=json&after=1");
        Assert.Empty(empty["items"]!.AsArray());
        Assert.StartsWith("1-", (string)empty["nextCursor"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_come_as_lines_of_json_as_well()
    {
        var client = await host.Tenant();
        var run = await client.Converse(await client.NewSession());
        var text = await client.GetStringAsync($"/v1/runs/{run}/events?format=ndjson");
        var types = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (string)JsonNode.Parse(line)!["type"]!).ToList();
        Assert.Equal("stream.opened", types[0]);
        Assert.Equal("run.completed", types[^1]);
    }

    [Fact]
    public async Task A_session_that_is_deleted_ends_its_streams()
    {
        var client = await host.Tenant();
        var session = await client.NewSession();
        await using var stream = await SseReader.Open(client, $"/v1/sessions/{session}/events");
        await stream.To("session.created");
        (await client.DeleteAsync($"/v1/sessions/{session}")).EnsureSuccessStatusCode();
        Assert.Empty(await stream.ToEnd());
    }

    private static async Task<(string Text, SseEvent Last)> Text(SseReader stream, string text, Func<SseEvent, bool> until)
    {
        while (await stream.Next() is { } told)
        {
            text = told.Type switch
            {
                "message.delta" => new StringBuilder(text, 0, (int)told.Data["offset"]!, 256).Append((string)told.Data["text"]!)
                    .ToString(),
                "message.snapshot" => (string)told.Data["text"]!,
                "message.reset" => "",
                _ => text,
            };
            if (until(told))
                return (text, told);
        }
        throw new InvalidOperationException("The stream ended before what was waited for.");
    }
}
