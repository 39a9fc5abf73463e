using Colloquy.FakeModel;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Models.OpenAi;

public sealed class OpenAiAnswerTests : OpenAiStage
{
    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.Create(
        (string city) => city, "weather", "Tells the weather");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_carries_text_model_usage_and_its_reason_to_stop(bool streamed)
    {
        var counted = new ScriptedUsage(20, 30, Cached: 5, Reasoning: 7);
        Model.Enqueue(ScriptedTurn.Says("Good morning to you") with { Usage = counted });
        var (answer, _) = await Ask(streamed, "Hello");
        Assert.Equal("Good morning to you", answer!.Text);
        Assert.Equal("fake-model", answer.ModelId);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        var usage = answer.Usage!;
        Assert.Equal((20, 30, 50), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal((5, 7), (usage.CachedInputTokenCount, usage.ReasoningTokenCount));
    }

    [Fact]
    public async Task A_stream_comes_in_the_pieces_that_the_model_sent()
    {
        var updates = await Client().GetStreamingResponseAsync("[[fake text=a b c]]").ToListAsync();
        Assert.Equal(["a ", "b ", "c"], updates.Select(update => update.Text).Where(text => text.Length > 0));
        Assert.Single(updates, update => update.FinishReason == ChatFinishReason.Stop);
        Assert.Single(updates, update => update.Contents.OfType<UsageContent>().Any());
    }

    [Fact]
    public async Task A_piece_is_passed_on_before_the_next_is_made()
    {
        var gate = new Gate();
        Model.Enqueue(ScriptedTurn.Says("one two") with { Gate = gate });
        await using var updates = Client().GetStreamingResponseAsync("Count").GetAsyncEnumerator();
        var first = updates.MoveNextAsync();
        await gate.Release();
        Assert.True(await first);
        Assert.Equal(("one ", 1), (updates.Current.Text, gate.Passed));
        gate.Open();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_reports_no_usage_answers_without(bool streamed)
    {
        Model.Enqueue(ScriptedTurn.Says("Hello") with { OmitUsage = true });
        var (answer, _) = await Ask(streamed, "Hi");
        Assert.Equal("Hello", answer!.Text);
        Assert.Null(answer.Usage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tools_are_called_with_their_arguments_and_told_apart(bool streamed)
    {
        const string Ask2 = """[[fake tool=weather {"city":"Riga","days":3} tool=clock {"zone":[["a"],["b"]]}]]""";
        var (answer, _) = await Ask(streamed, Ask2, new ChatOptions { Tools = [Weather] });
        var calls = answer!.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["weather", "clock"], calls.Select(call => call.Name));
        Assert.Equal(("Riga", "3"), ($"{calls[0].Arguments!["city"]}", $"{calls[0].Arguments!["days"]}"));
        Assert.NotEqual(calls[0].CallId, calls[1].CallId);
        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
    }

    [Fact]
    public async Task A_tools_result_is_sent_back_with_the_call_that_it_answers()
    {
        const string Question = """[[fake tool=weather {"city":"Riga"}]]""";
        var asked = await Client().GetResponseAsync(Question, new ChatOptions { Tools = [Weather] });
        var call = asked.Messages[0].Contents.OfType<FunctionCallContent>().Single();
        List<ChatMessage> talk =
        [
            new(ChatRole.User, Question), .. asked.Messages,
            new(ChatRole.Tool, [new FunctionResultContent(call.CallId, new { sky = "sunny" })]),
        ];
        var told = await Client().GetResponseAsync(talk);
        Assert.Contains("""{"sky":"sunny"}""", told.Text, StringComparison.Ordinal);
        var sent = Model.Requests[^1].Json.GetProperty("messages");
        var function = sent[1].GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal("""{"city":"Riga"}""", function.GetProperty("arguments").GetString());
        Assert.Equal(call.CallId, sent[2].GetProperty("tool_call_id").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Arguments_that_are_no_json_are_handed_on_as_the_models_mistake(bool streamed)
    {
        Model.Enqueue(ScriptedTurn.Calls("weather", """{"city":"""));
        var (answer, _) = await Ask(streamed, "Weather?", new ChatOptions { Tools = [Weather] });
        Assert.NotNull(answer!.Messages[0].Contents.OfType<FunctionCallContent>().Single().Exception);
    }

    [Fact]
    public async Task Options_reach_the_wire_under_the_names_of_the_protocol()
    {
        await Client().GetResponseAsync("Hello", new ChatOptions
        {
            Instructions = "Be brief.",
            ModelId = "other-model",
            Temperature = 0.5f,
            TopP = 0.25f,
            FrequencyPenalty = 0.5f,
            PresencePenalty = 0.75f,
            MaxOutputTokens = 7,
            Seed = 3,
            StopSequences = ["END"],
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low },
            Tools = [Weather],
            ToolMode = ChatToolMode.RequireSpecific("weather"),
            AllowMultipleToolCalls = false,
            ResponseFormat = ChatResponseFormat.Json,
        });
        var sent = Model.Requests[^1].Json;
        Assert.Equal("Be brief.", sent.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Equal("other-model", sent.GetProperty("model").GetString());
        Assert.Equal((0.5, 0.25), (Number("temperature"), Number("top_p")));
        Assert.Equal((0.5, 0.75), (Number("frequency_penalty"), Number("presence_penalty")));
        Assert.Equal((7, 3), (Number("max_completion_tokens"), Number("seed")));
        Assert.Equal("END", sent.GetProperty("stop")[0].GetString());
        Assert.Equal("low", sent.GetProperty("reasoning_effort").GetString());
        Assert.Equal("weather", sent.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal("weather", sent.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
        Assert.False(sent.GetProperty("parallel_tool_calls").GetBoolean());
        Assert.Equal("json_object", sent.GetProperty("response_format").GetProperty("type").GetString());

        double Number(string name) => sent.GetProperty(name).GetDouble();
    }

    [Fact]
    public async Task An_image_goes_as_a_part_and_what_the_protocol_lacks_is_refused()
    {
        var image = new DataContent(new byte[] { 1, 2, 3 }, "image/png");
        await Client().GetResponseAsync([new ChatMessage(ChatRole.User, [new TextContent("What is this?"), image])]);
        var parts = Model.Requests[^1].Json.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal("data:image/png;base64,AQID", parts[1].GetProperty("image_url").GetProperty("url").GetString());

        var film = new DataContent(new byte[] { 1 }, "video/mp4");
        var refused = await Assert.ThrowsAsync<ModelException>(
            () => Client().GetResponseAsync([new ChatMessage(ChatRole.User, [film])]));
        Assert.Equal(ModelErrors.BadRequest, refused.Code);
    }

    [Fact]
    public async Task A_key_is_sent_and_without_one_no_header_is()
    {
        await Ask(streamed: false, "Hello");
        Assert.Equal("Bearer key", Model.Requests[^1].Headers["Authorization"]);
        await Ask(streamed: false, "Hello again", client: Options with { ApiKey = null });
        Assert.DoesNotContain("Authorization", Model.Requests[^1].Headers.Keys);
    }

    [Fact]
    public async Task An_answer_that_ends_at_the_token_limit_says_so()
    {
        var (answer, _) = await Ask(streamed: true, "[[fake text=one two three]]", new ChatOptions { MaxOutputTokens = 2 });
        Assert.Equal(("one two ", ChatFinishReason.Length), (answer!.Text, answer.FinishReason));
    }
}
