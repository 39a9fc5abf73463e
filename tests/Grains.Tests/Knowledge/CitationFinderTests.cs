using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class CitationFinderTests
{
    private const string First = "Warfarin lowers clotting factors. DOACs need no routine monitoring of their effect.";
    private const string Second = "A fatal SUSAR must be reported within 7 calendar days. Other cases have 15 calendar days.";

    private static readonly Passage[] _passages =
    [
        new("doc-a", "A", "", First, 100, 2), new("doc-b", "B", "Limits", Second, 40, 1),
    ];

    [Fact]
    public void The_same_sentence_is_supported_and_its_offsets_count_in_the_document()
    {
        var found = CitationFinder.Find("**DOACs** need no routine  monitoring of their effect [1].", _passages);
        var citation = Assert.Single(found.Citations);
        Assert.Equal(
            new Citation(1, "doc-a", "A", "DOACs need no routine monitoring of their effect.", 134, 183, "supported"), citation);
        Assert.Equal((1, 1, 1), (found.Sentences, found.Citing, found.Supported));
    }

    [Theory]
    [InlineData("Within 7 calendar days a fatal SUSAR must be reported. [2]", "supported")]
    [InlineData("Within 9 calendar days a fatal SUSAR must be reported. [2]", "partial")]
    [InlineData("A fatal SUSAR must not be reported within 7 calendar days. [2]", "partial")]
    [InlineData("A fatal SUSAR must be reported to the ethics committee and to all investigators. [2]", "partial")]
    [InlineData("Bananas grow in warm and humid countries. [2]", "unsupported")]
    [InlineData("Reported. [2]", "partial")]
    public void Support_follows_words_numbers_and_negation(string answer, string support) =>
        Assert.Equal(support, Assert.Single(CitationFinder.Find(answer, _passages).Citations).Support);

    [Theory]
    [InlineData("Known [3]. Said [0] here [1].", "Known. Said here [1].", 2)]
    [InlineData("Both [1, 2] and all [1-3].", "Both [1][2] and all [1][2].", 1)]
    [InlineData("In [2021] a [1](https://x.example) link.", "In [2021] a [1](https://x.example) link.", 0)]
    [InlineData("Code `a[9]` and ```b[8]``` stay.", "Code `a[9]` and ```b[8]``` stay.", 0)]
    [InlineData("A ` alone hides nothing [7].", "A ` alone hides nothing.", 1)]
    [InlineData("- item\n  [9] next", "- item\n   next", 1)]
    public void Markers_beyond_the_passages_are_removed(string answer, string text, int removed)
    {
        var found = CitationFinder.Find(answer, _passages);
        Assert.Equal(text, found.Text);
        Assert.Equal(removed, found.Removed);
    }

    [Fact]
    public void Every_marker_of_the_text_has_its_citation_in_order()
    {
        var found = CitationFinder.Find("Warfarin acts [1][2]. No marker here. And [2] more [1].\n\n[2]", _passages);
        Assert.Equal([1, 2, 2, 1, 2], found.Citations.Select(citation => citation.N));
        Assert.Equal((3, 2), (found.Sentences, found.Citing));
    }

    [Fact]
    public void Markers_at_several_places_of_a_sentence_each_carry_their_part()
    {
        var found = CitationFinder.Find(
            "DOACs need no routine monitoring of their effect [1], while a fatal SUSAR must be reported "
            + "within 7 calendar days [2].",
            _passages);
        Assert.All(found.Citations, citation => Assert.Equal("supported", citation.Support));
    }

    [Fact]
    public void Every_sentence_of_every_note_supports_itself_at_its_own_place()
    {
        foreach (var note in NoteLibrary.Shipped.Notes)
        {
            var passages = NoteLibrary.Shipped.Passages.Select(one => one.Passage)
                .Where(passage => passage.DocumentId == note.Id).ToArray();
            var said = passages.SelectMany((passage, at) => Sentences.Of(passage.Text)
                .Select(one => (N: at + 1, Start: passage.Start + one.Span.Start, Text: one.Span.In(passage.Text)))).ToArray();
            var found = CitationFinder.Find(string.Join(' ', said.Select(one => $"{one.Text} [{one.N}]")), passages);

            Assert.Equal(
                said.Select(one => (one.N, one.Start, one.Text)), found.Citations.Select(one => (one.N, one.Start, one.Quote)));
            Assert.Equal(said.Length, found.Supported);
            Assert.All(found.Citations, one => Assert.Equal(one.Quote, note.Text[one.Start..one.End]));
        }
    }

    [Fact]
    public void Whatever_is_cited_quotes_the_stored_text_exactly()
    {
        var random = new Random(5);
        var passages = NoteLibrary.Shipped.Passages.Select(one => one.Passage).ToArray();
        for (var round = 0; round < 200; round++)
        {
            var given = random.GetItems(passages, random.Next(1, 9));
            var words = random.GetItems(random.GetItems(passages, 1)[0].Text.Split(' '), 30);
            var answer = string.Join(' ', words.Select(word => random.Next(6) == 0 ? $"{word} [{random.Next(0, 12)}]" : word));
            foreach (var citation in CitationFinder.Find(answer, given).Citations)
                Assert.Equal(citation.Quote, NoteLibrary.Shipped.Find(citation.DocumentId)!.Text[citation.Start..citation.End]);
        }
    }
}
