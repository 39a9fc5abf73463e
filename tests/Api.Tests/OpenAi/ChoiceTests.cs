using System.Text;
using Colloquy.OpenAi;
using Colloquy.Sessions;
using Colloquy.Streams;

namespace Colloquy.Tests.OpenAi;

public sealed class ChoiceTests
{
    private const string Run = "run_1";

    [Fact]
    public void Words_come_as_they_are_written_and_the_end_brings_the_rest()
    {
        var choice = Live();
        Assert.Equal("Good ", Said(choice.Take([Delta("Good ")])));
        var last = choice.Take([Completed("Good day"), Done(2)]);
        Assert.Equal("day", Said(last));
        var finished = Assert.IsType<ChoiceNews.Finished>(last[^1]);
        Assert.Equal(("stop", 5L), (finished.Finish, finished.End.Usage.TotalTokens));
        Assert.True(choice.IsOver);
    }

    [Fact]
    public void An_answer_that_used_up_its_tokens_was_cut_off()
    {
        var news = Live().Take([Completed("a"), Done(10)]);
        Assert.Equal("length", Assert.IsType<ChoiceNews.Finished>(news[^1]).Finish);
    }

    [Fact]
    public void Tokens_of_several_calls_do_not_say_that_the_answer_was_cut_off()
    {
        var news = Live().Take(
            [Event("tool.called", ""), Completed("a"), Done(10)]);
        Assert.Equal("stop", Assert.IsType<ChoiceNews.Finished>(news[^1]).Finish);
    }

    [Fact]
    public void An_answer_begun_anew_with_other_words_ends_the_stream()
    {
        var choice = Live();
        choice.Take([Delta("Good day")]);
        var news = choice.Take([new StreamItem.Live(new LiveEvent.Reset(Run, "m", 2)), Snapshot("Bad")]);
        Assert.Equal("answer_restarted", Assert.IsType<ChoiceNews.Failed>(news[^1]).Problem.Code.Code);
    }

    [Fact]
    public void An_answer_begun_anew_does_not_matter_to_who_waits_for_the_whole()
    {
        var choice = new Choice(0, new AnswerText([]), isLive: false, tokensMax: 10, new RunReading());
        Assert.Empty(choice.Take([Delta("Good day"), new StreamItem.Live(new LiveEvent.Reset(Run, "m", 2)), Snapshot("Bad")]));
        Assert.Equal("Bad luck", Said(choice.Take([Completed("Bad luck"), Done(1)])));
    }

    [Theory]
    [InlineData("run.failed", "model_rate_limited", "rate_limit_exceeded", 429)]
    [InlineData("run.failed", "model_context_too_long", "context_length_exceeded", 400)]
    [InlineData("run.failed", "model_server_error", "upstream_error", 502)]
    [InlineData("run.failed", "model_stalled", "upstream_error", 502)]
    [InlineData("run.failed", "model_refused_credentials", "upstream_refused", 502)]
    [InlineData("run.failed", "tool_in_doubt", "tool_in_doubt", 500)]
    [InlineData("run.failed", "internal", "internal", 500)]
    [InlineData("run.budget_exhausted", "", "insufficient_quota", 429)]
    [InlineData("run.cancelled", "", "run_cancelled", 409)]
    [InlineData("run.expired", "", "run_expired", 504)]
    public void A_run_that_fails_is_an_error_that_clients_know(string terminal, string error, string code, int status)
    {
        var news = Live().Take([Completed("half"), Ended(terminal, $$""" "error":{"code":"{{error}}","message":"m"} """)]);
        var problem = Assert.IsType<ChoiceNews.Failed>(Assert.Single(news)).Problem;
        Assert.Equal((code, status), (problem.Code.Code, problem.Code.Status));
    }

    [Fact]
    public void The_first_heartbeat_is_none_for_the_stream_has_only_begun()
    {
        var choice = Live();
        Assert.Empty(choice.Take([new StreamItem.Heartbeat()]));
        Assert.IsType<ChoiceNews.Waiting>(Assert.Single(choice.Take([new StreamItem.Heartbeat()])));
    }

    [Fact]
    public void A_stream_that_ends_without_an_answer_says_so()
    {
        Assert.IsType<ChoiceNews.Failed>(Live().End());
        var over = Live();
        over.Take([Completed("a"), Done(1)]);
        Assert.Null(over.End());
    }

    private static Choice Live() => new(0, new AnswerText([]), isLive: true, tokensMax: 10, new RunReading());

    private static string Said(IEnumerable<ChoiceNews> news) =>
        string.Concat(news.OfType<ChoiceNews.Words>().Select(words => words.Text));

    private static StreamItem Delta(string text) => new StreamItem.Live(new LiveEvent.Delta(Run, "m", 1, 0, text));

    private static StreamItem Snapshot(string text) => new StreamItem.Live(new LiveEvent.Snapshot(Run, "m", 2, text));

    private static StreamItem Completed(string content) =>
        Event("message.completed", $$""" "content":"{{content}}","messageId":"m","citations":[] """);

    private static StreamItem Done(int tokens) =>
        Ended("run.completed", $$""" "usage":{"inputTokens":3,"outputTokens":{{tokens}}} """);

    private static StreamItem Ended(string terminal, string members) => Event(terminal, members);

    private static StreamItem Event(string type, string members)
    {
        var before = members.Length > 0 ? members + "," : "";
        return new StreamItem.Durable(new EventLine(1, type, Run, Encoding.UTF8.GetBytes($$"""{{{before}}"type":"{{type}}"}""")));
    }
}
