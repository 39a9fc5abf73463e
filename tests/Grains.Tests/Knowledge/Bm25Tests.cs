using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class Bm25Tests
{
    private static readonly string[][] _texts = [["a", "b"], ["a", "a", "c", "d"], ["e", "f", "g", "h", "i", "j"]];

    [Fact]
    public void A_score_is_the_formulas()
    {
        // N = 3, n(a) = 2, avg = 4, tf = 2, |d| = 4.
        var idf = Math.Log(1 + (1.5 / 2.5));
        Assert.Equal(idf * 2 * 2.2 / (2 + 1.2), new Bm25(_texts).Scores([("a", 1)])[1], 12);
    }

    [Fact]
    public void A_rare_word_counts_more_than_a_frequent_one() =>
        Assert.True(new Bm25(_texts).Idf("b") > new Bm25(_texts).Idf("a"));

    [Fact]
    public void A_short_text_wins_over_a_long_one_with_the_same_words()
    {
        var scores = new Bm25([["x"], ["x", "y", "z"]]).Scores([("x", 1)]);
        Assert.True(scores[0] > scores[1]);
    }

    [Fact]
    public void Weights_multiply_and_unknown_words_add_nothing() =>
        Assert.Equal(new Bm25(_texts).Scores([("b", 1)])[0] / 2, new Bm25(_texts).Scores([("b", 0.5), ("zz", 9)])[0], 12);

    [Fact]
    public void An_empty_index_scores_nothing() => Assert.Empty(new Bm25([]).Scores([("a", 1)]));
}
