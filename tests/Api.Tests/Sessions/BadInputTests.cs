using System.Net;
using System.Text;

namespace Colloquy.Tests.Sessions;

/// <summary>What a client does wrong: each has its documented answer, and nothing changes.</summary>
[Collection(ApiTests.Name)]
public sealed class BadInputTests(ApiHost host) : IAsyncLifetime
{
    private HttpClient _client = null!;
    private string _session = null!;

    public async Task InitializeAsync()
    {
        _client = await host.Tenant();
        _session = await _client.NewSession();
    }

    public async Task DisposeAsync() => Assert.Equal(1, (long)(await _client.GetJson($"/v1/sessions/{_session}"))["seq"]!);

    [Theory]
    [InlineData("", 400, "invalid_request")]
    [InlineData("{", 400, "invalid_request")]
    [InlineData("hello", 400, "invalid_request")]
    [InlineData("[]", 400, "invalid_request")]
    [InlineData("null", 400, "invalid_request")]
    [InlineData("\"hello\"", 400, "invalid_request")]
    [InlineData("""{"content":5}""", 400, "invalid_request")]
    [InlineData("""{"content":["a"]}""", 400, "invalid_request")]
    [InlineData("""{"content":{"a":1}}""", 400, "invalid_request")]
    [InlineData("""{"content":"a","mode":true}""", 400, "invalid_request")]
    [InlineData("""{"content":"a","mode":1.5}""", 400, "invalid_request")]
    [InlineData("""{"content":"a","unknown":1}""", 400, "invalid_request")]
    [InlineData("""{"content":"a","tenantId":"other"}""", 400, "invalid_request")]
    [InlineData("""{"Content":"a"}""", 400, "invalid_request")]
    [InlineData("""{"content":"a","content":"b"}""", 400, "invalid_request")]
    [InlineData("""{"content":"\ud800"}""", 400, "invalid_request")]
    [InlineData("""{"content":"a"} {"content":"b"}""", 400, "invalid_request")]
    [InlineData("{}", 422, "invalid_value")]
    [InlineData("""{"content":null}""", 422, "invalid_value")]
    [InlineData("""{"content":""}""", 422, "invalid_value")]
    [InlineData("""{"content":" \n\t "}""", 422, "invalid_value")]
    [InlineData("""{"content":"a","onBusy":"shout"}""", 422, "invalid_value")]
    [InlineData("""{"content":"a","tier":"gold"}""", 422, "invalid_value")]
    [InlineData("""{"content":"a","agent":"../other"}""", 422, "invalid_value")]
    [InlineData("""{"content":"a","mode":"chaos"}""", 422, "invalid_value")]
    [InlineData("""{"content":"a","mode":7}""", 422, "invalid_value")]
    [InlineData("""{"content":"a","mode":"auto","agent":"expert"}""", 422, "invalid_value")]
    [InlineData("""{"content":"a","mode":"autonomous-manual"}""", 422, "mode_unavailable")]
    [InlineData("""{"content":"a","mode":3}""", 422, "mode_unavailable")]
    [InlineData("""{"content":"a","tools":["calculator"]}""", 422, "tool_unavailable")]
    [InlineData("""{"content":"a","agent":"nobody-knows"}""", 422, "unknown_agent")]
    public async Task A_message_that_is_wrong_is_refused(string body, int status, string code) =>
        await (await Send(body)).IsProblem(status, code);

    [Fact]
    public async Task Invalid_utf8_is_refused() => await (await _client.PostBytes(
        $"/v1/sessions/{_session}/messages", [.. "{\"content\":\""u8, 0xff, 0xfe, 0xc0, .. "\"}"u8]))
            .IsProblem(400, "invalid_request");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Another_content_type_is_refused(string type) => await (await _client.PostText(
        $"/v1/sessions/{_session}/messages", """{"content":"a"}""", type)).IsProblem(415, "unsupported_media_type");

    [Fact]
    public async Task Content_of_a_byte_too_many_is_too_large() => await (await Send(
        $$"""{"content":"{{new string('a', (256 * 1024) + 1)}}"}""")).IsProblem(413, "content_too_large");

    [Fact]
    public async Task Content_counts_in_bytes_and_not_in_characters() => await (await Send(
        $$"""{"content":"{{new string('é', (128 * 1024) + 1)}}"}""")).IsProblem(413, "content_too_large");

    [Fact]
    public async Task A_body_beyond_the_limit_is_too_large_before_it_is_read()
    {
        var answer = await Send($$"""{"content":"{{new string('a', 600 * 1024)}}"}""");
        await answer.IsProblem(413, "body_too_large");
    }

    [Fact]
    public async Task Json_without_bottom_is_refused() => await (await Send(
        $$"""{"content":{{new string('[', 10_000)}}""")).IsProblem(400, "invalid_request");

    [Theory]
    [InlineData("ses_none")]
    [InlineData("ses_00000000000000000000000000")]
    [InlineData("..%2f..%2foperator")]
    [InlineData("ses_0000000000000000000000000%2f")]
    [InlineData("%0a")]
    public async Task An_unknown_session_does_not_exist(string id)
    {
        await (await _client.GetAsync($"/v1/sessions/{id}")).IsProblem(404, "session_not_found");
        await (await _client.PostText($"/v1/sessions/{id}/messages", """{"content":"a"}""")).IsProblem(404, "session_not_found");
        await (await _client.GetAsync($"/v1/sessions/{id}/events")).IsProblem(404, "session_not_found");
    }

    [Theory]
    [InlineData("\u0001")]
    [InlineData("two words")]
    [InlineData("")]
    public async Task An_unusable_idempotency_key_is_refused(string key) => await (await _client.PostText(
        $"/v1/sessions/{_session}/messages", """{"content":"a"}""", operation: key)).IsProblem(400, "idempotency_key_invalid");

    [Fact]
    public async Task An_idempotency_key_may_have_200_characters_and_no_more() => await (await _client.PostText(
        $"/v1/sessions/{_session}/messages", """{"content":"a"}""", operation: new string('k', 201)))
        .IsProblem(400, "idempotency_key_invalid");

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var first = await _client.PostText("/v1/sessions", """{"title":"a"}""", operation: "k1");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var second = await _client.PostText("/v1/sessions", """{"title":"b"}""", operation: "k1");
        await second.IsProblem(422, "idempotency_key_reused");
    }

    [Theory]
    [InlineData("?limit=0", 422, "invalid_value")]
    [InlineData("?limit=101", 422, "invalid_value")]
    [InlineData("?limit=many", 400, "invalid_request")]
    [InlineData("?cursor=nonsense", 400, "cursor_invalid")]
    public async Task A_page_that_cannot_be_is_refused(string query, int status, string code)
    {
        await (await _client.GetAsync($"/v1/sessions{query}")).IsProblem(status, code);
        await (await _client.GetAsync($"/v1/sessions/{_session}/messages{query}")).IsProblem(status, code);
    }

    [Theory]
    [InlineData("?after=nonsense", 400, "cursor_invalid")]
    [InlineData("?after=1-ffffff", 400, "cursor_invalid")]
    [InlineData("?after=99", 400, "cursor_invalid")]
    [InlineData("?after=-1", 400, "cursor_invalid")]
    [InlineData("?format=xml", 422, "invalid_value")]
    [InlineData("?wait=31", 422, "invalid_value")]
    [InlineData("?wait=soon", 400, "invalid_request")]
    public async Task A_stream_that_cannot_be_is_refused(string query, int status, string code) =>
        await (await _client.GetAsync($"/v1/sessions/{_session}/events{query}")).IsProblem(status, code);

    [Fact]
    public async Task An_import_that_is_no_export_is_refused()
    {
        await (await _client.PostText("/v1/sessions/import", "", "application/jsonl")).IsProblem(422, "export_invalid");
        await (await _client.PostText("/v1/sessions/import", "{}\n", "application/jsonl")).IsProblem(422, "export_invalid");
        await (await _client.PostText("/v1/sessions/import", "not json\n", "application/jsonl")).IsProblem(422, "export_invalid");
        await (await _client.PostText("/v1/sessions/import", "{}\n")).IsProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task An_address_that_is_none_and_a_method_that_is_none_have_their_problems()
    {
        await (await _client.GetAsync("/v1/nothing")).IsProblem(404, "not_found");
        await (await _client.PutAsync("/v1/sessions", new StringContent("{}", Encoding.UTF8, "application/json")))
            .IsProblem(405, "method_not_allowed");
    }

    private Task<HttpResponseMessage> Send(string body) => _client.PostText($"/v1/sessions/{_session}/messages", body);
}
