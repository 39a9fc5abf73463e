using System.Text.Json;

namespace Colloquy.Tests.OpenAi;

/// <summary>Bodies and headers, held against OpenAI's published schemas.</summary>
[Collection(ApiTests.Name)]
public sealed class OpenAiWireTests(ApiHost host)
{
    [Fact]
    public async Task Models_are_spelled_as_published()
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsValid("ListModelsResponse", (await tenant.Get("/v1/models")).Text);
        OpenAiTenant.IsValid("Model", (await tenant.Get($"/v1/models/{OpenAiTenant.Agent}")).Text);
    }

    [Fact]
    public async Task A_completion_is_spelled_as_published_with_our_own_member_beside()
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Ask("Hello [[fake text=Good day]]", "\"n\":2");
        OpenAiTenant.IsValid("CreateChatCompletionResponse", answer.Text);
        var choices = answer.Json.GetProperty("choices").EnumerateArray().ToList();
        Assert.Equal([0, 1], choices.Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.All(choices, choice => Assert.Equal("Good day", choice.GetProperty("message").GetProperty("content").GetString()));
        var own = choices[1].GetProperty("message").GetProperty("colloquy");
        Assert.Equal(JsonValueKind.Array, own.GetProperty("citations").ValueKind);
        Assert.InRange(own.GetProperty("confidence").GetProperty("value").GetDouble(), 0, 1);
        Assert.Equal(2, answer.Header("x-colloquy-run")!.Split(',').Distinct().Count());
        Assert.Equal(2, answer.Header("x-colloquy-session")!.Split(',').Distinct().Count());
        Assert.Null(answer.Header("x-colloquy-ignored"));
    }

    [Fact]
    public async Task A_stream_is_spelled_as_published_and_ends_with_usage_and_done()
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Ask(
            "[[fake text=one two three]]", """ "stream":true,"stream_options":{"include_usage":true},"n":2 """);
        Assert.Equal("[DONE]", answer.Events[^1]);
        Assert.All(answer.Events.SkipLast(1), chunk => OpenAiTenant.IsValid("CreateChatCompletionStreamResponse", chunk));
        Assert.Equal(["one two three", "one two three"], [Said(answer, 0), Said(answer, 1)]);
        Assert.All(answer.Chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        var last = answer.Chunks[^1];
        Assert.Empty(last.GetProperty("choices").EnumerateArray());
        Assert.Equal(6, last.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Single(answer.Chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
    }

    [Fact]
    public async Task Each_choice_of_a_stream_begins_with_its_role_and_ends_with_its_reason()
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Ask("[[fake text=one two]]", "\"stream\":true");
        var choices = answer.Chunks.Select(chunk => chunk.GetProperty("choices")[0]).ToList();
        Assert.Equal("assistant", choices[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.All(choices.SkipLast(1),
            choice => Assert.Equal(JsonValueKind.Null, choice.GetProperty("finish_reason").ValueKind));
        Assert.Equal("stop", choices[^1].GetProperty("finish_reason").GetString());
        Assert.True(choices[^1].GetProperty("delta").TryGetProperty("colloquy", out _));
        Assert.DoesNotContain(answer.Chunks, chunk => chunk.TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task An_answer_ends_before_a_stop_sequence()
    {
        using var tenant = await OpenAiTenant.New(host);
        var whole = await tenant.Ask("[[fake text=one two three four]]", "\"stop\":[\"three\"]");
        Assert.Equal("one two ", whole.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        var streamed = await tenant.Ask("[[fake text=one two three four]]", "\"stop\":\"three\",\"stream\":true");
        Assert.Equal("one two ", Said(streamed, 0));
    }

    [Fact]
    public async Task An_agent_that_may_say_no_more_stops_for_its_length()
    {
        using var tenant = await OpenAiTenant.New(host);
        await tenant.Post("/v1/agents", """{"id":"terse","name":"Terse","persona":"Be brief.","maxOutputTokens":2}""");
        var answer = await tenant.Ask("[[fake text=one two three four]]", agent: "terse");
        Assert.Equal("length", answer.Json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task What_has_no_effect_is_named_in_a_header()
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Ask(
            "Hello", "\"max_tokens\":1,\"top_p\":0.1,\"some_day\":{},\"bad\\r\\nname\":1,\"user\":\"u\"");
        Assert.Equal("top_p, some_day, max_tokens, +1", answer.Header("x-colloquy-ignored"));
    }

    private static string Said(Answer answer, int index) => string.Concat(answer.Chunks
        .SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
        .Where(choice => choice.GetProperty("index").GetInt32() == index)
        .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : ""));
}
