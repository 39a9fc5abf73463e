using Colloquy.Panels.Shared;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Review;

/// <summary>Who may see what in a review.</summary>
public sealed class ReviewSightTests
{
    private static PanelTable Written() =>
        Convened(PanelProtocols.Review, 3, cycles: 3).Says("s1", "It is so.");

    private static PanelTable Reviewed(PanelTable table, string text) =>
        table.Says("s3", new($"Three: {text}") { Choice = "minor" }).Says("s2", new($"Two: {text}") { Choice = "minor" });

    [Fact]
    public void The_author_writes_with_the_criteria_in_view()
    {
        var told = Convened(PanelProtocols.Review, 3, criteria: ["Tone"]).Told("s1");
        Assert.Equal(ReviewTasks.Write, told.Instructions);
        Assert.Equal(["Tone"], told.Criteria.ToArray());
        Assert.Empty(told.Entries);
        Assert.Empty(told.Options);
    }

    [Fact]
    public void A_reviewer_sees_the_text_and_no_review_of_anybody()
    {
        var table = Written().Says("s2", new("Two.") { Choice = "accept" });
        var told = table.Told("s3");
        Assert.Equal([("the author", "It is so.")], table.Sees("s3"));
        Assert.Equal(ReviewTasks.Review, told.Instructions);
        Assert.Equal(["correctness", "evidence", "completeness", "clarity"], told.Criteria.ToArray());
        Assert.Equal(["accept", "minor", "major", "reject"], told.Options.Select(option => option.Label));
        Assert.All(told.Options, option => Assert.Empty(option.Authors));
    }

    [Fact]
    public void A_text_of_the_callers_is_shown_as_the_authors()
    {
        var table = Convened(PanelProtocols.Review, 3, subject: "A text.").Says("s1", new("One.") { Choice = "accept" });
        var entry = Assert.Single(table.Told("s2").Entries);
        Assert.Equal(("the author", PanelPhases.Draft, 0, "A text."), (entry.Speaker, entry.Phase, entry.Round, entry.Said.Text));
    }

    [Fact]
    public void The_author_sees_the_last_reviews_under_letters()
    {
        var table = Reviewed(Written(), "first");
        var letters = Anonymity.Letters(table.State);
        (string, string)[] reviews = [($"Expert {letters["s2"]}", "Two: first"), ($"Expert {letters["s3"]}", "Three: first")];
        Assert.Equal([("you", "It is so."), .. reviews.Order()], table.Sees("s1"));
        Assert.Equal(ReviewTasks.Revise, table.Told("s1").Instructions);
        Assert.Equal(4, table.Told("s1").Criteria.Length);
        Assert.Empty(table.Told("s1").Options);

        var again = Reviewed(table.Says("s1", "It is so at sea level."), "second");
        Assert.Equal(["It is so at sea level.", "Three: second", "Two: second"], again.Sees("s1").Select(seen => seen.Text).Order());
    }

    [Fact]
    public void A_reviewer_sees_the_revised_text_and_its_own_last_review_again()
    {
        var second = Reviewed(Written(), "first").Says("s1", "It is so at sea level.");
        Assert.Equal([("the author", "It is so at sea level."), ("you", "Two: first")], second.Sees("s2"));
        Assert.Equal(ReviewTasks.Review + ReviewTasks.Again, second.Told("s2").Instructions);
        Assert.Equal(4, second.Told("s2").Options.Length);
        var third = Reviewed(second, "second").Says("s1", "It is so at 0 m.");
        Assert.Equal([("the author", "It is so at 0 m."), ("you", "Three: second")], third.Sees("s3"));
    }
}
