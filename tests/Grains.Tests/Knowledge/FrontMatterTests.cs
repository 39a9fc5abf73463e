using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class FrontMatterTests
{
    [Fact]
    public void Fields_lists_and_body_are_read()
    {
        var read = FrontMatter.Of("---\r\nname: Ada\nurl: http://x.example\ntags: a, b\nempty:\n"
            + "asks:\n- One, two?\n  - Three?\n---\n\nBody --- text\n");
        Assert.Equal(("Ada", "http://x.example"), (read.Value("name"), read.Value("url")));
        Assert.Equal((null, null), (read.Value("empty"), read.Value("no")));
        Assert.Equal("a|b", string.Join('|', read.Names("tags")));
        Assert.Equal("One, two?|Three?", string.Join('|', read.Items("asks")));
        Assert.Empty(read.Names("empty"));
        Assert.Equal("Body --- text", read.Body);
    }

    [Theory]
    [InlineData("Just text.")]
    [InlineData("---\nname: never closed")]
    [InlineData("")]
    public void A_text_without_front_matter_is_all_body(string text)
    {
        Assert.Empty(FrontMatter.Of(text).Fields);
        Assert.Equal(text, FrontMatter.Of(text).Body);
    }

    [Theory]
    [InlineData("---\nname: a\nname: b\n---")]
    [InlineData("---\n- item\n---")]
    [InlineData("---\nno colon\n---")]
    public void A_line_that_is_no_field_is_named(string text) =>
        Assert.Contains("Line ", Assert.Throws<FormatException>(() => FrontMatter.Of(text)).Message, StringComparison.Ordinal);
}
