namespace Colloquy.FakeModel.Tests;

public sealed class GateTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch);
    private readonly Gate _gate = new();
    private FakeModelServer _model = null!;
    private Caller _caller = null!;

    public async Task InitializeAsync() =>
        _caller = new Caller(_model = await FakeModelServer.Start(new FakeModelOptions { Clock = _clock }));

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task A_gate_lets_out_as_many_chunks_as_are_released_and_the_end_as_one_more()
    {
        var events = await Gated(ScriptedTurn.Says("a b c"));
        await _gate.Held();
        Assert.Equal(0, _model.Requests[0].Chunks);

        Assert.True(await _gate.Release(2));
        await _gate.Held();
        Assert.Equal(2, _model.Requests[0].Chunks);
        Assert.Equal(["", "a ", "b "], [await Next(events), await Next(events), await Next(events)]);

        Assert.True(await _gate.Release());
        Assert.Equal((RequestOutcome.Running, 3), (_model.Requests[0].Outcome, _gate.Passed));
        Assert.True(await _gate.Release());
        Assert.Equal(RequestOutcome.Completed, await _model.Requests[0].WhenEnded());
    }

    [Fact]
    public async Task An_open_gate_holds_nothing()
    {
        var events = await Gated(ScriptedTurn.Says("a b c"));
        _gate.Open();
        Assert.Equal("", await Next(events));
        Assert.Equal(RequestOutcome.Completed, await _model.Requests[0].WhenEnded());
    }

    [Fact]
    public async Task A_whole_answer_is_one_step()
    {
        _model.Enqueue(ScriptedTurn.Says("a b c") with { Gate = _gate });
        var asked = _caller.Says("Hi");
        await _gate.Held();
        Assert.False(asked.IsCompleted);
        Assert.True(await _gate.Release());
        Assert.Equal("a b c", await asked);
    }

    [Fact]
    public async Task Releasing_what_the_caller_no_longer_waits_for_says_so()
    {
        _model.Enqueue(ScriptedTurn.Says("a b c") with { Gate = _gate });
        using (await _caller.Ask("Hi", stream: true))
        {
            Assert.True(await _gate.Release());
        }

        Assert.Equal(RequestOutcome.CallerLeft, await _model.Requests[0].WhenEnded());
        Assert.False(await _gate.Release());
        Assert.Equal(1, _model.Stats.Aborted);
    }

    [Fact]
    public async Task A_fault_is_a_step()
    {
        var events = await Gated(ScriptedTurn.Says("a b c") with { Fault = Fault.Cut(after: 1) });
        await _gate.Release();
        await _gate.Held();
        Assert.Equal(RequestOutcome.Running, _model.Requests[0].Outcome);
        await _gate.Release();
        Assert.Equal(RequestOutcome.Faulted, await _model.Requests[0].WhenEnded());
        Assert.Equal(["", "a "], [await Next(events), await Next(events)]);
        await Assert.ThrowsAsync<HttpIOException>(() => Next(events));
    }

    [Fact]
    public async Task A_reset_in_a_stream_comes_when_the_gate_lets_it()
    {
        var events = await Gated(ScriptedTurn.Says("a b c") with { Fault = Fault.Named("reset") with { After = 1 } });
        await _gate.Release();
        Assert.Equal(["", "a "], [await Next(events), await Next(events)]);
        await _gate.Release();
        await Assert.ThrowsAsync<IOException>(() => Next(events));
    }

    [Fact]
    public async Task Embeddings_stand_at_a_gate_too()
    {
        _model.ScriptEmbeddings(_ => new ScriptedTurn { Gate = _gate });
        var asked = _caller.Post("v1/embeddings", new { model = "m", input = "a" });
        await _gate.Held();
        Assert.False(asked.IsCompleted);
        await _gate.Release();
        using var answer = await asked;
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Chunks_come_at_the_pace_of_the_server_s_clock()
    {
        using var answer = await _caller.Ask("[[fake first=100 delay=20 text=a b]]", stream: true);
        await _clock.Awaited(TimeSpan.FromMilliseconds(100));
        _clock.Advance(TimeSpan.FromMilliseconds(99));
        await _clock.Awaited(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _model.Requests[0].Chunks);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _clock.Awaited(TimeSpan.FromMilliseconds(20));
        Assert.Equal(1, _model.Requests[0].Chunks);

        _clock.Advance(TimeSpan.FromMilliseconds(20));
        await _model.Requests[0].WhenEnded();
        Assert.Equal(TimeSpan.FromMilliseconds(120), _model.Requests[0].EndedAt - _model.Requests[0].At);
    }

    [Fact]
    public async Task A_whole_answer_takes_as_long_as_its_chunks_would()
    {
        var asked = _caller.Says("[[fake first=100 delay=20 chunks=6]]");
        await _clock.Awaited(TimeSpan.FromMilliseconds(200));
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.StartsWith("tok0", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_stops_at_once_though_answers_stand_at_gates()
    {
        var server = await FakeModelServer.Start();
        using var caller = new Caller(server);
        server.Enqueue(new ScriptedTurn { Gate = _gate });
        using var answer = await caller.Ask("Hi", stream: true);
        await _gate.Held();
        await server.DisposeAsync();
        Assert.False(await _gate.Release());
    }

    private static async Task<string> Next(IAsyncEnumerator<string> events)
    {
        Assert.True(await events.MoveNextAsync());
        return Caller.TextOf([JsonSerializer.Deserialize<JsonElement>(events.Current)]);
    }

    private async Task<IAsyncEnumerator<string>> Gated(ScriptedTurn turn)
    {
        _model.Enqueue(turn with { Gate = _gate });
        return Caller.ReadEvents(await _caller.Ask("Hi", stream: true)).GetAsyncEnumerator();
    }
}
