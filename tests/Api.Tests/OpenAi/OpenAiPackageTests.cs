using System.ClientModel;
using OpenAI.Chat;

namespace Colloquy.Tests.OpenAi;

/// <summary>What users of OpenAI's own .NET package see.</summary>
[Collection(ApiTests.Name)]
public sealed class OpenAiPackageTests(ApiHost host)
{
    [Fact]
    public async Task The_agents_are_listed_as_models_and_found_by_their_id()
    {
        using var tenant = await OpenAiTenant.New(host);
        var models = await tenant.Models().GetModelsAsync();
        Assert.Contains(models.Value, model => model.Id == OpenAiTenant.Agent && model.OwnedBy == "colloquy");
        var one = await tenant.Models().GetModelAsync(OpenAiTenant.Agent);
        Assert.Equal(OpenAiTenant.Agent, one.Value.Id);
    }

    [Fact]
    public async Task A_completion_has_text_usage_and_its_reason_to_stop()
    {
        using var tenant = await OpenAiTenant.New(host);
        ChatCompletion answer = await tenant.Chat().CompleteChatAsync("Hello [[fake text=Good day prompt=7 completion=2]]");
        Assert.Equal("Good day", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal((7, 2, 9), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount));
        Assert.StartsWith("chatcmpl-run_", answer.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_streamed_completion_comes_in_pieces_with_its_usage_last()
    {
        using var tenant = await OpenAiTenant.New(host);
        var updates = await tenant.Chat().CompleteChatStreamingAsync("Hello [[fake text=a b c]]").ToListAsync();
        Assert.Equal("a b c", string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.Equal(ChatMessageRole.Assistant, updates[0].Role);
        Assert.Single(updates, update => update.FinishReason is ChatFinishReason.Stop);
        Assert.Equal(3, updates[^1].Usage.OutputTokenCount);
    }

    [Fact]
    public async Task A_conversation_with_instructions_reaches_the_model_in_its_order()
    {
        using var tenant = await OpenAiTenant.New(host);
        await tenant.Chat().CompleteChatAsync(
            new SystemChatMessage("Speak like a pirate."), new UserChatMessage("First question?"),
            new AssistantChatMessage("First answer."), new UserChatMessage("Second question in the history test?"));
        var sent = await host.Model.WhenRequested("Second question in the history test?");
        Assert.Equal(["system", "user", "assistant", "user"], sent.Messages.Select(message => message.Role));
        Assert.Contains("Speak like a pirate.", sent.Messages[0].Text, StringComparison.Ordinal);
        Assert.Equal(("First question?", "First answer."), (sent.Messages[1].Text, sent.Messages[2].Text));
    }

    [Fact]
    public async Task Tools_of_a_request_are_refused_with_400()
    {
        using var tenant = await OpenAiTenant.New(host);
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("clock") } };
        var refused = await Assert.ThrowsAsync<ClientResultException>(
            () => tenant.Chat().CompleteChatAsync([new UserChatMessage("What time is it?")], options));
        Assert.Equal(400, refused.Status);
        Assert.Contains("tools", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[fake fault=401]]", 502)]
    [InlineData("[[fake fault=quota]]", 429)]
    [InlineData("[[fake fault=context]]", 400)]
    public async Task A_failure_of_the_model_service_is_an_error_of_its_kind(string message, int status)
    {
        using var tenant = await OpenAiTenant.New(host);
        var failed = await Assert.ThrowsAsync<ClientResultException>(() => tenant.Chat().CompleteChatAsync(message));
        Assert.Equal(status, failed.Status);
    }

    [Fact]
    public async Task A_wrong_key_and_an_unknown_model_are_told_apart()
    {
        using var tenant = await OpenAiTenant.New(host);
        var stranger = await Assert.ThrowsAsync<ClientResultException>(
            () => tenant.Chat(otherKey: "wrong").CompleteChatAsync("Hello"));
        Assert.Equal(401, stranger.Status);
        var lost = await Assert.ThrowsAsync<ClientResultException>(() => tenant.Chat("no-such-agent").CompleteChatAsync("Hello"));
        Assert.Equal(404, lost.Status);
    }
}
