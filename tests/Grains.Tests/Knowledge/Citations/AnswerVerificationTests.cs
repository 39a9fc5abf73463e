using Colloquy.Knowledge;
using Colloquy.Knowledge.Citations;

namespace Colloquy.Tests.Knowledge.Citations;

public sealed class AnswerVerificationTests
{
    private const string Warfarin = "Warfarin lowers clotting factors. DOACs need no routine monitoring of their effect.";
    private const string Susar = "A fatal SUSAR must be reported within 7 calendar days. Other cases have 15 calendar days.";

    private static readonly Passage[] _passages = [new("a", "A", "", Warfarin, 6, 2), new("b", "B", "", Susar, 0, 1)];

    private readonly Dictionary<string, DocumentView?> _stored = new()
    {
        ["a"] = new("a", "A", "c", $"Notes.{Warfarin}"), ["b"] = new("b", "B", "c", Susar),
    };

    [Fact]
    public void What_its_source_carries_is_supported_and_nothing_is_added()
    {
        var verified = Verify("DOACs need no routine monitoring of their effect [1].");
        Assert.Equal(
            new Citation(1, "a", "A", "DOACs need no routine monitoring of their effect.", 40, 89, "supported"),
            Assert.Single(verified.Citations));
        Assert.Equal((new CitationCounts(1, 0, 0, 0, 0), ""), (verified.Counts, verified.Appendix));
    }

    [Fact]
    public void What_it_does_not_carry_is_taken_out_and_named_at_the_end_in_marks_that_cite_nothing()
    {
        var verified = Verify("Cats purr loudly at night [2]. A fatal SUSAR must be reported within 9 calendar days [2].");
        Assert.Equal("partial", Assert.Single(verified.Citations).Support);
        Assert.Equal(new CitationCounts(0, 1, 1, 1, 0), verified.Counts);
        Assert.Equal("\n\nNot confirmed by the source: `[2]`.", verified.Appendix);
        Assert.Empty(CitationMarkers.Of(verified.Appendix));
        Assert.Equal((2, 2, 0), (verified.Checked.Citations.Length, verified.Checked.Citing, verified.Checked.Supported));
    }

    [Fact]
    public void A_marker_that_points_at_no_passage_is_named_and_one_where_there_are_none_means_something_else()
    {
        var verified = Verify("Warfarin lowers clotting factors [1][7].");
        Assert.Equal((new CitationCounts(1, 0, 1, 1, 0), "\n\nNot confirmed by the source: `[7]`."), (verified.Counts, verified.Appendix));
        var without = AnswerVerification.Of("The second item is x[1].", [], _ => null);
        Assert.Equal((new CitationCounts(0, 0, 0, 0, 0), ""), (without.Counts, without.Appendix));
    }

    [Fact]
    public void A_quote_that_the_stored_source_no_longer_holds_is_unsupported()
    {
        _stored["a"] = _stored["a"]! with { Text = "Something else altogether." };
        var verified = Verify("DOACs need no routine monitoring of their effect [1].");
        Assert.Empty(verified.Citations);
        Assert.Equal(new CitationCounts(0, 0, 1, 1, 0), verified.Counts);
    }

    [Fact]
    public void A_quote_that_moved_is_followed_and_told_as_it_stands()
    {
        _stored["a"] = _stored["a"]! with { Text = "Preface, new. DOACs need *no* routine\nmonitoring of their effect." };
        var citation = Assert.Single(Verify("DOACs need no routine monitoring of their effect [1].").Citations);
        Assert.Equal(("DOACs need *no* routine\nmonitoring of their effect.", 14, 65, "supported"),
            (citation.Quote, citation.Start, citation.End, citation.Support));
    }

    [Fact]
    public void A_source_that_cannot_be_read_carries_in_part_and_is_counted_as_unchecked()
    {
        _stored["a"] = null;
        var verified = Verify("DOACs need no routine monitoring of their effect [1].");
        Assert.Equal("partial", Assert.Single(verified.Citations).Support);
        Assert.Equal(new CitationCounts(0, 0, 0, 0, 1), verified.Counts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_retracted_source_never_supports(bool asStored)
    {
        var retracted = new DocumentFields(IsRetracted: true);
        _stored["a"] = _stored["a"]! with { Fields = asStored ? retracted : null };
        var verified = AnswerVerification.Of("DOACs need no routine monitoring of their effect [1].",
            [_passages[0] with { Fields = asStored ? null : retracted }], id => _stored[id]);
        Assert.Equal("partial", Assert.Single(verified.Citations).Support);
        Assert.Equal(0, verified.Checked.Supported);
    }

    [Theory]
    [InlineData("\"DOACs need no routine monitoring of their effect\" [1].", "supported")]
    [InlineData("\u201cDOACs need no \u2026 monitoring of their effect\u201d [1].", "supported")]
    [InlineData("\"DOACs need no monitoring routine of their effect\" [1].", "partial")]
    [InlineData("As [1] has it, \u00abDOACs need no monitoring routine of their effect\u00bb.", "partial")]
    [InlineData("\"Their effect. DOACs need no routine monitoring\" [1]", "partial")]
    [InlineData("Read on: \"DOACs need no monitoring routine of their effect\"\n\n[1]", "partial")]
    [InlineData("DOACs need no routine 5\" monitoring of their effect [1]. 7\" it is.", "partial")]
    [InlineData("DOACs need no routine \"monitoring\" of their effect [1].", "supported")]
    public void What_the_answer_quotes_must_stand_there(string answer, string support) =>
        Assert.Equal(support, Assert.Single(Verify(answer).Citations).Support);

    [Fact]
    public void A_quotation_with_a_wrong_number_is_not_confirmed_at_all() =>
        Assert.Equal("\n\nNot confirmed by the source: `[2]`.",
            Verify("It says \"a fatal SUSAR must be reported within 9 calendar days\" [2].").Appendix);

    [Fact]
    public void A_quotation_needs_one_of_the_sources_that_are_cited_together()
    {
        var verified = Verify("\"DOACs need no routine monitoring\" of their effect [1][2].");
        Assert.Equal("supported", verified.Citations[0].Support);
    }

    [Fact]
    public void The_sources_of_an_answer_are_those_that_it_names() =>
        Assert.Equal(["b", "a"], AnswerVerification.Sources("One [2]. Two [9]. Three [1, 2].", _passages).AsEnumerable());

    private VerifiedAnswer Verify(string answer) => AnswerVerification.Of(answer, _passages, id => _stored[id]);
}
