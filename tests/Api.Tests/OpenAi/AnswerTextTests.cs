using Colloquy.OpenAi;

namespace Colloquy.Tests.OpenAi;

public sealed class AnswerTextTests
{
    [Fact]
    public void Words_are_sent_as_they_come()
    {
        var text = new AnswerText([]);
        Assert.Equal("Good ", text.Add("Good "));
        Assert.Equal("day", text.Add("day"));
        Assert.Equal(".", text.Finish("Good day."));
        Assert.False(text.IsBroken);
    }

    [Fact]
    public void A_snapshot_sends_only_what_was_not_sent()
    {
        var text = new AnswerText([]);
        text.Add("Good ");
        Assert.Equal("day", text.Replace("Good day"));
    }

    [Fact]
    public void An_attempt_that_says_the_same_goes_on_where_the_first_one_stopped()
    {
        var text = new AnswerText([]);
        text.Add("Good day");
        Assert.Equal("", text.Replace(""));
        Assert.Equal("", text.Add("Good"));
        Assert.Equal(" to you", text.Add(" day to you"));
        Assert.False(text.IsBroken);
    }

    [Fact]
    public void An_attempt_that_says_something_else_breaks_the_answer_as_soon_as_it_differs()
    {
        var text = new AnswerText([]);
        text.Add("Good day");
        text.Replace("");
        text.Add("Good ");
        Assert.False(text.IsBroken);
        Assert.Equal("", text.Add("night"));
        Assert.True(text.IsBroken);
    }

    [Fact]
    public void A_third_attempt_is_held_to_what_the_first_one_said()
    {
        var text = new AnswerText([]);
        text.Add("Good day");
        text.Replace("Good");
        text.Replace("Bad");
        Assert.True(text.IsBroken);
    }

    [Fact]
    public void A_whole_answer_that_is_shorter_than_what_was_sent_breaks_it()
    {
        var text = new AnswerText([]);
        text.Add("Good day");
        text.Finish("Good");
        Assert.True(text.IsBroken);
    }

    [Fact]
    public void Nothing_is_sent_from_a_stop_sequence_on_however_it_is_cut_into_pieces()
    {
        var text = new AnswerText(["\nObservation:"]);
        Assert.Equal("Think.", text.Add("Think.\nObs"));
        Assert.Equal("", text.Add("ervation: 42"));
        Assert.Equal("", text.Finish("Think.\nObservation: 42"));
        Assert.True(text.IsStopped);
    }

    [Fact]
    public void What_only_began_like_a_stop_sequence_is_sent_once_that_is_certain()
    {
        var text = new AnswerText(["END"]);
        Assert.Equal("the ", text.Add("the EN"));
        Assert.Equal("ENTRY", text.Add("TRY"));
        Assert.False(text.IsStopped);
    }

    [Fact]
    public void The_stop_sequence_that_comes_first_ends_the_text()
    {
        var text = new AnswerText(["three", "two"]);
        Assert.Equal("one ", text.Finish("one two three"));
        Assert.True(text.IsStopped);
    }

    [Fact]
    public void Half_a_character_waits_for_its_other_half()
    {
        var text = new AnswerText([]);
        Assert.Equal("a", text.Add("a\ud83d"));
        Assert.Equal("\ud83d\ude00", text.Add("\ude00"));
    }
}
