using Colloquy.Knowledge;
using Colloquy.Knowledge.Retrieval;

namespace Colloquy.Tests.Knowledge.Retrieval;

public sealed class RetrievalTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public void Who_is_found_by_both_searches_comes_before_who_is_found_by_one()
    {
        var fused = RankFusion.Fuse([Word("a", 9), Word("b", 8)], [[Near("b", 0.9), Near("c", 0.8)]]).ToDictionary(one => one.Key);
        Assert.Equal((1.0 / 62) + (1.0 / 61), fused["b"].Fused, 12);
        Assert.Equal(1.0 / 61, fused["a"].Fused, 12);
        Assert.Equal((null, 2), (fused["c"].WordRank, fused["c"].VectorRank));
    }

    [Fact]
    public void Vectors_of_two_models_are_never_compared() =>
        Assert.Equal([1, 1], RankFusion.Fuse([], [[Near("a", 0.9)], [Near("b", 0.2)]]).Select(one => one.VectorRank!.Value));

    [Fact]
    public void Strong_and_recent_evidence_weighs_more_and_only_in_medicine()
    {
        double Boost(string domain, string? level = null, DateOnly? at = null, bool isRetracted = false) =>
            DomainBoost.Of(domain, new(EvidenceLevel: level, PublishedOn: at, IsRetracted: isRetracted), Today);
        Assert.True(Boost("medicine", "1") > Boost("medicine", "3"));
        Assert.True(Boost("medicine", "3") > Boost("medicine", "5"));
        Assert.True(Boost("medicine", at: Today) > Boost("medicine", at: Today.AddYears(-10)));
        Assert.Equal(1, Boost("regulatory", "1", Today));
        Assert.Equal(0.5, Boost("regulatory", isRetracted: true));
        Assert.InRange(Boost("medicine", "1", Today), 1, 1.33);
        Assert.Equal(1, Boost("medicine", "rubbish"));
    }

    [Fact]
    public void The_same_text_twice_is_chosen_once_and_variety_before_repetition()
    {
        var chosen = Diversity.Choose(
            [Found("a", "asthma steroid inhaler dose adults", 1), Found("b", "asthma steroid inhaler dose adults", 0.99),
                Found("c", "asthma steroid inhaler dose children", 0.98), Found("d", "gout colchicine kidney", 0.8)], 2);
        Assert.Equal(["a", "d"], chosen.Select(one => one.Key));
    }

    [Fact]
    public void Chunks_that_overlap_lose_what_the_better_one_says()
    {
        const string text = "First sentence of the section that is long enough to stay here. Shared sentence. "
            + "Last sentence of the section, long enough too.";
        var shared = text.IndexOf("Shared", StringComparison.Ordinal);
        var last = text.IndexOf("Last", StringComparison.Ordinal);
        Candidate Piece(string key, int start, int end) => new(key, new("lib:a", "T", "", text[start..end].TrimEnd(), start, 0),
            "medicine");
        var first = Piece("1", 0, last);
        var second = Piece("2", shared, text.Length);
        Assert.Equal([first.Passage.Text, text[last..]], Overlaps.Trim([first, second]).Select(one => one.Passage.Text));
        var reversed = Overlaps.Trim([second, first]).Select(one => one.Passage).ToList();
        Assert.Equal([second.Passage.Text, text[..shared].TrimEnd()], reversed.Select(one => one.Text));
        Assert.All(reversed, one => Assert.Equal(one.Text, text.Substring(one.Start, one.Text.Length)));
        Assert.Single(Overlaps.Trim([first, first with { Key = "3" }]));
    }

    [Theory]
    [InlineData("2", null, false)]
    [InlineData("2", "3", false)]
    [InlineData("2", "2", true)]
    [InlineData("2", "1", true)]
    [InlineData(null, null, true)]
    public void Evidence_filters_by_the_weakest_that_is_good_enough(string? wanted, string? stated, bool passes) =>
        Assert.Equal(passes, KnowledgeFilters.Passes(new(EvidenceAtLeast: wanted), "c:d", new(EvidenceLevel: stated)));

    private static Candidate Word(string key, double score) => new(key, Passage(key, key), "medicine", WordScore: score);

    private static Candidate Near(string key, double cosine) => new(key, Passage(key, key), "medicine", Cosine: cosine);

    private static Candidate Found(string key, string text, double score) => new(key, Passage(key, text), "medicine", Fused: score);

    private static Passage Passage(string document, string text) => new(document, "Title", "", text, 0, 0);
}
