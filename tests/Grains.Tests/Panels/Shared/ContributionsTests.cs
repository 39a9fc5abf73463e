using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Journals;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Shared;

public sealed class ContributionsTests
{
    private static Contribution Valid(Contribution said, string phase = PanelPhases.Ballot) => Contributions.Valid(phase, said)!;

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(0.4, 0.4)]
    [InlineData(7.0, null)]
    [InlineData(1.01, null)]
    [InlineData(-0.01, null)]
    [InlineData(double.NaN, null)]
    [InlineData(double.PositiveInfinity, null)]
    public void A_confidence_outside_its_scale_was_not_stated(double stated, double? expected)
    {
        var valid = Valid(new("So.") { Confidence = stated, IsCalibrated = true });
        Assert.Equal(expected, valid.Confidence);
        Assert.Equal(expected is not null, valid.IsCalibrated);
        Assert.False(Valid(new("So.") { Confidence = stated }).IsCalibrated);
    }

    [Theory]
    [InlineData(1e15, 1e15)]
    [InlineData(-1e15, -1e15)]
    [InlineData(1.1e15, null)]
    [InlineData(-1.1e15, null)]
    [InlineData(double.NaN, null)]
    [InlineData(double.NegativeInfinity, null)]
    public void An_estimate_that_is_no_number_to_reckon_with_was_not_given(double stated, double? expected) =>
        Assert.Equal(expected, Valid(new("So.") { Estimate = stated }, PanelPhases.Estimate).Estimate);

    [Fact]
    public void What_belongs_to_another_phase_is_passed_over()
    {
        var everything = new Contribution("So.")
        {
            Estimate = 3, Choice = "A", Ranking = ["A"], Scores = ImmutableSortedDictionary<string, int>.Empty.Add("clarity", 3),
                Points = ["But."],
            IsContent = true, Stance = "Yes", Citations = [Quote("one")],
        };
        var position = Valid(everything, PanelPhases.Draft);
        Assert.Equal((3, null), (position.Estimate, position.Choice));
        Assert.Empty(position.Ranking);
        Assert.Empty(position.Scores);
        var vote = Valid(everything);
        Assert.Equal((null, "A"), (vote.Estimate, vote.Choice));
        Assert.Equal<string>(["A"], vote.Ranking);
        Assert.Equal(3, Assert.Single(vote.Scores).Value);
        var remark = Valid(everything, PanelPhases.Critique);
        Assert.Equal((null, null), (remark.Estimate, remark.Choice));
        Assert.Equal((true, "Yes", "So."), (remark.IsContent, remark.Stance, remark.Text));
        Assert.Equal<string>(["But."], remark.Points);
        Assert.Equal("one", Assert.Single(remark.Citations).DocumentId);
    }

    [Fact]
    public void Texts_and_lists_are_clipped_to_their_limits()
    {
        var many = Enumerable.Range(0, 10_000).Select(at => $" {at} ").ToImmutableArray();
        var valid = Valid(new(new string('x', 16_000) + new string('z', 4_000))
        {
            Stance = new string('y', 500) + new string('z', 100), Choice = "  A ", Ranking = many,
                Points = ["a", "  ", "a", "b", null!, .. many],
            Citations = [null!, .. Enumerable.Range(0, 20).Select(at => Quote($"{at}"))],
            Scores = Enumerable.Range(0, 20).ToImmutableSortedDictionary(at => $"c{at:00}", _ => 5),
        });
        Assert.Equal((PanelLimits.TextCharacters, PanelLimits.LineCharacters, "A"),
            (valid.Text.Length, valid.Stance!.Length, valid.Choice));
        Assert.DoesNotContain('z', valid.Text + valid.Stance);
        Assert.Equal(Enumerable.Range(0, PanelLimits.ListMax).Select(at => $"{at}"), valid.Ranking);
        Assert.Equal<string>(["a", "b", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], valid.Points);
        Assert.Equal((PanelLimits.Citations, "0"), (valid.Citations.Length, valid.Citations[0].DocumentId));
        Assert.Equal(PanelLimits.ListMax, valid.Scores.Count);
    }

    [Fact]
    public void Scores_outside_their_scale_were_not_given()
    {
        var scores = new Dictionary<string,
            int> { ["a"] = 0, ["b"] = 1, ["c"] = 5, ["d"] = 6, [" "] = 3, [new string('e', 501)] = 3 };
        Assert.Equal(["b", "c"], Valid(new("So.") { Scores = scores.ToImmutableSortedDictionary() }).Scores.Keys);
    }

    [Fact]
    public void What_is_missing_is_empty()
    {
        var valid = Valid(new Contribution(null!)
        {
            Ranking = default, Points = default, Citations = default, Scores = null!, Choice = "A", Stance = " ",
        });
        Assert.Equal(("", null), (valid.Text, valid.Stance));
        Assert.Empty(valid.Ranking);
        Assert.Empty(valid.Points);
        Assert.Empty(valid.Citations);
        Assert.Empty(valid.Scores);
    }

    [Fact]
    public void A_position_without_words_is_said_in_those_that_it_has()
    {
        Assert.Equal("Yes", Valid(new(" ") { Stance = "Yes", Estimate = 2, Points = ["a", "b"] }, PanelPhases.Draft).Text);
        Assert.Equal("2.5", Valid(new("") { Estimate = 2.5, Points = ["a", "b"] }, PanelPhases.Estimate).Text);
        Assert.Equal("a\nb", Valid(new("") { Points = ["a", "b"] }, PanelPhases.Synthesize).Text);
        Assert.Equal("Said.", Valid(new(" Said. ") { Stance = "Yes" }, PanelPhases.Revise).Text);
    }

    [Fact]
    public void Nothing_said_is_no_answer()
    {
        Assert.Null(Contributions.Valid(PanelPhases.Draft, new(" ") { IsContent = true, Choice = "A" }));
        Assert.Null(Contributions.Valid(PanelPhases.Synthesize, new("\n") { IsContent = true }));
        Assert.Null(Contributions.Valid(PanelPhases.Critique, new("") { Choice = "A", Confidence = 0.5, Estimate = 3 }));
        Assert.Null(Contributions.Valid(PanelPhases.Ballot, new("") { Confidence = 0.5 }));
    }

    [Fact]
    public void Anything_said_is_an_answer_where_it_is_no_position() => Assert.All(
        new Contribution[]
        {
            new("x"), new("") { Stance = "Yes" }, new("") { Choice = "A" }, new("") { IsContent = false },
                new("") { Ranking = ["A"] },
            new("") { Points = ["But."] }, new("") { Scores = ImmutableSortedDictionary<string, int>.Empty.Add("clarity", 3) },
        },
        said => Assert.NotNull(Contributions.Valid(PanelPhases.Review, said)));

    [Fact]
    public void Whatever_is_said_can_be_written_to_a_journal() => Checked.ForAll(100, random =>
    {
        var said = new Contribution(random.OneOf("So.", "", null!, new string('z', 20_000)))
        {
            Confidence = random.OneOf<double?>(null, double.NaN, 7, -3, double.NegativeInfinity, 0.3),
            Estimate = random.OneOf<double?>(null, double.NaN, 1e308, -1e308, double.PositiveInfinity, 12),
            Stance = random.OneOf(null, "", "Yes"), Choice = random.OneOf(null, "A", "zzz"),
            Ranking = random.OneOf<ImmutableArray<string>>([], default, ["A", "A", null!]),
            Points = random.OneOf<ImmutableArray<string>>([], default, [.. Enumerable.Repeat("x", 10_000)]),
        };
        foreach (var phase in new[] { PanelPhases.Draft, PanelPhases.Ballot, PanelPhases.Critique, PanelPhases.Estimate })
            if (Contributions.Valid(phase, said) is { } valid)
            {
                Assert.NotEmpty(JsonSerializer.Serialize(valid, JournalJson.Options));
                Assert.Equal(JsonSerializer.Serialize(valid, JournalJson.Options),
                    JsonSerializer.Serialize(Contributions.Valid(phase, valid), JournalJson.Options));
            }
    });
}
