using System.Text;
using System.Text.Json;
using Colloquy.Journals;
using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Shared;

public sealed class SharedTests
{
    private static PanelTable Drafted(params Contribution[] drafts) => Weighted(null, drafts);

    private static PanelTable Weighted(double[]? weights, params Contribution[] drafts) => drafts
        .Select((said, at) => (said, at))
        .Aggregate(Convened(PanelProtocols.Parallel, drafts.Length, weights: weights), (table, one) =>
            table.Says(PanelIds.Seat(one.at + 1), one.said));

    [Fact]
    public void An_order_is_a_permutation_and_the_same_again_from_the_same_seed() => Checked.ForAll(100, random =>
    {
        var (seed, salt, items) = (random.NextInt64(), random.Next(100), Enumerable.Range(0, random.Next(1, 13)).ToList());
        var order = SeededOrder.Shuffle(seed, salt, items);
        Assert.Equal(items, order.Order());
        Assert.Equal<int>(order, SeededOrder.Shuffle(seed, salt, items));
    });

    /// <summary>By chance, one in eight stays in place; and of two salts, one in eight places agree.</summary>
    /// <summary>Else seats would have other letters after a crash, and the labels of a ballot other options.</summary>
    [Fact]
    public void A_seed_is_the_same_when_it_is_read_from_a_journal_again() => Checked.ForAll(1_000, random =>
    {
        var seed = SeededOrder.SeedOf($"pan_{random.NextInt64()}");
        var line = new StringBuilder();
        CanonicalJson.Write(line, JsonSerializer.SerializeToElement(seed));
        Assert.Equal(seed, JsonSerializer.Deserialize<long>(line.ToString()));
        Assert.InRange(seed, 0, PanelLimits.SeedMost);
    });

    [Fact]
    public void Orders_are_fair_and_those_of_two_salts_are_independent()
    {
        var (first, agreeing) = (new int[8], 0);
        for (var seed = 0; seed < 4_000; seed++)
        {
            var (one, other) = (SeededOrder.Shuffle(seed, 1, Enumerable.Range(0, 8)),
                SeededOrder.Shuffle(seed, 2, Enumerable.Range(0, 8)));
            first[one[0]]++;
            agreeing += one.Zip(other).Count(pair => pair.First == pair.Second);
        }
        Assert.All(first, count => Assert.InRange(count, 400, 600)); // 500 is expected, with a deviation of 21
        Assert.InRange(agreeing, 3_700, 4_300); // 4,000 is expected, with a deviation of some 63
    }

    /// <summary>Charters hold seeds for ever: another generator would show another order after an update.</summary>
    [Fact]
    public void Orders_are_those_of_the_published_generator()
    {
        Assert.Equal<int>([7, 5, 8, 0, 9, 6, 2, 1, 4, 3], SeededOrder.Shuffle(42, 1, Enumerable.Range(0, 10)));
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(51, "AZ")]
    [InlineData(52, "BA")]
    [InlineData(702, "AAA")]
    public void Letters_go_on_after_the_last(int at, string letter) => Assert.Equal(letter, Anonymity.Letter(at));

    [Fact]
    public void Letters_are_drawn_by_the_seed_and_the_chair_has_none()
    {
        var tables = Enumerable.Range(0, 20).Select(seed => Convened(PanelProtocols.Parallel, 4, seed: seed).State).ToList();
        Assert.All(tables, state => Assert.Equal(["s1", "s2", "s3", "s4"], Anonymity.Letters(state).Keys));
        Assert.All(tables, state => Assert.Equal(["A", "B", "C", "D"], Anonymity.Letters(state).Values.Order()));
        Assert.Equal(SeededOrder.Shuffle(5, 1, ["s1", "s2", "s3", "s4"]),
            Anonymity.Letters(tables[5]).OrderBy(one => one.Value).Select(one => one.Key));
        Assert.True(tables.Select(state => Anonymity.Letters(state)["s1"]).Distinct().Count() > 2);
    }

    [Fact]
    public void Others_are_seen_by_round_and_letter_and_never_by_name()
    {
        var state = Drafted(new("One.") { Confidence = 0.5, IsCalibrated = true }, new("Two."), new("Three."), new("Four."))
            .Says("chair", "All.").State;
        var letters = Anonymity.Letters(state);
        var seen = Anonymity.Veiled(state, state.Entries.Reverse(), "s2");
        Assert.Equal(letters.OrderBy(one => one.Value).Select(one => one.Key == "s2" ? "you" : $"Expert {one.Value}")
            .Append("the chair"),
            seen.Select(entry => entry.Speaker));
        Assert.Equal([1, 1, 1, 1, 2], seen.Select(entry => entry.Round));
        Assert.Equal(PanelPhases.Draft, seen[0].Phase);
        Assert.Equal("One.", seen.Single(entry => entry.Speaker == $"Expert {letters["s1"]}").Said.Text);
        Assert.All(seen, entry => Assert.False(entry.Said.IsCalibrated));
    }

    [Fact]
    public void Names_and_roles_are_shown_in_the_order_of_speaking()
    {
        var state = Drafted(new("One."), new("Two.")).State;
        Assert.Equal(["Name 1", "you"], Anonymity.Named(state, state.Entries, "s2").Select(entry => entry.Speaker));
        Assert.Equal(["you", "the member"], Anonymity.ByRole(state, state.Entries, "s1").Select(entry => entry.Speaker));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(12, 7)]
    public void More_than_half_is_a_quorum(int members, int quorum) => Assert.Equal(quorum, Quorum.Default(members));

    [Fact]
    public void A_quorum_is_never_more_than_were_invited_nor_nobody()
    {
        var state = Convened(PanelProtocols.Parallel, 3, quorum: 2).State;
        Assert.Equal((2, 1, 1), (Quorum.Needed(state, 3), Quorum.Needed(state, 1), Quorum.Needed(state, 0)));
        Assert.Equal(1, Quorum.Needed(Convened(PanelProtocols.Parallel, 3, quorum: 0).State, 3));
        var moment = new PanelMoment(1, 1, PanelPhases.Draft, Noon, Noon, 3, 2);
        Assert.True(Quorum.IsMet(state, moment));
        Assert.False(Quorum.IsMet(state, moment with { Answered = 1 }));
        Assert.True(Quorum.IsMet(state, moment with { Answered = 1, Invited = 1 }));
    }

    [Fact]
    public void A_quorum_counts_members_with_a_position()
    {
        var two = Convened(PanelProtocols.Parallel, 3, quorum: 2).Says("s1", "One.").Says("s3", "Three.");
        Assert.True(Quorum.IsMet(two.State));
        Assert.False(Quorum.IsMet(Convened(PanelProtocols.Parallel, 3, quorum: 2).Says("s1", "One.").State));
        Assert.True(Quorum.IsMet(Drafted(new("a"), new("b")).State with { }));
        Assert.True(Quorum.IsMet(Convened(PanelProtocols.Parallel, 2, quorum: 9).Says("s1", "One.").Says("s2", "Two.").State));
    }

    [Fact]
    public void A_voice_counts_its_weight_damped_by_how_sure_it_is()
    {
        var state = Weighted([2, 1, 1], new("a") { Confidence = 1 }, new("b") { Confidence = 0.5 }, new("c")).State;
        Assert.Equal([2, 0.75, 0.75], Weights.Of(state, state.Entries).Values);
        Assert.Equal(1, Weights.Shares(state, state.Entries).Values.Sum(), 9);
        Assert.Equal(2 / 3.5, Weights.Shares(state, state.Entries)["s1"], 9);
        var table = Weights.Table(state, state.Entries);
        Assert.Equal([2, 0.75, 0.75], table.Select(row => row.Weight));
        Assert.Equal([1, 0.75, 0.75], table.Select(row => row.Parts[Weights.Confidence]));
        Assert.Equal("confidence", Weights.Confidence); // a key on the wire
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    public void Where_nobody_counts_anything_all_count_the_same(double weight)
    {
        var state = Weighted([weight, weight], new("a") { Confidence = 1 }, new("b")).State;
        Assert.Equal([0.5, 0.5], Weights.Shares(state, state.Entries).Values);
        Assert.Equal([1, 1], Weights.Of(state, state.Entries).Values);
    }

    [Fact]
    public void No_weight_drowns_all_others()
    {
        var state = Weighted([double.PositiveInfinity, 1, double.NaN], new("a") { Confidence = 1 }, new("b") { Confidence = 1 },
            new("c")).State;
        Assert.Equal([1_000, 1, 0], Weights.Of(state, state.Entries).Values);
    }

    [Fact]
    public void Quartiles_are_those_of_type_7() => Checked.ForAll(200, random =>
    {
        var numbers = Enumerable.Range(0, random.Next(1, 13)).Select(_ => Math.Round(random.NextDouble() * 100, random.Next(3)))
            .ToList();
        var found = Quantiles.Of(numbers)!;
        Assert.Equal((numbers.Count, Reference(numbers, 50), Reference(numbers, 25), Reference(numbers, 75)),
            (found.Count, Math.Round(found.Median, 9), Math.Round(found.Lower, 9), Math.Round(found.Upper, 9)));
        Assert.Equal(found.Upper - found.Lower, found.Range);
    });

    [Fact]
    public void Of_no_numbers_there_are_no_quartiles() => Assert.Null(Quantiles.Of([]));

    /// <summary>The examples of the paper's successors: R gives the same for quantile(type = 7).</summary>
    [Fact]
    public void Quartiles_agree_with_known_ones() =>
        Assert.Equal(new Quantiles(4, 2.5, 1.75, 3.25), Quantiles.Of([4, 1, 3, 2]));

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.49, false)]
    [InlineData(4.5, true)]
    [InlineData(4.51, false)]
    public void Outliers_lie_beyond_one_and_a_half_ranges(double number, bool isWithin) =>
        Assert.Equal(isWithin, Quantiles.Of([1, 2, 2.5, 3, 4])!.IsWithin(number));

    // Written from the definition: the p-th percentile lies at (n - 1) p / 100, counted in hundredths without fractions.
    private static double Reference(List<double> numbers, int percent)
    {
        var sorted = numbers.ToArray();
        Array.Sort(sorted);
        var hundredths = (sorted.Length - 1) * percent;
        var (whole, rest) = (hundredths / 100, hundredths % 100);
        var next = sorted[Math.Min(whole + 1, sorted.Length - 1)];
        return Math.Round(((sorted[whole] * (100 - rest)) + (next * rest)) / 100, 9);
    }
}
