using System.Net;

namespace Colloquy.FakeModel.Tests;

public sealed class WireTests : IAsyncLifetime
{
    private FakeModelServer _model = null!;
    private Caller _caller = null!;

    public async Task InitializeAsync() => _caller = new Caller(_model = await FakeModelServer.Start());

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _model.DisposeAsync();
    }

    [Theory]
    [InlineData("Hello there")]
    [InlineData("""[[fake tool=search {"q":"x"} tool=read {}]]""")]
    [InlineData("[[fake text=Caf\u00e9 finish=content_filter]]")]
    [InlineData("[[fake chunks=20 usage=none]]")]
    [InlineData("[[recall]]")]
    public async Task Answers_fit_the_published_schemas_whole_and_streamed(string text)
    {
        Assert.Empty(OpenAiSchema.Check("CreateChatCompletionResponse", await _caller.Answer(text)));
        var chunks = await _caller.Chunks(text);
        Assert.All(chunks, chunk => Assert.Empty(OpenAiSchema.Check("CreateChatCompletionStreamResponse", chunk)));
    }

    [Fact]
    public async Task A_stream_is_role_content_finish_usage_and_done()
    {
        var events = await _caller.Events("[[fake text=a b prompt=7 completion=2]]");
        var shapes = events.SkipLast(1).Select(data => JsonSerializer.Deserialize<JsonElement>(data)).Select(Shape);
        Assert.Equal(["assistant//", "/a /", "/b/", "//stop", "9"], shapes);
        Assert.Equal("[DONE]", events[^1]);
    }

    [Fact]
    public async Task A_stream_without_usage_asked_for_has_none()
    {
        using var answer = await _caller.Post("v1/chat/completions",
            new { model = "m", stream = true, messages = new[] { new { role = "user", content = "Hi" } } });
        var events = await Caller.ReadEvents(answer).ToListAsync();
        Assert.DoesNotContain("usage", string.Concat(events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embeddings_are_numbers_or_their_bytes()
    {
        var numbers = await Embed(new { model = "m", input = new[] { "a b", "c" }, dimensions = 8, encoding_format = "float" });
        var bytes = await Embed(new { model = "m", input = "a b", dimensions = 8, encoding_format = "base64" });
        Assert.Empty(OpenAiSchema.Check("CreateEmbeddingResponse", numbers));
        var vector = numbers.GetProperty("data")[0].GetProperty("embedding").Deserialize<float[]>()!;
        var packed = bytes.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(vector, packed.Chunk(4).Select(four => BitConverter.ToSingle(four)));
    }

    [Fact]
    public async Task Tokens_can_be_embedded_in_place_of_text()
    {
        var one = await Embed(new { model = "m", input = new[] { 1, 2, 3 }, dimensions = 4 });
        var two = await Embed(new { model = "m", input = new[] { new[] { 1, 2 }, [3] }, dimensions = 4 });
        Assert.Equal((1, 2), (one.GetProperty("data").GetArrayLength(), two.GetProperty("data").GetArrayLength()));
    }

    [Fact]
    public async Task Models_are_listed_and_found_by_name()
    {
        Assert.Empty(OpenAiSchema.Check("ListModelsResponse", await _caller.Get("v1/models")));
        Assert.Empty(OpenAiSchema.Check("Model", await _caller.Get("v1/models/fake-model")));
        Assert.Equal("model_not_found", (await _caller.Get("v1/models/other")).GetProperty("error").Text("code"));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}]}""")]
    [InlineData("""{"model":"m"}""")]
    [InlineData("""{"model":"m","messages":[]}""")]
    [InlineData("""{"model":"m","n":2,"messages":[{"role":"user","content":"Hi"}]}""")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","tool_call_id":"c","content":"Hi"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"c"}]},{"role":"user","content":"Hi"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"[[fake chnks=2]]"}]}""")]
    public async Task A_wrong_request_is_refused_as_OpenAI_refuses_it(string body)
    {
        using var answer = await _caller.PostText("v1/chat/completions", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(OpenAiSchema.Check("ErrorResponse", await Caller.Read(answer)));
        Assert.Equal(1, _model.Stats.Refused);
    }

    [Theory]
    [InlineData("""{"model":"m"}""")]
    [InlineData("""{"model":"m","input":[]}""")]
    [InlineData("""{"model":"m","input":""}""")]
    [InlineData("""{"model":"m","input":"a","dimensions":0}""")]
    public async Task A_wrong_embedding_request_is_refused(string body)
    {
        using var answer = await _caller.PostText("v1/embeddings", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_is_refused()
    {
        using var answer = await _caller.PostText("v1/audio/speech", "{}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(OpenAiSchema.Check("ErrorResponse", await Caller.Read(answer)));
    }

    [Fact]
    public async Task A_server_with_a_key_refuses_callers_without_it()
    {
        await using var locked = await FakeModelServer.Start(new FakeModelOptions { ApiKey = "secret" });
        using var caller = new Caller(locked);
        using var answer = await caller.Ask("Hi");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("CreateChatCompletionResponse", """{"id":1}""", "$.id")]
    [InlineData("Model", """{"id":"a","object":"model","created":1,"owned_by":"b","extra":1}""", "$.extra")]
    [InlineData("ErrorResponse", """{"error":{"message":"m","type":"t","param":null}}""", "$.error.code")]
    [InlineData("ListModelsResponse", """{"object":"lists","data":[]}""", "$.object")]
    [InlineData("CompletionUsage", """{"prompt_tokens":1.5,"completion_tokens":1,"total_tokens":1}""", "$.prompt_tokens")]
    public void The_schema_check_finds_what_is_wrong_and_where(string schema, string json, string where) =>
        Assert.Contains(OpenAiSchema.Check(schema, json), wrong => wrong.StartsWith(where, StringComparison.Ordinal));

    private static string Shape(JsonElement chunk) => chunk.GetProperty("choices").EnumerateArray()
        .Select(choice => (Delta: choice.At("delta"), Finish: choice.Text("finish_reason")))
        .Select(choice => $"{choice.Delta.Text("role")}/{choice.Delta.Text("content")}/{choice.Finish}")
        .FirstOrDefault() ?? chunk.GetProperty("usage").GetProperty("total_tokens").GetRawText();

    private async Task<JsonElement> Embed(object body) => await Caller.Read(await _caller.Post("v1/embeddings", body));
}
