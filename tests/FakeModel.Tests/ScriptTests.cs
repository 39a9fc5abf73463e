namespace Colloquy.FakeModel.Tests;

public sealed class ScriptTests : IAsyncLifetime
{
    private FakeModelServer _model = null!;
    private Caller _caller = null!;

    public async Task InitializeAsync() => _caller = new Caller(_model = await FakeModelServer.Start());

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_script_the_answer_is_the_user_s_own_words()
    {
        const string Answer = "You said: red fox red fox red fox red fox red fox";
        Assert.Equal(Answer, await _caller.Says("red fox"));
        Assert.Equal(Answer, Caller.TextOf(await _caller.Chunks("red fox")));
    }

    [Theory]
    [InlineData("[[fake words=4]] red fox", "You said: red fox")]
    [InlineData("red [[fake words=4]]fox", "You said: red fox")]
    [InlineData("[[fake words=3]]", "tok0 tok1 tok2")]
    [InlineData("[[fake chunks=3]] red fox", "tok0 tok1 tok2 ")]
    [InlineData("[[fake text=any = words, here]] red fox", "any = words, here")]
    [InlineData("""[[fake text="two\nlines ]]" chunks=2]]""", "two\nlines ]]")]
    [InlineData("[[fake text=unfinished", "unfinished")]
    [InlineData("[[fake text=up to here chunks=2]]", "up to here")]
    public async Task A_marker_in_the_user_s_words_says_what_to_answer(string asked, string answer) =>
        Assert.Equal(answer, await _caller.Says(asked));

    [Theory]
    [InlineData("[[fake chunks=200]]", 200)]
    [InlineData("[[fake words=50 chunks=10]]", 10)]
    [InlineData("[[fake chunks=3 text=abcd]]", 3)]
    [InlineData("[[fake chunks=9 text=abcd]]", 4)]
    [InlineData("""[[fake text=""]]""", 0)]
    public async Task A_marker_says_in_how_many_chunks(string asked, int chunks)
    {
        await _caller.Events(asked);
        Assert.Equal(chunks, _model.Requests[0].Chunks);
    }

    [Theory]
    [InlineData("[[fake chunks]]")]
    [InlineData("[[fake chunks=many]]")]
    [InlineData("[[fake fault=unheard-of]]")]
    [InlineData("[[fake after=3]]")]
    [InlineData("[[fake tool=x {\"a\":]]")]
    [InlineData("[[fake tool=x {\"a\":1")]
    [InlineData("[[fake text=\"open]]")]
    public async Task A_marker_that_cannot_be_read_is_refused_with_the_reason(string asked) =>
        Assert.Contains("[[fake]]", (await _caller.Answer(asked)).GetProperty("error").Text("message"), StringComparison.Ordinal);

    [Fact]
    public async Task Several_markers_are_the_steps_of_one_turn()
    {
        const string Ask = """[[fake tool=search {"q":1}]] [[fake tool=read {}]] [[fake text=all done]]""";
        var first = await Converse(User(Ask));
        var second = await Converse(User(Ask), Called(first), Told(first, "found"));
        var third = await Converse(User(Ask), Called(first), Told(first, "found"), Called(second), Told(second, "read"));
        Assert.Equal("search", first.At("tool_calls")[0].At("function").Text("name"));
        Assert.Equal("read", second.At("tool_calls")[0].At("function").Text("name"));
        Assert.Equal("all done", third.Text("content"));
    }

    [Fact]
    public async Task After_its_only_marker_the_model_talks_of_the_tool_s_result()
    {
        var first = await Converse(User("[[fake tool=search {}]]"));
        var second = await Converse(User("[[fake tool=search {}]]"), Called(first), Told(first, "nothing found"));
        Assert.StartsWith("You said: nothing found", second.Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_script_that_has_an_answer_wins_over_the_queue()
    {
        _model.Enqueue(ScriptedTurn.Says("queued"), ScriptedTurn.Says("queued too"));
        _model.Script(request => request.LastUser.Contains("old", StringComparison.Ordinal) ? ScriptedTurn.Says("old") : null);
        _model.Script(request => request.LastUser.StartsWith("new", StringComparison.Ordinal) ? ScriptedTurn.Says("new") : null);
        Assert.Equal("new", await _caller.Says("new and old"));
        Assert.Equal("old", await _caller.Says("old"));
        Assert.Equal("marked", await _caller.Says("old [[fake text=marked]]"));
        Assert.Equal("queued", await _caller.Says("other"));
        Assert.Equal("queued too", await _caller.Says("other"));
        Assert.StartsWith("You said: other", await _caller.Says("other"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queued_fault_strikes_so_often_and_then_its_turn_succeeds()
    {
        _model.Enqueue(
            ScriptedTurn.Says("at last") with { Fault = Fault.Http(500) with { Times = 2 } }, ScriptedTurn.Says("next"));
        using var first = await _caller.Ask("Hi");
        using var second = await _caller.Ask("Hi");
        Assert.Equal((500, 500), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal("at last", await _caller.Says("Hi"));
        Assert.Equal("next", await _caller.Says("Hi"));
    }

    [Fact]
    public async Task A_fault_counts_the_attempts_of_each_message_by_itself()
    {
        _model.Default(ScriptedTurn.Fails(Fault.Http(503) with { Times = 1 }));
        using var one = await _caller.Ask("one");
        using var two = await _caller.Ask("two");
        Assert.Equal((503, 503), ((int)one.StatusCode, (int)two.StatusCode));
        Assert.StartsWith("You said: one", await _caller.Says("one"), StringComparison.Ordinal);
        Assert.StartsWith("You said: two", await _caller.Says("two"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_throws_is_told_to_the_caller()
    {
        _model.Script(_ => throw new InvalidOperationException("my mistake"));
        Assert.Equal("A script failed: my mistake", (await _caller.Answer("Hi")).GetProperty("error").Text("message"));
    }

    [Fact]
    public async Task Recall_tells_what_the_model_was_sent()
    {
        object[] history =
        [
            new { role = "system", content = "Be brief" }, User("I am #mAda"), new { role = "assistant", content = "a b c" },
        ];
        var brief = await Converse([.. history, User("[[recall]]")]);
        var full = await Converse([.. history, User("[[recall full]]")]);
        Assert.Equal("RECALL messages=4 user=2 assistant=1 other=1 marks=Ada answers=3", brief.Text("content"));
        Assert.StartsWith("""[{"role":"system","text":"Be brief"},""", full.Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_several_parts_is_read_as_one()
    {
        var parts = new[] { new { type = "text", text = "[[fake te" }, new { type = "text", text = "xt=joined]]" } };
        Assert.Equal("joined", (await Converse(new { role = "user", content = parts })).Text("content"));
    }

    private static object User(string text) => new { role = "user", content = text };

    private static object Called(JsonElement message) => new { role = "assistant", tool_calls = message.At("tool_calls") };

    private static object Told(JsonElement message, string result) =>
        new { role = "tool", tool_call_id = message.At("tool_calls")[0].Text("id"), content = result };

    private async Task<JsonElement> Converse(params object[] messages) =>
        (await Caller.Read(await _caller.Post("v1/chat/completions", new { model = "m", messages })))
        .GetProperty("choices")[0].GetProperty("message");
}
