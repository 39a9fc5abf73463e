namespace Colloquy.FakeModel.Tests;

public sealed class RecordTests : IAsyncLifetime
{
    private FakeModelServer _model = null!;
    private Caller _caller = null!;

    public async Task InitializeAsync() =>
        _caller = new Caller(_model = await FakeModelServer.Start(new FakeModelOptions { RequestsKept = 3 }));

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task A_request_is_known_by_its_body_its_headers_and_its_end()
    {
        await _caller.Says("Hello");
        var request = await _model.Requested();
        Assert.Equal(("POST", "/v1/chat/completions", "fake-model", "Hello"),
            (request.Method, request.Path, request.Model, request.LastUser));
        Assert.StartsWith("application/json", request.Headers["content-type"], StringComparison.Ordinal);
        Assert.Equal((RequestOutcome.Completed, false), (request.Outcome, request.CallerLeft));
        Assert.Contains("\"Hello\"", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_can_await_a_request_that_is_yet_to_come()
    {
        var second = _model.Requested(2);
        var fox = _model.WhenRequested("fox");
        await _caller.Says("one");
        Assert.False(second.IsCompleted);
        await _caller.Says("red fox");
        Assert.Equal("red fox", (await second).LastUser);
        Assert.Same(await second, await fox);
        Assert.Same(await fox, await _model.WhenRequested(request => request.LastUser is "red fox"));
    }

    [Fact]
    public async Task Only_the_latest_requests_are_kept_but_all_are_counted()
    {
        await _caller.Says("one");
        await _caller.Says("two");
        await _caller.Says("three");
        await _caller.Says("four");
        Assert.Equal(["two", "three", "four"], _model.Requests.Select(request => request.LastUser));
        Assert.Equal((4, 4, 0, 1), (_model.Stats.Requests, _model.Stats.Completed, _model.Stats.Active, _model.Stats.MaxActive));
    }

    [Fact]
    public async Task Answers_at_the_same_time_are_counted_as_active()
    {
        Gate[] gates = [new(), new()];
        _model.Enqueue(gates.Select(gate => new ScriptedTurn { Gate = gate }));
        using var one = await _caller.Ask("one", stream: true);
        using var two = await _caller.Ask("two", stream: true);
        Assert.Equal((2, 2), (_model.Stats.Active, _model.Stats.MaxActive));
        Array.ForEach(gates, gate => gate.Open());
        await Task.WhenAll(_model.Requests.Select(request => request.WhenEnded()));
        Assert.Equal((0, 2, 2), (_model.Stats.Active, _model.Stats.MaxActive, _model.Stats.Completed));
    }

    [Fact]
    public async Task A_reset_forgets_scripts_requests_and_counts()
    {
        _model.Script(_ => ScriptedTurn.Says("scripted"));
        await _caller.Says("one");
        _model.Reset();
        Assert.Equal((0, 0), (_model.Requests.Count, _model.Stats.Requests));
        Assert.StartsWith("You said: one", await _caller.Says("one"), StringComparison.Ordinal);
        Assert.Equal(1, _model.Requests[0].Attempt);
    }

    [Fact]
    public async Task Stats_and_requests_can_be_read_from_outside()
    {
        await _caller.Says("Hello");
        await _caller.Answer("[[fake fault=500]]");
        var (stats, requests) = (await _caller.Get("fake/stats"), await _caller.Get("fake/requests"));
        Assert.Equal((2, 1, 1, 0, 1), (stats.Number("requests"), stats.Number("completed"), stats.Number("faulted"),
            stats.Number("active"), stats.Number("max_active")));
        Assert.Equal(("completed", "faulted"), (requests[0].Text("outcome"), requests[1].Text("outcome")));
        Assert.Equal("Hello", requests[0].At("body").At("messages")[0].Text("content"));
    }

    [Fact]
    public async Task Defaults_are_set_from_outside_by_query_or_by_body()
    {
        await _caller.PostText("fake/set?chunks=3", "");
        Assert.Equal("tok0 tok1 tok2 ", await _caller.Says("one"));
        await _caller.PostText("fake/set", "words=3");
        Assert.Equal("You said: one", await _caller.Says("one"));
        using var wrong = await _caller.PostText("fake/set?chnks=3", "");
        Assert.False(wrong.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Turns_are_queued_from_outside_and_all_is_reset()
    {
        await _caller.PostText("fake/enqueue", "text=first\ntext=second");
        Assert.Equal("first", await _caller.Says("one"));
        await _caller.PostText("fake/reset", "");
        Assert.StartsWith("You said: one", await _caller.Says("one"), StringComparison.Ordinal);
        using var unknown = await _caller.PostText("fake/other", "");
        Assert.False(unknown.IsSuccessStatusCode);
    }

    [Fact]
    public void The_executable_is_set_up_by_its_arguments_and_its_environment()
    {
        var settings = new Dictionary<string, string>
        {
            ["FAKE_MODEL_DEFAULTS"] = "first=200 chunks=5",
            ["FAKE_MODEL_API_KEY"] = "k",
        };
        var options = FakeModelOptions.Read(["--urls", "http://127.0.0.1:9101"], settings.GetValueOrDefault);
        Assert.Equal(("http://127.0.0.1:9101", "k", 5), (options.Url, options.ApiKey, options.Defaults.Chunks));
        Assert.Equal("http://127.0.0.1:9100", FakeModelOptions.Read([], _ => null).Url);
        Assert.Throws<FormatException>(() => FakeModelOptions.Read(["--port"], _ => null));
    }
}
