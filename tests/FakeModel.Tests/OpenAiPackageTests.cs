using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Colloquy.FakeModel.Tests;

public sealed class OpenAiPackageTests : IAsyncLifetime
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool("weather", "Tells the weather",
        BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    private FakeModelServer _model = null!;

    public async Task InitializeAsync() => _model = await FakeModelServer.Start();

    public async Task DisposeAsync() => await _model.DisposeAsync();

    [Fact]
    public async Task A_whole_answer_carries_text_usage_and_its_reason_to_stop()
    {
        _model.Enqueue(ScriptedTurn.Says("Good morning to you"));
        ChatCompletion answer = await Chat().CompleteChatAsync("Hello");
        Assert.Equal("Good morning to you", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal((2, 4, 6), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task A_streamed_answer_comes_in_pieces_with_its_usage_last()
    {
        var updates = await Chat().CompleteChatStreamingAsync("[[fake text=a b c]]").ToListAsync();
        Assert.Equal(["", "a ", "b ", "c"], updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text));
        Assert.Equal(ChatMessageRole.Assistant, updates[0].Role);
        Assert.Equal(3, updates[^1].Usage.OutputTokenCount);
        Assert.Single(updates, update => update.FinishReason is ChatFinishReason.Stop);
    }

    [Fact]
    public async Task A_tool_is_called_and_its_result_talked_about()
    {
        List<ChatMessage> messages = [new UserChatMessage("""[[fake tool=weather {"city":"Riga"}]]""")];
        var options = new ChatCompletionOptions { Tools = { Weather } };
        ChatCompletion asked = await Chat().CompleteChatAsync(messages, options);
        Assert.Equal(ChatFinishReason.ToolCalls, asked.FinishReason);
        Assert.Equal("""{"city":"Riga"}""", asked.ToolCalls[0].FunctionArguments.ToString());

        messages.AddRange([new AssistantChatMessage(asked), new ToolChatMessage(asked.ToolCalls[0].Id, "sunny")]);
        ChatCompletion told = await Chat().CompleteChatAsync(messages, options);
        Assert.StartsWith("You said: sunny", told.Content[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streamed_tool_calls_are_put_together_from_their_fragments()
    {
        const string Ask = """[[fake tool=weather {"city":"Riga"} tool=clock {"zone":[["a"],["b"]]}]]""";
        var updates = await Chat().CompleteChatStreamingAsync(Ask).ToListAsync();
        var calls = updates.SelectMany(update => update.ToolCallUpdates).ToLookup(update => update.Index);
        Assert.Equal("weather", calls[0].First().FunctionName);
        Assert.Equal("""{"city":"Riga"}""", Joined(calls[0]));
        Assert.Equal("clock", calls[1].First().FunctionName);
        Assert.Equal("""{"zone":[["a"],["b"]]}""", Joined(calls[1]));
        Assert.NotEqual(calls[0].First().ToolCallId, calls[1].First().ToolCallId);
        Assert.Equal(ChatFinishReason.ToolCalls, updates.Single(update => update.FinishReason is not null).FinishReason);
    }

    [Fact]
    public async Task A_forced_tool_is_called_with_arguments_that_its_schema_allows()
    {
        var options = new ChatCompletionOptions { Tools = { Weather }, ToolChoice = ChatToolChoice.CreateRequiredChoice() };
        ChatCompletion asked = await Chat().CompleteChatAsync([new UserChatMessage("Hello")], options);
        Assert.Equal("""{"city":"word"}""", asked.ToolCalls[0].FunctionArguments.ToString());
    }

    [Fact]
    public async Task An_answer_wanted_as_json_fits_its_schema()
    {
        const string Schema = """
            {"type":"object","properties":{"estimate":{"type":"number","minimum":5},"why":{"type":"string"},
             "tags":{"type":"array","items":{"enum":["a","b"]}}},"required":["estimate","why","tags"],
             "additionalProperties":false}
            """;
        var options = new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("judgement", BinaryData.FromString(Schema)),
        };
        ChatCompletion answer = await Chat().CompleteChatAsync([new UserChatMessage("Judge")], options);
        Assert.Equal("""{"estimate":5,"why":"word","tags":["a"]}""", answer.Content[0].Text);
    }

    [Fact]
    public async Task An_answer_ends_at_the_token_limit()
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 2 };
        ChatCompletion answer = await Chat().CompleteChatAsync([new UserChatMessage("[[fake text=one two three]]")], options);
        Assert.Equal(("one two ", ChatFinishReason.Length), (answer.Content[0].Text, answer.FinishReason));
    }

    [Fact]
    public async Task Embeddings_come_in_base64_and_texts_that_share_words_lie_near_one_another()
    {
        var client = new EmbeddingClient("text-embedding-3-small", new ApiKeyCredential("key"), Options());
        string[] texts = ["the cat sat", "the cat slept", "quantum field theory"];
        OpenAIEmbeddingCollection vectors =
            await client.GenerateEmbeddingsAsync(texts, new EmbeddingGenerationOptions { Dimensions = 256 });
        Assert.Equal("base64", _model.Requests[^1].Json.Text("encoding_format"));
        Assert.Equal(256, vectors[0].ToFloats().Length);
        Assert.True(Near(vectors[0], vectors[1]) > Near(vectors[0], vectors[2]));
        Assert.Equal(9, vectors.Usage.InputTokenCount);
    }

    [Fact]
    public async Task The_package_lists_the_models()
    {
        var client = new OpenAI.Models.OpenAIModelClient(new ApiKeyCredential("key"), Options());
        var models = await client.GetModelsAsync();
        Assert.Contains(models.Value, model => model.Id == "fake-model");
    }

    [Theory]
    [InlineData("429 retry=7", 7000)]
    [InlineData("429 retry-ms=5500", 800)] // The package does not read this header.
    [InlineData("500", 800)]
    [InlineData("503 retry=7", 7000)]
    [InlineData("408", 800)]
    public async Task The_package_retries_until_the_fault_is_over(string fault, int waited)
    {
        var impatient = new Impatient();
        ChatCompletion answer = await Chat(impatient).CompleteChatAsync($"[[fake fault={fault} times=2 text=at last]]");
        Assert.Equal("at last", answer.Content[0].Text);
        Assert.Equal([1, 2, 3], _model.Requests.Select(request => request.Attempt));
        Assert.Equal(waited, impatient.Wanted[0].TotalMilliseconds);
    }

    [Fact]
    public async Task The_package_reads_a_retry_date()
    {
        var impatient = new Impatient();
        await Chat(impatient).CompleteChatAsync("[[fake fault=429 retry-date=3600 times=1]]");
        Assert.InRange(impatient.Wanted[0], TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(60));
    }

    [Theory]
    [InlineData("401", 401)]
    [InlineData("404", 404)]
    [InlineData("quota", 429)]
    [InlineData("context", 400)]
    public async Task The_package_reports_a_refusal_with_its_status(string fault, int status)
    {
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Chat().CompleteChatAsync($"[[fake fault={fault}]]"));
        Assert.Equal(status, refused.Status);
    }

    private static string Joined(IEnumerable<StreamingChatToolCallUpdate> updates) =>
        string.Concat(updates.Select(update => Encoding.UTF8.GetString(update.FunctionArgumentsUpdate)));

    private static float Near(OpenAIEmbedding a, OpenAIEmbedding b) =>
        a.ToFloats().ToArray().Zip(b.ToFloats().ToArray(), (x, y) => x * y).Sum();

    private ChatClient Chat(ClientRetryPolicy? retries = null) =>
        new("fake-model", new ApiKeyCredential("key"), Options(retries));

    private OpenAIClientOptions Options(ClientRetryPolicy? retries = null) =>
        new() { Endpoint = new Uri(_model.BaseUrl), RetryPolicy = retries ?? new ClientRetryPolicy(0) };

    /// <summary>Notes how long the package would wait, and does not.</summary>
    private sealed class Impatient() : ClientRetryPolicy(2)
    {
        public List<TimeSpan> Wanted { get; } = [];

        protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount)
        {
            Wanted.Add(base.GetNextDelay(message, tryCount));
            return TimeSpan.Zero;
        }
    }
}
