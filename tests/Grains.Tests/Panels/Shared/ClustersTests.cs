using System.Collections.Immutable;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Shared;

public sealed class ClustersTests
{
    private static readonly string[] Words = ["water", "boils", "early", "ice", "melts", "late", "heat", "salt", "steam"];

    private static Contribution Said(string text, string? stance = null) => new(text) { Stance = stance };

    private static PanelState Drafted(double[]? weights, params Contribution[] drafts) => drafts
        .Select((said, at) => (said, at)).Aggregate(
            Convened(PanelProtocols.Parallel, drafts.Length, weights: weights), (table, one) =>
                table.Says(PanelIds.Seat(one.at + 1), one.said)).State;

    [Theory]
    [InlineData("Yes", "water boils", "yes", "ice melts", 1)]
    [InlineData("Yes, always", "water boils", "No, never", "water boils", 0)]
    [InlineData("-- Yes", "water boils", "no?", "water boils", 0)]
    [InlineData("Agree", "water boils", "Against", "water boils", 0)]
    [InlineData("Approve", "water boils", "Reject", "water boils", 0)]
    [InlineData("Accept", "water boils", "Not so", "water boils", 0)]
    [InlineData("For", "water boils", "Disagree", "water boils", 0)]
    [InlineData("5 mg", "water boils", "50 mg", "water boils", 0)]
    [InlineData("0.5 mg", "water boils", "5 mg", "water boils", 0)]
    [InlineData("5 mg", "water boils", "5 mg", "ice melts", 1)]
    [InlineData(null, "water boils", null, "water boils", 1)]
    [InlineData(null, "water boils", "No", "water boils", 0.816497)]
    [InlineData(null, "water boils", null, "ice melts", 0)]
    [InlineData(null, "water boils", null, "water melts", 0.5)]
    [InlineData(null, "water water boils", null, "water boils boils", 0.875748)]
    [InlineData("Yes", "water boils", "Maybe", "water boils", 0.666667)]
    [InlineData(null, "it is so", null, "it is so", 0)]
    [InlineData("it is", "water boils", "It is", "ice", 1)]
    [InlineData("it is", "water", "it was", "water", 1)]
    [InlineData("it is", "water", "it was", "ice", 0)]
    [InlineData("For", "water boils", "for", "ice melts", 1)]
    public void Positions_are_as_alike_as_their_stances_and_words(
        string? stance, string text, string? otherStance, string otherText, double expected)
    {
        var (one, other) = (Said(text, stance), Said(otherText, otherStance));
        Assert.Equal(expected, Likeness.Of(one, other), 6);
        Assert.Equal(Likeness.Of(other, one), Likeness.Of(one, other));
    }

    [Fact]
    public void A_likeness_is_a_share() => Checked.ForAll(100, random =>
    {
        var (one, other) = (Draft(random), Draft(random));
        Assert.InRange(Likeness.Of(one, other), 0, 1);
        Assert.Equal(1, Likeness.Of(one, one), 9);
    });

    [Fact]
    public void Groups_are_those_that_a_plain_reading_of_the_definition_finds() => Checked.ForAll(150, random =>
    {
        var drafts = Enumerable.Range(0, random.Next(2, 9)).Select(_ => Draft(random)).ToArray();
        var weights = drafts.Select(_ => random.OneOf<double>(0, 0.5, 1, 2)).ToArray();
        var state = Drafted(weights, drafts);
        var found = Clusters.Of(state);

        Assert.Equal(Reference(drafts).Select(group => string.Join(',', group.Select(at => PanelIds.Seat(at + 1)))).Order(),
            found.Clusters.Select(cluster => string.Join(',', cluster.Seats)).Order());
        Assert.Equal(1, found.Clusters.Sum(cluster => cluster.Share), 4);
        Assert.Equal(found.Clusters.Max(cluster => cluster.Share), found.Share);
        Assert.Equal(found.Clusters.Select(cluster => cluster.Share).OrderDescending(), found.Clusters.Select(cluster =>
            cluster.Share));
        Assert.All(found.Clusters, cluster => Assert.Contains(cluster.Representative, cluster.Seats));
    });

    [Fact]
    public void Whoever_is_most_like_the_others_stands_for_them()
    {
        var state = Drafted(null, Said("water boils early"), Said("water boils"), Said("water boils late"));
        var group = Assert.Single(Clusters.Of(state).Clusters);
        Assert.Equal(("s2", 1), (group.Representative, group.Share));
        Assert.Equal("stance+words/1", Clusters.Of(state).Method);
    }

    [Fact]
    public void Of_those_equally_like_the_others_the_weightiest_stands_for_them_and_then_the_first()
    {
        Assert.Equal("s2", Clusters.Of(Drafted([1, 3, 2], Said("a", "Yes"), Said("b", "Yes"), Said("c", "Yes")))
            .Clusters[0].Representative);
        var equal = Clusters.Of(Drafted(null, Said("a", "Yes"), Said("b", "Yes"), Said("c", "No"))).Clusters;
        Assert.Equal(("s1", "Yes", "No"), (equal[0].Representative, equal[0].Stance, equal[1].Stance));
    }

    [Fact]
    public void Of_equal_groups_that_of_the_lowest_seat_comes_first()
    {
        var groups = Clusters.Of(Drafted([1, 1, 1, 3], Said("a", "Alpha"), Said("b", "Beta"), Said("c", "Gamma"),
            Said("d", "Delta"))).Clusters;
        Assert.Equal(["s4", "s1", "s2", "s3"], groups.Select(group => group.Representative));
        Assert.Equal(0.5, groups[0].Share);
    }

    [Fact]
    public void Seats_come_in_the_order_of_their_numbers_from_ten_on_too()
    {
        var state = Drafted(null, [.. Enumerable.Range(0, 11).Select(_ => Said("water boils"))]);
        Assert.Equal(Enumerable.Range(1, 11).Select(PanelIds.Seat), Assert.Single(Clusters.Of(state).Clusters).Seats);
    }

    [Fact]
    public void Half_alike_is_alike_and_a_little_less_is_not()
    {
        Assert.Single(Clusters.Of(Drafted(null, Said("water boils"), Said("water melts"))).Clusters);
        Assert.Equal(2, Clusters.Of(Drafted(null, Said("water boils"), Said("water melts late"))).Clusters.Length);
    }

    [Fact]
    public void Nobody_agrees_where_nobody_speaks()
    {
        var nobody = Clusters.Of(Convened(PanelProtocols.Parallel, 2).State);
        Assert.Equal(0, nobody.Share);
        Assert.Empty(nobody.Clusters);
    }

    [Fact]
    public void The_chair_belongs_to_no_group()
    {
        var state = Drafted(null, Said("a", "Yes"), Said("b", "Yes"));
        var entries = state.Entries.Add(new(2, 1, PanelPhases.Draft, PanelIds.Chair, Said("c", "Yes")));
        Assert.Equal<string>(["s1", "s2"], Assert.Single(Clusters.Of(state, entries).Clusters).Seats);
    }

    private static Contribution Draft(Random random) => Said(
        string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.OneOf(Words))),
            random.OneOf<string?>(null, null, "Yes", "No", "Perhaps"));

    /// <summary>Joins the two most alike groups until none are alike: sets, and every pair looked at anew.</summary>
    private static List<ImmutableSortedSet<int>> Reference(Contribution[] drafts)
    {
        var groups = drafts.Select((_, at) => ImmutableSortedSet.Create(at)).ToList();
        while (true)
        {
            var pairs = (from one in groups
                        from other in groups
                        where one[0] < other[0]
                        let likeness = (from a in one from b in other select Likeness.Of(drafts[a], drafts[b])).Average()
                        where likeness >= 0.5
                        orderby Math.Round(likeness, 12) descending, one[0], other[0]
                        select (one, other)).ToList();
            if (pairs.FirstOrDefault() is not ({ } first, { } second))
                return groups;
            groups.Remove(second);
            groups[groups.IndexOf(first)] = first.Union(second);
        }
    }
}
