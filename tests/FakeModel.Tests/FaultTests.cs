using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Colloquy.FakeModel.Tests;

public sealed class FaultTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualClock _clock = new(Noon);
    private FakeModelServer _model = null!;
    private Caller _caller = null!;

    public async Task InitializeAsync() =>
        _caller = new Caller(_model = await FakeModelServer.Start(new FakeModelOptions { Clock = _clock }));

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _model.DisposeAsync();
    }

    [Theory]
    [InlineData("400", null)]
    [InlineData("401", "invalid_api_key")]
    [InlineData("404", "model_not_found")]
    [InlineData("408", null)]
    [InlineData("429", "rate_limit_exceeded")]
    [InlineData("500", null)]
    [InlineData("503", null)]
    [InlineData("418", null)]
    public async Task A_status_comes_with_its_error_object(string status, string? code)
    {
        using var whole = await _caller.Ask($"[[fake fault={status}]]");
        using var streamed = await _caller.Ask($"[[fake fault={status}]]", stream: true);
        Assert.Equal(status, $"{(int)whole.StatusCode}");
        Assert.Equal(whole.StatusCode, streamed.StatusCode);
        var body = await Caller.Read(whole);
        Assert.Empty(OpenAiSchema.Check("ErrorResponse", body));
        Assert.Equal(code, body.GetProperty("error").Text("code"));
        Assert.Equal(2, _model.Stats.Faulted);
    }

    [Theory]
    [InlineData("retry=2", "Retry-After", "2")]
    [InlineData("retry-date=2", "Retry-After", "Fri, 20 Nov 2026 12:00:02 GMT")]
    [InlineData("retry-ms=1500", "retry-after-ms", "1500")]
    public async Task A_refusal_says_when_to_come_back(string form, string header, string value)
    {
        using var answer = await _caller.Ask($"[[fake {form} fault=429]]");
        Assert.Equal(value, answer.Headers.NonValidated[header].ToString());
    }

    [Fact]
    public async Task A_refusal_can_have_any_body()
    {
        _model.Enqueue(ScriptedTurn.Fails(Fault.Http(502) with { Body = "<h1>Bad Gateway</h1>" }));
        using var answer = await _caller.Ask("Hi");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("<h1>Bad Gateway</h1>", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(50)]
    public async Task A_cut_stream_delivers_all_chunks_before_the_cut_and_no_end(int after)
    {
        var (body, end) = await ReadRaw($"[[fake chunks=20 fault=cut after={after}]]", stream: true);
        Assert.Equal(SocketError.Success, end);
        Assert.Equal(Math.Min(after, 20), Occurrences(body, "content\":\"tok"));
        Assert.Equal(0, Occurrences(body, "stop") + Occurrences(body, "\r\n0\r\n"));
    }

    [Fact]
    public async Task A_cut_whole_answer_loses_its_second_half()
    {
        var (body, end) = await ReadRaw("[[fake chunks=20 fault=cut]]", stream: false);
        Assert.Equal(SocketError.Success, end);
        Assert.Contains("Content-Length", body, StringComparison.Ordinal);
        Assert.DoesNotContain("usage", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_leaves_no_answer_at_all()
    {
        var (body, end) = await ReadRaw("[[fake fault=reset]]", stream: true);
        Assert.Equal(("", SocketError.ConnectionReset), (body, end));
        Assert.Equal(FaultKind.Reset, _model.Requests[0].Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stall_lasts_until_the_caller_leaves(bool stream)
    {
        using var leaving = new CancellationTokenSource();
        var reading = ReadWhole("[[fake fault=stall]]", stream, leaving.Token);
        var request = await _model.Requested();
        Assert.Equal(RequestOutcome.Running, request.Outcome);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(RequestOutcome.CallerLeft, await request.WhenEnded());
        Assert.Equal(FaultKind.Stall, request.Fault);
    }

    [Fact]
    public async Task A_stream_stalls_after_the_chunks_it_is_told_to_send()
    {
        var asked = await _caller.Ask("[[fake chunks=9 fault=stall after=3]]", stream: true);
        var seen = await Caller.ReadEvents(asked).Take(4).ToListAsync();
        asked.Dispose();
        await _model.Requests[0].WhenEnded();
        Assert.Contains("tok2", seen[^1], StringComparison.Ordinal);
        Assert.Equal((3, true), (_model.Requests[0].Chunks, _model.Requests[0].CallerLeft));
    }

    [Fact]
    public async Task Slow_headers_come_in_their_time_and_the_answer_is_good()
    {
        var asked = _caller.Ask("[[fake fault=slow-headers for=60000 text=patience]]", stream: true);
        await _clock.Awaited(TimeSpan.FromMinutes(1));
        Assert.False(asked.IsCompleted);
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var answer = await asked;
        Assert.Contains("[DONE]", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, _model.Stats.Completed);
    }

    [Fact]
    public async Task A_garbage_chunk_is_one_among_good_ones()
    {
        var events = await _caller.Events("[[fake chunks=4 fault=garbage-chunk after=2]]");
        Assert.Single(events, data => data is not "[DONE]" && Reading.Parse(data).ValueKind is JsonValueKind.Undefined);
        Assert.Equal("[DONE]", events[^1]);
        Assert.Contains("tok3", string.Concat(events), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage-body", false, "application/json", "<html>")]
    [InlineData("garbage-body", true, "text/event-stream", "<html>")]
    [InlineData("wrong-type", false, "text/html", "<html>")]
    [InlineData("wrong-type", true, "text/html", "<html>")]
    [InlineData("empty", false, "application/json", "")]
    [InlineData("empty", true, "text/event-stream", "")]
    [InlineData("garbage-chunk", false, "application/json", """{"id":""")]
    [InlineData("error-in-stream", false, "application/json", """{"error":""")]
    public async Task A_good_status_can_hide_a_bad_body(string fault, bool stream, string type, string start)
    {
        using var answer = await _caller.Ask($"[[fake fault={fault}]]", stream);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith(start, body, StringComparison.Ordinal);
        Assert.Equal(start.Length == 0, body.Length == 0);
        Assert.False(OpenAiSchema.Check("CreateChatCompletionResponse", Reading.Parse(body)) is []);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_truncated_answer_ends_inside_a_character(bool stream)
    {
        using var answer = await _caller.Ask("[[fake text=caf\u00e9 fault=truncated-utf8]]", stream);
        Assert.Equal(0xC3, (await answer.Content.ReadAsByteArrayAsync())[^1]);
    }

    [Fact]
    public async Task A_stream_can_end_without_saying_so()
    {
        var events = await _caller.Events("[[fake text=a fault=no-done]]");
        Assert.Contains("total_tokens", events[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_inside_a_stream_ends_it()
    {
        var events = await _caller.Events("[[fake chunks=5 fault=error-in-stream after=2]]");
        Assert.Equal(4, events.Count);
        Assert.Empty(OpenAiSchema.Check("ErrorResponse", events[^1]));
    }

    [Fact]
    public async Task Split_packets_carry_a_good_answer()
    {
        const string Text = "h\u00e9llo w\u00f6rld \u2603";
        Assert.Equal(Text, Caller.TextOf(await _caller.Chunks($"[[fake fault=split text={Text}]]")));
        Assert.Equal(1, _model.Stats.Completed);
    }

    [Theory]
    [InlineData("429", 429)]
    [InlineData("garbage-body", 200)]
    public async Task Embeddings_fail_too_and_recover(string fault, int status)
    {
        var ask = new { model = "m", input = $"[[fake fault={fault} times=1]]" };
        using var first = await _caller.Post("v1/embeddings", ask);
        using var second = await _caller.Post("v1/embeddings", ask);
        Assert.Equal(status, (int)first.StatusCode);
        Assert.NotEmpty(OpenAiSchema.Check("CreateEmbeddingResponse", Reading.Parse(await first.Content.ReadAsStringAsync())));
        Assert.Empty(OpenAiSchema.Check("CreateEmbeddingResponse", await Caller.Read(second)));
    }

    private async Task<string> ReadWhole(string text, bool stream, CancellationToken left)
    {
        using var answer = await _caller.Post("v1/chat/completions", Caller.Question(text, stream), left);
        return await answer.Content.ReadAsStringAsync(left);
    }

    private static int Occurrences(string text, string what) => text.Split(what).Length - 1;

    // A bare socket, for HttpClient tells a reset from an early end only by its wording.
    private async Task<(string Body, SocketError End)> ReadRaw(string text, bool stream)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_model.Root.Host, _model.Root.Port);
        var body = JsonSerializer.Serialize(Caller.Question(text, stream));
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: model\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        var read = new StringBuilder();
        var buffer = new byte[65536];
        try
        {
            for (var count = 1; count > 0; read.Append(Encoding.UTF8.GetString(buffer, 0, count)))
            {
                count = await socket.ReceiveAsync(buffer);
            }
        }
        catch (SocketException broken)
        {
            return (read.ToString(), broken.SocketErrorCode);
        }

        return (read.ToString(), SocketError.Success);
    }
}
