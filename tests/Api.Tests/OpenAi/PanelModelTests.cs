using System.Text.Json;

namespace Colloquy.Tests.OpenAi;

/// <summary>Panels as OpenAI's clients convene them.</summary>
[Collection(ApiTests.Name)]
public sealed class PanelModelTests(ApiHost host)
{
    private const string Question = "Is software that doses insulin a class III device under the MDR?";

    [Fact]
    public async Task A_panel_answers_as_a_model_does_and_says_what_it_did_not_agree_on()
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Ask(Question, agent: "panel:parallel");
        Assert.True(answer.Status == 200, answer.Text);
        OpenAiTenant.IsValid("CreateChatCompletionResponse", answer.Text);
        var message = answer.Json.GetProperty("choices")[0].GetProperty("message");
        Assert.Contains("Minority report:", message.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Contains("by parallel: agreement", message.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, message.GetProperty("colloquy").GetProperty("citations").ValueKind);
        Assert.Equal($"run_{answer.Header("x-colloquy-panel")}", answer.Header("x-colloquy-run"));
        Assert.Null(answer.Header("x-colloquy-session"));
        var view = (await tenant.Get($"/v1/panels/{answer.Header("x-colloquy-panel")}")).Json;
        Assert.Equal(Question, view.GetProperty("question").GetString());
        Assert.Equal(view.GetProperty("usage").GetProperty("totalTokens").GetInt64(),
            answer.Json.GetProperty("usage").GetProperty("total_tokens").GetInt64());
    }

    [Fact]
    public async Task A_streamed_panel_says_the_same_and_ends_with_its_usage()
    {
        using var tenant = await OpenAiTenant.New(host);
        var streamed = await tenant.Ask(Question, """ "stream":true,"stream_options":{"include_usage":true} """, "key", "panel");
        Assert.Equal("[DONE]", streamed.Events[^1]);
        Assert.All(streamed.Chunks, chunk => OpenAiTenant.IsValid("CreateChatCompletionStreamResponse", chunk.GetRawText()));
        Assert.True(streamed.Chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt64() > 0);
        var said = string.Concat(streamed.Chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
            .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var words) ? words.GetString() : ""));
        Assert.Contains("Minority report:", said, StringComparison.Ordinal);
        var again = await tenant.Ask(Question, """ "stream":true,"stream_options":{"include_usage":true} """, "key", "panel");
        Assert.Equal(streamed.Header("x-colloquy-panel"), again.Header("x-colloquy-panel"));
        OpenAiTenant.IsError(await tenant.Ask("Another question?", operation: "key", agent: "panel"),
            400, "invalid_request_error", "idempotency_key_reused");
    }

    [Fact]
    public async Task A_panel_gives_one_answer_to_a_question_of_its_length()
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsError(await tenant.Ask(Question, """ "n":2 """, agent: "panel"), 400, "invalid_request_error", "invalid_value", "n");
        OpenAiTenant.IsError(await tenant.Ask(new string('q', 8_001), agent: "panel"),
            400, "invalid_request_error", "string_above_max_length", "messages");
        Assert.Empty((await tenant.Get("/v1/panels")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Panels_are_listed_among_the_models()
    {
        using var tenant = await OpenAiTenant.New(host);
        var models = await tenant.Get("/v1/models");
        OpenAiTenant.IsValid("ListModelsResponse", models.Text);
        var names = models.Json.GetProperty("data").EnumerateArray().Select(model =>
            model.GetProperty("id").GetString()).ToList();
        Assert.Contains("panel", names);
        Assert.Contains("panel:parallel", names);
        Assert.Equal("panel:parallel", (await tenant.Get("/v1/models/panel:parallel")).Json.GetProperty("id").GetString());
        OpenAiTenant.IsError(await tenant.Get("/v1/models/panel:palaver"), 404, "invalid_request_error", "model_not_found",
            "model");
    }
}
