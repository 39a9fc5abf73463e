using System.Collections.Immutable;
using Xunit;

namespace Colloquy.Panels.Seats;

public sealed class AnswerFiguresTests
{
    private static readonly SeatBrief _ballot = new(
        "pan", "run", "message", "s1", SeatRoles.Member, 1, 1, PanelPhases.Ballot, "Which?", "Vote.", [],
        [new("A", "One."), new("B", "Two."), new("C", "Three.")], ["clarity", "evidence"], null, [], [], "agent", 1, null,
        DateTimeOffset.MaxValue);

    private static AnswerFigures Read(string answer) => AnswerFigures.Read(answer, _ballot);

    [Theory]
    [InlineData("Since it holds.\n```json\n{\"choice\":\"B\",\"ranking\":[\"B\",\"A\"]}\n```")]
    [InlineData("{\"choice\":\"b\",\"ranking\":[\"Option B\",\"(A)\"]}")]
    [InlineData("```json\n{\"choice\":\"A\"}\n```\nNo, better:\n```json\n{\"choice\":\"B)\",\"ranking\":[\"B\",\"A\",\"B\",\"Z\"]}\n```")]
    [InlineData("I take {B}. {\"choice\": \"B\", \"ranking\": [\"B\", \"A\",], \"scores\": {\"clarity\": 3}}")]
    public void Figures_are_found_wherever_they_stand(string answer)
    {
        var figures = Read(answer);
        Assert.Equal("B", figures.Choice);
        Assert.Equal(["B", "A"], figures.Ranking.AsEnumerable());
        Assert.False(AnswerFormat.Lacks(_ballot, figures));
    }

    [Theory]
    [InlineData("I vote for B.")]
    [InlineData("```json\n{\"choice\":\"D\"}\n```")]
    [InlineData("```json\n{\"choice\":\"A or B\"}\n```")]
    [InlineData("```json\n{\"choice\":7,\"ranking\":\"B\"}\n```")]
    [InlineData("```json\n[\"B\"]\n```")]
    [InlineData("```json\n{\"choice\":\"B\"")]
    [InlineData("}{")]
    public void A_ballot_that_names_no_option_is_unreadable(string answer) => Assert.True(AnswerFormat.Lacks(_ballot, Read(answer)));

    [Fact]
    public void What_is_out_of_bounds_is_held_to_them()
    {
        var figures = Read($$"""
            {"stance":"{{new string('x', 900)}}","confidence":85,"estimate":"12.5","points":["a","a","",7,"b"],
            "scores":{"Clarity":9,"evidence":0,"beauty":3},"content":"maybe","choice":"A"}
            """);
        Assert.Equal(PanelLimits.LineCharacters, figures.Stance!.Length);
        Assert.Equal((0.85, 12.5), (figures.Confidence!.Value, figures.Estimate!.Value));
        Assert.Equal(["a", "b"], figures.Points.AsEnumerable());
        Assert.Equal(ImmutableSortedDictionary<string, int>.Empty.Add("clarity", 5).Add("evidence", 1), figures.Scores);
        Assert.Null(figures.IsContent);
        Assert.Null(Read("{\"estimate\":1e999,\"choice\":\"A\"}").Estimate);
    }

    [Fact]
    public void A_number_is_needed_only_where_one_is_asked_for()
    {
        var estimate = _ballot with { Phase = PanelPhases.Estimate };
        Assert.False(AnswerFormat.Lacks(estimate, AnswerFigures.None));
        Assert.True(AnswerFormat.Lacks(estimate with { Question = "How many patients are needed?" }, AnswerFigures.None));
        Assert.False(AnswerFormat.Lacks(estimate with { Phase = PanelPhases.Draft }, AnswerFigures.None));
        Assert.True(AnswerFormat.Lacks(estimate with { Phase = PanelPhases.Judge }, AnswerFigures.None));
    }
}
