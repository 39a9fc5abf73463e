using Colloquy.Knowledge;
using Colloquy.Knowledge.Citations;

namespace Colloquy.Tests.Knowledge.Citations;

public sealed class CitationCheckTests
{
    private const string Source =
        "# Warfarin\n\nThe **target INR** is 2.0\u20133.0 for most\npatients. A \u201clow\u201d dose is e\ufb03cient. "
        + "It isn\u2019t for all. The target INR was higher before.";

    private static readonly CitationCheck _check = new(Source);

    [Fact]
    public void A_quote_at_its_place_is_exact()
    {
        var start = Source.IndexOf("It isn", StringComparison.Ordinal);
        var quote = Source[start..(start + 19)];
        Assert.Equal(new CheckedQuote(QuoteMatch.Exact, new TextSpan(start, start + 19), quote), _check.Find(quote, start, start + 19));
    }

    [Theory]
    [InlineData("the target INR is 2.0-3.0 for most patients", "target INR** is 2.0\u20133.0 for most\npatients")]
    [InlineData("A \"low\" dose is efficient.", "A \u201clow\u201d dose is e\ufb03cient.")]
    [InlineData("IT ISN'T FOR ALL", "It isn\u2019t for all")]
    [InlineData("  most\t patients ", "most\npatients")]
    [InlineData("dose is\u00a0e\u00adffici\u200bent", "dose is e\ufb03cient")]
    public void Typography_white_space_case_and_markdown_do_not_count(string quote, string stands)
    {
        var found = _check.Find(quote, 0, quote.Length);
        Assert.Equal(QuoteMatch.Normalised, found.Match);
        Assert.EndsWith(stands, found.Quote, StringComparison.Ordinal);
        Assert.Equal(found.Quote, found.Span.In(Source));
    }

    [Theory]
    [InlineData("The target INR is 2.5\u20133.0 for most patients.")]
    [InlineData("It is for all.")]
    [InlineData("patient")]
    [InlineData("ow dose")]
    [InlineData("")]
    [InlineData(" \n*_")]
    public void Other_words_numbers_parts_of_words_and_nothing_are_missing(string quote) =>
        Assert.Equal(new CheckedQuote(QuoteMatch.Missing, default, ""), _check.Find(quote, 0, quote.Length));

    [Theory]
    [InlineData(-5, 4)]
    [InlineData(0, 0)]
    [InlineData(5, 2)]
    [InlineData(100_000, 100_009)]
    public void A_wrong_place_is_corrected_to_where_the_quote_stands(int start, int end)
    {
        var found = _check.Find("for most\npatients", start, end);
        Assert.Equal((QuoteMatch.Normalised, "for most\npatients"), (found.Match, found.Span.In(Source)));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(500, 100)]
    public void Of_several_places_the_nearest_is_taken(int near, int least)
    {
        var found = _check.Find("Target inr", near, near);
        Assert.InRange(found.Span.Start, least, least + 20);
    }

    [Theory]
    [InlineData("target INR ... most patients", true)]
    [InlineData("most patients [\u2026] target INR", true)]
    [InlineData("is efficient ... most patients", false)]
    [InlineData("It isn't for all", true)]
    [InlineData("It isn't for all!", true)]
    [InlineData("It is for all", false)]
    public void A_quotation_may_leave_out_and_may_not_reorder_or_change(string quotation, bool holds) =>
        Assert.Equal(holds, _check.Holds(quotation));

    [Fact]
    public void Every_sentence_of_what_ships_is_found_exactly_and_without_its_typography()
    {
        var notes = NoteLibrary.Shipped.Notes.Take(20).ToList();
        Assert.NotEmpty(notes);
        Assert.All(notes, note =>
        {
            var check = new CitationCheck(note.Text);
            Assert.All(Sentences.Of(note.Text).Where(sentence => !sentence.IsHeading), sentence =>
            {
                var quote = sentence.Span.In(note.Text);
                Assert.Equal(QuoteMatch.Exact, check.Find(quote, sentence.Span.Start, sentence.Span.End).Match);
                Assert.NotEqual(QuoteMatch.Missing, check.Find(quote.Replace('\n', ' ').ToUpperInvariant(), 0, 0).Match);
            });
        });
    }
}
