using Colloquy.FakeModel;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Models.OpenAi;

public sealed class OpenAiTimeTests : OpenAiStage
{
    public OpenAiTimeTests() => Clock = new TestClock();

    [Fact]
    public async Task A_stream_that_never_begins_stalls_after_the_time_of_a_first_token()
    {
        var answer = Ask(streamed: true, "[[fake fault=stall]]");
        await Model.Requested();
        await Clock.Awaited(Options.FirstToken);
        Clock.Advance(Options.FirstToken);
        var (_, failure) = await answer;
        Assert.Equal((ModelErrors.Stalled, 1), (failure!.Code, failure.Attempts));
        Assert.Equal(RequestOutcome.CallerLeft, await Model.Requests[0].WhenEnded());
    }

    [Fact]
    public async Task Headers_that_never_come_stall_too()
    {
        var answer = Ask(streamed: true, "[[fake fault=slow-headers for=600000]]");
        await Model.Requested();
        Clock.Advance(Options.FirstToken);
        Assert.Equal(ModelErrors.Stalled, (await answer).Failure!.Code);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_stalls_after_the_time_between_tokens()
    {
        await using var updates = Client()
            .GetStreamingResponseAsync("[[fake text=one two three fault=stall after=1]]").GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();
        await Clock.Awaited(Options.Stall);
        Clock.Advance(Options.Stall);
        var failure = await Assert.ThrowsAsync<ModelException>(() => next);
        Assert.Equal(ModelErrors.Stalled, failure.Code);
        await updates.DisposeAsync();
        Assert.Equal(RequestOutcome.CallerLeft, await Model.Requests[0].WhenEnded());
        Assert.Single(Model.Requests);
    }

    [Fact]
    public async Task Each_token_gives_the_next_one_its_full_time()
    {
        var gate = new Gate();
        Model.Enqueue(ScriptedTurn.Says("one two three") with { Gate = gate });
        await using var updates = Client().GetStreamingResponseAsync("Count").GetAsyncEnumerator();
        for (var token = 0; token < 3; token++)
        {
            var next = updates.MoveNextAsync();
            await gate.Release();
            Assert.True(await next);
            await Clock.Awaited(Options.Stall);
            Clock.Advance(Options.Stall - TimeSpan.FromSeconds(1));
        }

        gate.Open();
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(ChatFinishReason.Stop, updates.Current.FinishReason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_call_takes_longer_than_the_whole_time(bool streamed)
    {
        var options = Options with { Total = TimeSpan.FromSeconds(45) };
        var answer = Ask(streamed, "[[fake fault=stall]]", client: options);
        await Model.Requested();
        await Clock.Awaited(options.Total);
        Clock.Advance(options.Total);
        Assert.Equal(ModelErrors.Stalled, (await answer).Failure!.Code);
        Assert.Equal(RequestOutcome.CallerLeft, await Model.Requests[0].WhenEnded());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_that_cancels_closes_the_connection(bool streamed)
    {
        using var leaving = new CancellationTokenSource();
        Model.Enqueue(ScriptedTurn.Says("one two") with { Gate = new Gate() });
        var answer = streamed
            ? Client().GetStreamingResponseAsync("Count", cancellationToken: leaving.Token).ToChatResponseAsync()
            : Client().GetResponseAsync("Count", cancellationToken: leaving.Token);
        var request = await Model.Requested();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(RequestOutcome.CallerLeft, await request.WhenEnded());
    }

    [Fact]
    public async Task A_reader_that_stops_reading_closes_the_connection()
    {
        Model.Enqueue(ScriptedTurn.Fails(Fault.Stall(after: 1)) with { Text = "one two three" });
        await foreach (var update in Client().GetStreamingResponseAsync("Count"))
        {
            Assert.Equal("one ", update.Text);
            break;
        }

        Assert.Equal(RequestOutcome.CallerLeft, await Model.Requests[0].WhenEnded());
    }

    [Fact]
    public async Task A_caller_that_cancels_between_attempts_waits_no_longer()
    {
        using var leaving = new CancellationTokenSource();
        var answer = Client().GetResponseAsync("[[fake fault=429 retry=9]]", cancellationToken: leaving.Token);
        await Clock.Awaited(TimeSpan.FromSeconds(9));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Single(Model.Requests);
    }
}
