using System.Text;
using Colloquy.OpenAi;
using Colloquy.Sessions;
using Colloquy.Streams;

namespace Colloquy.Tests.OpenAi;

public sealed class PanelReadingTests
{
    private const string Run = "run_pan_1";

    private const string Outcome = """
        {"decision":"decided","answer":"Yes, it is.","rule":{"name":"weighted","stopped":"decided","options":[
        {"label":"A","text":"Yes","authors":["s1"],"votes":2,"weight":1.75,"points":0,"ballots":3,"voters":["s1","s3"]},
        {"label":"B","text":"No","authors":["s2"],"votes":1,"weight":0.8,"points":0,"ballots":3,"voters":["s2"]}],"weights":[],"spread":[],
        "agreement":{"share":0.66,"clusters":[],"method":"m"},"criteria":[],"threshold":0.5,"cycles":1,"assumptions":[]},
        "positions":[{"seat":"s2","agent":"b","name":"Bo","role":"member","answer":"No, never.","stance":"No","evidence":[],"round":1}],
        "minorityReport":[{"seats":["s2"],"stance":"No","answer":"No, never.","share":0.34,"objections":["It can fail."],"evidence":[]}],
        "recommendation":{"text":"Yes","grounds":[]},"citations":[{"n":1}],"confidence":{"value":0.7},
        "cost":{"total":{"inputTokens":1,"outputTokens":2,"totalTokens":3},"seats":[]},"timeline":[],"absent":[],
        "summary":"Decided by weighted.\n\nMinority report:\n- Bo (s2)"}
        """;

    [Fact]
    public void Words_of_the_chair_come_as_they_are_written_and_below_them_stands_what_they_do_not_say()
    {
        var choice = Live();
        Assert.Empty(Said(choice.Take([Opened(1, "draft"), Delta("s1", 1, "I think"), Delta("chair", 1, "Hm")])));
        Assert.Equal("Yes, ", Said(choice.Take([Opened(2, "synthesize"), Delta("chair", 2, "Yes, "), Delta("s1", 2, "late")])));
        var last = choice.Take([Remark("chair", "Yes, it is."), Concluded(Outcome), Completed()]);
        Assert.Equal("""
            it is.

            Decided by weighted.

            Minority report:
            - Bo (s2)
            """, Said(last));
        var end = Assert.IsType<ChoiceNews.Finished>(last[^1]);
        Assert.Equal(("stop", 15L, "m-chair"), (end.Finish, end.End.Usage.TotalTokens, end.End.MessageId));
        Assert.Equal(1, end.End.Citations.GetArrayLength());
    }

    [Fact]
    public void A_judge_decides_and_does_not_write_the_answer()
    {
        var choice = Live();
        Assert.Empty(Said(choice.Take([Opened(3, "judge"), Delta("chair", 3, "The challenger is wrong.")])));
        Assert.StartsWith("Yes, it is.\n\nDecided by", Said(choice.Take([Concluded(Outcome), Completed()])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_answer_is_given_whole_though_the_outcome_shows_its_beginning()
    {
        var said = Said(Live().Take(
            [Opened(2, "synthesize"), Remark("chair", "Yes, it is. And there is more."), Concluded(Outcome), Completed()]));
        Assert.StartsWith("Yes, it is. And there is more.\n\nDecided", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chair_that_breaks_off_is_an_answer_begun_anew()
    {
        var choice = Live();
        choice.Take([Opened(2, "synthesize"), Delta("chair", 2, "No, it is")]);
        var problem = Assert.IsType<ChoiceNews.Failed>(choice.Take([Concluded(Outcome), Completed()])[^1]).Problem;
        Assert.Equal("answer_restarted", problem.Code.Code);
    }

    [Fact]
    public void Too_few_answers_are_an_error_that_clients_know()
    {
        var news = Live().Take([Event("run.failed", """ "error":{"code":"quorum_not_reached","message":"Fewer than 2."} """)]);
        var problem = Assert.IsType<ChoiceNews.Failed>(Assert.Single(news)).Problem;
        Assert.Equal(("quorum_not_reached", 502, "Fewer than 2."), (problem.Code.Code, problem.Code.Status, problem.Detail));
    }

    [Fact]
    public void The_question_is_the_last_message_and_what_was_before_stands_behind_it_as_far_as_there_is_room()
    {
        Assert.Equal("Why?", PanelModels.Question(new(null, [], "Why?", 0)));
        Assert.Equal(
            "Why?\n\nInstructions of who asks:\nBe brief.\n\nEarlier in this conversation:\nUser: Is it?\nAssistant: It is.",
            PanelModels.Question(new("Be brief.", [new("t1", "Is it?", "It is.")], "Why?", 0)));
        var long_ = new string('x', 1_500);
        var many = PanelModels.Question(new(null, [.. Enumerable.Range(0, 20).Select(at => new Exchange($"t{at}", long_,
            $"A{at}"))], "Why?", 0));
        Assert.InRange(many.Length, 6_000, 8_000);
        Assert.Contains("A19", many, StringComparison.Ordinal);
        Assert.DoesNotContain("A0\n", many, StringComparison.Ordinal);
    }

    private static Choice Live() => new(0, new AnswerText([]), isLive: true, tokensMax: int.MaxValue, new PanelReading());

    private static string Said(IEnumerable<ChoiceNews> news) =>
        string.Concat(news.OfType<ChoiceNews.Words>().Select(words => words.Text));

    private static StreamItem Delta(string seat, int round, string text) => new StreamItem.Live(
        new LiveEvent.Delta(Run, $"m-{seat}", 1, 0, text) { Place = new(seat, round) });

    private static StreamItem Opened(int round, string phase) =>
        Event("panel.round.opened", $$""" "phase":"{{phase}}","round":{{round}} """);

    private static StreamItem Remark(string seat, string text) =>
        Event("panel.remark", $$""" "messageId":"m-{{seat}}","seat":"{{seat}}","said":{"text":"{{text}}"} """);

    private static StreamItem Concluded(string outcome) => Event("panel.concluded", $"\"outcome\":{outcome}");

    private static StreamItem Completed() => Event("run.completed", """ "usage":{"inputTokens":10,"outputTokens":5} """);

    private static StreamItem Event(string type, string members) => new StreamItem.Durable(
        new EventLine(1, type, Run, Encoding.UTF8.GetBytes($$"""{{{members}},"type":"{{type}}"}""")));
}
