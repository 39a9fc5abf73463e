using Colloquy.FakeModel;
using Colloquy.Sessions;

namespace Colloquy.Tests.OpenAi;

/// <summary>Each completion is a session and a run: begun once, ended when nobody can want it any more.</summary>
[Collection(ApiTests.Name)]
public sealed class ChatRunTests(ApiHost host)
{
    [Fact]
    public async Task A_repeat_with_the_same_key_is_the_same_completion()
    {
        using var tenant = await OpenAiTenant.New(host);
        var first = await tenant.Ask("Hello once", operation: "op-1");
        var second = await tenant.Ask("Hello once", operation: "op-1");
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Header("x-colloquy-run"), second.Header("x-colloquy-run"));
    }

    [Fact]
    public async Task A_key_that_was_used_with_another_request_is_refused()
    {
        using var tenant = await OpenAiTenant.New(host);
        await tenant.Ask("Hello", operation: "op-2");
        OpenAiTenant.IsError(
            await tenant.Ask("Another", operation: "op-2"), 400, "invalid_request_error", "idempotency_key_reused");
    }

    [Fact]
    public async Task Only_a_stored_completion_is_in_the_list_of_sessions()
    {
        using var tenant = await OpenAiTenant.New(host);
        await tenant.Ask("Forget this");
        var kept = await tenant.Ask("Keep this", "\"store\":true,\"metadata\":{\"case\":\"7\"}");
        var listed = (await tenant.Get("/v1/sessions")).Json.GetProperty("items");
        var id = Assert.Single(listed.EnumerateArray()).GetProperty("id").GetString();
        Assert.Equal(kept.Header("x-colloquy-session"), id);
        var session = (await tenant.Get($"/v1/sessions/{id}")).Json;
        Assert.Equal("7", session.GetProperty("metadata").GetProperty("case").GetString());
    }

    [Theory]
    [InlineData("\"stream\":true")]
    [InlineData("\"stream\":false")]
    public async Task Who_leaves_an_answer_that_nobody_else_can_see_ends_its_run(string members)
    {
        using var tenant = await OpenAiTenant.New(host);
        var (gate, words) = Held();
        using var left = new CancellationTokenSource();
        var asking = tenant.Begin(words, members, operation: null, left.Token);
        await gate.Held();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        var asked = await host.Model.WhenRequested(words);
        Assert.Equal(RequestOutcome.CallerLeft, await asked.WhenEnded());
    }

    [Fact]
    public async Task Who_left_with_a_key_comes_back_to_the_same_answer()
    {
        using var tenant = await OpenAiTenant.New(host);
        var (gate, words) = Held();
        using var left = new CancellationTokenSource();
        var asking = tenant.Begin(words, "\"stream\":true", "op-3", left.Token);
        await gate.Held();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        var again = tenant.Ask(words, "\"stream\":true", "op-3");
        gate.Open();
        var answer = await again;
        Assert.Equal("[DONE]", answer.Events[^1]);
        Assert.Single(host.Model.Requests, request => request.LastUser == words);
    }

    [Fact]
    public async Task A_run_that_somebody_cancels_is_an_error_that_is_not_to_be_tried_again()
    {
        using var tenant = await OpenAiTenant.New(host);
        var (gate, words) = Held();
        var asking = tenant.Ask(words, "\"store\":true");
        await gate.Held();
        var session = (await tenant.Get("/v1/sessions")).Json.GetProperty("items")[0].GetProperty("id").GetString()!;
        await tenant.Post($"/v1/runs/{SessionIds.Run(session, 2)}/cancel", "{}");
        var answer = await asking;
        OpenAiTenant.IsError(answer, 409, "invalid_request_error", "run_cancelled");
        Assert.Equal("false", answer.Header("x-should-retry"));
    }

    /// <summary>An answer that the model holds back until the test lets it out.</summary>
    private (Gate Gate, string Words) Held()
    {
        var (gate, words) = (new Gate(), $"Hold {Guid.NewGuid():N}");
        host.Model.Script(request => request.LastUser == words ? ScriptedTurn.Says("one two") with { Gate = gate } : null);
        return (gate, words);
    }
}
