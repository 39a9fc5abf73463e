using System.Text;
using Xunit;

namespace Colloquy.Panels.Seats;

public sealed class ProseTests
{
    private static string Streamed(string text, int piece)
    {
        var (prose, shown) = (new Prose(), new StringBuilder());
        for (var at = 0; at < text.Length; at += piece)
            shown.Append(prose.Append(text.Substring(at, Math.Min(piece, text.Length - at))));
        shown.Append(prose.Rest());
        Assert.Equal(prose.Text, shown.ToString());
        return shown.ToString();
    }

    [Theory]
    [InlineData("It is so.\n\n```json\n{\"stance\":\"Yes\"}\n```\n", "It is so.")]
    [InlineData("It is so.\n```JSON\n{\"stance\":\"Yes\"}", "It is so.")]
    [InlineData("It is so.\n\n```\n{\"stance\":\"Yes\"}\n```", "It is so.")]
    [InlineData("It is so.\n{\"stance\":\"Yes\"}", "It is so.")]
    [InlineData("It is so.\n  { \"stance\": \"Yes\" }", "It is so.")]
    [InlineData("{\"stance\":\"Yes\"}", "")]
    [InlineData("\n\n  It is so.  \n", "It is so.")]
    [InlineData("It is so.\n\n```json", "It is so.")]
    [InlineData("It is so.\n```js", "It is so.\n```js")]
    [InlineData("It is so.\n``", "It is so.\n``")]
    [InlineData("Write `x`\n```python\n{\"a\": 1}\n```\nand so on.\n```json\n{}\n```", "Write `x`\n```python\n{\"a\": 1}\n```\nand so on.")]
    [InlineData("The set {1, 2}\n{1, 2} is finite.", "The set {1, 2}\n{1, 2} is finite.")]
    [InlineData("One.\n\n\nTwo \ud83e\uddea.\n", "One.\n\n\nTwo \ud83e\uddea.")]
    public void However_it_is_cut_the_words_are_shown_and_the_figures_never(string written, string words)
    {
        for (var piece = 1; piece <= written.Length; piece++)
            Assert.Equal(words, Streamed(written, piece));
    }

    [Fact]
    public void What_might_be_the_beginning_of_the_figures_waits()
    {
        var prose = new Prose();
        Assert.Equal("It is so.", prose.Append("It is so.\n"));
        Assert.Equal("", prose.Append("``"));
        Assert.Equal("", prose.Append("`js"));
        Assert.Equal("", prose.Append("on\n{"));
        Assert.Equal("It is so.", prose.Text);
    }

    [Fact]
    public void What_only_looked_like_it_is_shown_at_once()
    {
        var prose = new Prose();
        Assert.Equal("It is so.", prose.Append("It is so.\n``"));
        Assert.Equal("\n``so to speak", prose.Append("so to speak"));
    }
}
