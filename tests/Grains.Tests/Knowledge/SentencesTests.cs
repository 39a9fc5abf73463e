using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("See e.g. Annex VIII, Art. 51 and Dr. Smith. Next.", "See e.g. Annex VIII, Art. 51 and Dr. Smith.|Next.")]
    [InlineData("A p of 0.05 is usual. It is 5 percent.", "A p of 0.05 is usual.|It is 5 percent.")]
    [InlineData("By J. Smith in 2020. Done.", "By J. Smith in 2020.|Done.")]
    [InlineData("Factors IX and X. The effect fades.", "Factors IX and X.|The effect fades.")]
    [InlineData("Proved [1]. Also this. [2] And that.", "Proved [1].|Also this. [2]|And that.")]
    [InlineData("The answer is no. Regulation No. 536 says so.", "The answer is no.|Regulation No. 536 says so.")]
    [InlineData("He said \"stop.\" Then left.", "He said \"stop.\"|Then left.")]
    [InlineData("# Title\n\nText one. Text\ntwo.\n- First item\n- Second.", "#Title|Text one.|Text\ntwo.|First item|Second.")]
    [InlineData("1. Wash.\n2. Dry.", "Wash.|Dry.")]
    [InlineData("| a | b |\n```\nx = 1. Y\n```\nEnd.", "#| a | b ||#x = 1. Y|End.")]
    [InlineData("治疗有效。需要随访。", "治疗有效。|需要随访。")]
    [InlineData("", "")]
    [InlineData("no end", "no end")]
    public void Text_is_cut_into_sentences(string text, string expected) => Assert.Equal(
        expected,
        string.Join('|', Sentences.Of(text).Select(one => (one.IsHeading ? "#" : "") + one.Span.In(text))));

    [Fact]
    public void Any_text_is_cut_into_ordered_spans_that_do_not_overlap()
    {
        var random = new Random(17);
        const string alphabet = "aB .\n#-1[]`?|\">*é治\t";
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var end = 0;
            foreach (var (span, _) in Sentences.Of(text))
            {
                Assert.InRange(span.Start, end, text.Length);
                Assert.InRange(span.End, span.Start + 1, text.Length);
                end = span.End;
            }

            Assert.All(Chunks.Of(text), chunk => Assert.Equal(chunk.Span.In(text).Trim(), chunk.Span.In(text)));
            _ = CitationFinder.Find(text, []);
        }
    }
}
