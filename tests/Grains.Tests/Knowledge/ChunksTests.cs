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
        Assert.All(chunks, chunk => Assert.StartsWith("This", chunk, StringComparison.Ordinal));
        Assert.Equal(45 + (2 * (chunks.Count - 1)), chunks.Sum(chunk => chunk.Split('.').Length - 1));
    }

    [Fact]
    public void Every_chunk_stands_in_the_text_and_repeats_whole_sentences_of_the_one_before_within_its_section()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var text = RandomText(random);
            var chunks = Chunks.Of(text);
            Assert.All(chunks, chunk => Assert.InRange(chunk.Span.Length, 1, Chunks.CharactersMax));
            var covered = new bool[text.Length];
            foreach (var (before, chunk) in chunks.Zip(chunks.Skip(1)))
            {
                Assert.True(chunk.Span.End > before.Span.End, $"Round {round}: a chunk says nothing new.");
                Assert.InRange(before.Span.End - chunk.Span.Start, int.MinValue, Chunks.OverlapMax);
                Assert.True(before.Span.End <= chunk.Span.Start || before.Heading == chunk.Heading);
            }
            foreach (var chunk in chunks)
                Array.Fill(covered, true, chunk.Span.Start, chunk.Span.Length);
            var start = 0;
            foreach (var line in text.Split('\n'))
            {
                if (!line.StartsWith('#'))
                    Assert.All(Enumerable.Range(start, line.Length).Where(at => !char.IsWhiteSpace(text[at])), at =>
                        Assert.True(covered[at]));
                start += line.Length + 1;
            }
        }
    }

    [Fact]
    public void Plain_text_has_no_headings() =>
        Assert.Equal(["|# One\n## Two"], Chunks.OfPlain("# One\n## Two").Select(chunk => $"{chunk.Heading}|# One\n## Two"));

    private static string RandomText(Random random)
    {
        string[] pieces = ["A short one. ", "\n\n", "\n## Heading\n", "Word ", "\U0001F600",
            "Quite a long sentence with a number of words, some of them long. ", "- item\n"];
        return string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => pieces[random.Next(pieces.Length)]));
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
