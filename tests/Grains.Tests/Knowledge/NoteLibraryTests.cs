using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class NoteLibraryTests
{
    public static TheoryData<string> Ids => [.. NoteLibrary.Shipped.Notes.Select(note => note.Id)];

    [Theory]
    [InlineData("regulatory")]
    [InlineData("medicine")]
    [InlineData("clinical-research")]
    [InlineData("research-methods")]
    public void A_collection_has_at_least_six_notes(string collection) =>
        Assert.InRange(NoteLibrary.Shipped.Notes.Count(note => note.Collection == collection), 6, 100);

    [Theory, MemberData(nameof(Ids))]
    public void A_note_has_a_title_headings_and_a_readable_length(string id)
    {
        var note = NoteLibrary.Shipped.Find(id)!;
        Assert.StartsWith($"# {note.Title}\n", note.Text, StringComparison.Ordinal);
        Assert.Contains("\n## ", note.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', note.Text);
        Assert.InRange(note.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 250, 600);
        Assert.Matches("^note_[a-z-]+_[a-z0-9-]+$", note.Id);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Every_passage_stands_verbatim_at_its_offset_and_is_small(string id)
    {
        var note = NoteLibrary.Shipped.Find(id)!;
        var passages = NoteLibrary.Shipped.Passages.Select(one => one.Passage)
            .Where(passage => passage.DocumentId == id).ToList();
        Assert.All(passages, passage =>
        {
            Assert.Equal(passage.Text, note.Text.Substring(passage.Start, passage.Text.Length));
            Assert.InRange(passage.Text.Length, 40, Chunks.CharactersMax);
            Assert.NotEqual("", passage.Heading);
        });
        Assert.Equal(passages.OrderBy(passage => passage.Start), passages);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Passages_together_hold_the_whole_note_but_its_headings(string id)
    {
        var note = NoteLibrary.Shipped.Find(id)!;
        var prose = note.Text.Split('\n').Where(line => !line.StartsWith('#')).SelectMany(line => line.Split(' '));
        var held = NoteLibrary.Shipped.Passages.Where(one => one.Passage.DocumentId == id)
            .SelectMany(one => one.Passage.Text.Split(' ', '\n'));
        Assert.Equal(prose.Where(word => word.Length > 0), held.Where(word => word.Length > 0));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Sentences_of_a_note_are_complete_and_of_quotable_length(string id)
    {
        var text = NoteLibrary.Shipped.Find(id)!.Text;
        Assert.All(Sentences.Of(text).Where(sentence => !sentence.IsHeading), sentence =>
        {
            var said = sentence.Span.In(text);
            Assert.Matches("^[A-Z0-9].*[.]$", said);
            Assert.InRange(said.Length, 20, 420);
            Assert.DoesNotContain("\n", said, StringComparison.Ordinal);
        });
    }
}
