using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class ConfidenceEstimateTests
{
    private const string Question = "When is metformin contraindicated?";

    private static readonly Passage[] _passages =
    [
        new("a", "Diabetes", "", "Metformin is contraindicated when filtration is low.", 0, 4),
        new("b", "Kidney", "", "Low filtration makes metformin contraindicated in many patients.", 0, 3),
        new("c", "Other", "", "Metformin is old.", 0, 1),
    ];

    [Fact]
    public void A_value_is_the_documented_formula()
    {
        var confidence = Estimate("Metformin is contraindicated when filtration is low. [1]");
        Assert.Equal(((0.9 * 1) + (0.1 * 0.75)) * (0.15 + 0.6 + (0.25 / 3)), confidence.Value, 3);
        Assert.Equal(["coverage", "independence", "spread", "support"], confidence.Signals.Keys);
        Assert.False(confidence.Calibrated);
    }

    [Fact]
    public void It_rises_with_independent_documents_and_falls_with_unsupported_citations()
    {
        var one = Estimate("Metformin is contraindicated when filtration is low. [1]");
        var two = Estimate("Metformin is contraindicated when filtration is low. [1] "
            + "Low filtration makes metformin contraindicated in many patients. [2]");
        var wrong = Estimate("Metformin is contraindicated when filtration is low. [1] Cats purr loudly at night. [2]");
        Assert.True(two.Value > one.Value);
        Assert.True(wrong.Value < one.Value);
    }

    [Fact]
    public void An_answer_without_citations_is_low_and_one_without_passages_is_nothing()
    {
        Assert.Equal("low", Estimate("Metformin is contraindicated when filtration is low.").Band);
        Assert.Equal(0, ConfidenceEstimate.Of(Question, [], CitationFinder.Find("Never.", [])).Value);
    }

    [Theory]
    [InlineData(0, "low")]
    [InlineData(0.399, "low")]
    [InlineData(0.4, "medium")]
    [InlineData(0.699, "medium")]
    [InlineData(0.7, "high")]
    [InlineData(1, "high")]
    public void Bands_begin_where_the_contract_says(double value, string band) =>
        Assert.Equal(band, ConfidenceEstimate.BandOf(value));

    private static Confidence Estimate(string answer) =>
        ConfidenceEstimate.Of(Question, _passages, CitationFinder.Find(answer, _passages));
}
