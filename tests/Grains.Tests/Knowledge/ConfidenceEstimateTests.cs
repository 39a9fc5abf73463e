using System.Collections.Immutable;
using Colloquy.Feedback;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Citations;

namespace Colloquy.Tests.Knowledge;

public sealed class ConfidenceEstimateTests
{
    private const string Question = "When is metformin contraindicated?";
    private const string Cited = "Metformin is contraindicated when filtration is low. [1]";

    private static readonly Passage[] _passages =
    [
        new("a", "Diabetes", "", "Metformin is contraindicated when filtration is low.", 0, 4),
        new("b", "Kidney", "", "Low filtration makes metformin contraindicated in many patients.", 0, 3),
        new("c", "Other", "", "Metformin is old.", 0, 1),
    ];

    [Fact]
    public void A_value_is_the_documented_formula()
    {
        var confidence = Estimate(Cited);
        Assert.Equal((0.70 + 0.20 + (0.10 * 0.5)) * (0.15 + 0.55 + (0.20 / 3) + (0.10 * 0.5)), confidence.Value, 3);
        Assert.Equal(["agreement", "coverage", "independence", "spread", "strength", "support"], confidence.Signals.Keys);
        Assert.False(confidence.Calibrated);
    }

    [Fact]
    public void It_rises_with_independent_documents_and_falls_with_unsupported_citations()
    {
        var two = Estimate($"{Cited} Low filtration makes metformin contraindicated in many patients. [2]");
        var wrong = Estimate($"{Cited} Cats purr loudly at night. [2]");
        Assert.Equal((1.0, 0.5), (two.Signals["agreement"], Estimate(Cited).Signals["agreement"]));
        Assert.True(two.Value > Estimate(Cited).Value);
        Assert.True(wrong.Value < Estimate(Cited).Value);
    }

    [Fact]
    public void It_falls_where_documents_contradict_each_other()
    {
        Passage[] contrary = [_passages[0], _passages[1] with { Text = "Metformin is not contraindicated when filtration is low." }];
        var agreeing = Estimate($"{Cited} Low filtration makes metformin contraindicated in many patients. [2]");
        var contradicting = Estimate($"{Cited} Metformin is not contraindicated when filtration is low. [2]", contrary);
        Assert.Equal(0, contradicting.Signals["agreement"]);
        Assert.True(contradicting.Value < agreeing.Value);
    }

    [Fact]
    public void An_answer_without_citations_is_low_and_one_without_passages_is_nothing()
    {
        Assert.InRange(Estimate("Metformin is contraindicated when filtration is low.").Value, 0.001, 0.15);
        Assert.Equal(0, Estimate("Never.", []).Value);
    }

    [Fact]
    public void Fused_ranks_and_word_scores_of_the_same_passages_give_the_same_value()
    {
        var fused = _passages.Select((passage, at) => passage with { Score = 1.0 / (61 + at) }).ToArray();
        Assert.Equal(Estimate(Cited).Value, Estimate(Cited, fused).Value);
    }

    [Fact]
    public void A_cosine_counts_where_the_words_differ()
    {
        var signals = ImmutableSortedDictionary<string, double>.Empty.Add(Relevance.Cosine, 0.8);
        Passage[] paraphrase = [new("a", "Kidney", "", "Glucophage should be avoided in renal failure.", 0, 1)];
        Assert.Equal(0, Relevance.Of(Question, paraphrase).Strength);
        Assert.Equal(0.8, Relevance.Of(Question, [paraphrase[0] with { Signals = signals }]).Strength);
    }

    [Theory]
    [InlineData(0.0, 0.85)]
    [InlineData(0.25, 0.925)]
    [InlineData(0.5, 1.0)]
    [InlineData(0.9, 1.0)]
    [InlineData(7.0, 1.0)]
    public void A_close_selection_lowers_it_and_a_clear_one_is_as_good_as_a_choice_by_hand(double margin, double factor)
    {
        var confidence = Estimate(Cited, margin: margin);
        Assert.Equal(Estimate(Cited).Value * factor, confidence.Value, 2);
        Assert.Equal(Math.Min(1, margin), confidence.Signals["margin"]);
    }

    [Fact]
    public void With_a_map_the_value_is_what_was_observed_and_the_computed_one_is_kept()
    {
        var raw = Estimate(Cited).Value;
        var map = new CalibrationMap([new(0, 0.1), new(0.5, 0.35), new(0.95, 0.9)], 200);
        var confidence = Estimate(Cited, map: map);
        Assert.Equal((0.35, "low", true, raw),
            (confidence.Value, confidence.Band, confidence.Calibrated, confidence.Signals["uncalibrated"]));
    }

    [Fact]
    public void No_answer_reaches_more_than_the_most()
    {
        var best = Estimate($"{Cited} Low filtration makes metformin contraindicated in many patients. [2] Metformin is old. [3]");
        Assert.Equal(best.Value, ConfidenceEstimate.Most(Question, _passages), 3);
        Assert.Equal(0, ConfidenceEstimate.Most(Question, []));
        Assert.True(Estimate(Cited, _passages[..1]).Value <= ConfidenceEstimate.Most(Question, _passages[..1]));
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

    private static Confidence Estimate(string answer, Passage[]? found = null, double? margin = null, CalibrationMap? map = null)
    {
        var passages = found ?? _passages;
        var verified = AnswerVerification.Of(answer, passages, id =>
            new DocumentView(id, id, "c", passages.First(passage => passage.DocumentId == id).Text));
        return ConfidenceEstimate.Of(new(Question, passages, verified, margin, map));
    }
}
