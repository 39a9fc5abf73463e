using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class ChunksTests
{
    [Fact]
    public void A_chunk_knows_the_headings_above_it_without_the_title()
    {
        const string text = "# Title\nIntro.\n## A\nOne.\n### B\nTwo.\n## C\n```\n# no heading\n```\n";
        Assert.Equal(
            ["|Intro.", "A|One.", "A > B|Two.", "C|```\n# no heading\n```"],
            Chunks.Of(text).Select(chunk => $"{chunk.Heading}|{chunk.Span.In(text)}"));
    }

    [Fact]
    public void A_long_section_is_cut_at_paragraphs_then_sentences_and_loses_nothing()
    {
        var sentence = "This sentence says something of medium length about a topic. ";
        var text = $"# T\n\n{string.Concat(Enumerable.Repeat(sentence, 15))}\n\n{string.Concat(Enumerable.Repeat(sentence, 30))}";
        var chunks = Chunks.Of(text).Select(chunk => chunk.Span.In(text)).ToList();
        Assert.Equal(15 * sentence.Length, chunks[0].Length + 1);
        Assert.All(chunks, chunk => Assert.EndsWith("topic.", chunk, StringComparison.Ordinal));
        Assert.Equal(45, chunks.Sum(chunk => chunk.Split('.').Length - 1));
    }

    [Fact]
    public void A_text_without_any_place_to_cut_is_cut_at_the_limit_and_never_within_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("\U0001F600", 1_500)).Insert(0, "x");
        var chunks = Chunks.Of(text).Select(chunk => chunk.Span.In(text)).ToList();
        Assert.Equal(text, string.Concat(chunks));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Length, 1, Chunks.CharactersMax));
        Assert.All(chunks, chunk => Assert.False(char.IsLowSurrogate(chunk[0])));
    }
}
