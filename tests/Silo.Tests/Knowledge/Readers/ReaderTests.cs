using System.Text;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Readers;

namespace Colloquy.Tests.Knowledge.Readers;

public sealed class ReaderTests
{
    private static readonly DocumentReaders Readers = new([new PlainTextReader(), new MarkdownReader(), new HtmlReader(),
        new JsonReader()]);

    [Fact]
    public void A_page_becomes_what_it_shows()
    {
        var read = Html("""
            <html><head><title>Asthma &amp; you</title><style>p{}</style><script>alert(1)</script></head><body>
            <nav>Home</nav><h1>Asthma</h1><p>Steroids   <b>help</b>
            in asthma.</p><p hidden>secret</p><div style="display: none">secret</div><ul><li>One</li><li>Two<ol><li>Deep</li></ol></li></ul>
            <table><tr><th>Drug</th><th>Dose</th></tr><tr><td>A</td><td>1 mg</td></tr></table><pre>x = 1
            y = 2</pre><noscript>secret</noscript><p># no heading</p></body></html>
            """);
        Assert.Equal("Asthma & you", read.Title);
        Assert.Equal("""
            # Asthma

            Steroids help in asthma.

            - One
            - Two
              1. Deep
            | Drug | Dose |
            | --- | --- |
            | A | 1 mg |
            ```
            x = 1
            y = 2
            ```

            \# no heading
            """.ReplaceLineEndings("\n"), read.Text);
    }

    [Fact]
    public void A_page_says_in_which_charset_it_is_written()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding("windows-1252").GetBytes(
            "<html><head><meta charset=\"windows-1252\"></head><body><p>Käse für 5 € – gut</p></body></html>");
        Assert.Equal("Käse für 5 € – gut", Readers.Read("text/html", bytes).Text);
    }

    [Theory]
    [InlineData("<p>open <b>and <i>never closed")]
    [InlineData("</div></p>text<table><p>lost</table>")]
    [InlineData("<!doctype html><<<>>&&& &#xD800; a\0b")]
    public void Broken_html_is_read_as_browsers_do(string html)
    {
        var text = Html(html).Text;
        Assert.DoesNotContain('\0', text);
        Assert.All(text, letter => Assert.False(char.IsSurrogate(letter)));
    }

    [Fact]
    public void Nesting_without_end_ends() => Assert.NotEmpty(
        Html(string.Concat(Enumerable.Repeat("<div>", 20_000)) + "deep").Text);

    [Theory]
    [InlineData("text/html", "<script>x</script><nav>a</nav>", DocumentCodes.WithoutText)]
    [InlineData("text/html", "", DocumentCodes.WithoutText)]
    [InlineData("text/plain", " \n\t ... ", DocumentCodes.WithoutText)]
    [InlineData("application/json", "{", DocumentCodes.Malformed)]
    [InlineData("application/json", "{\"a\":\"\\ud800\"}", DocumentCodes.Malformed)]
    [InlineData("application/json", "{}", DocumentCodes.WithoutText)]
    [InlineData("application/zip", "PK", DocumentCodes.TypeUnavailable)]
    public void What_cannot_be_read_says_why(string type, string content, string code) =>
        Assert.Equal(code, Assert.Throws<DocumentUnreadableException>(() => Readers.Read(type, Encoding.UTF8.GetBytes(content))).Code);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/markdown")]
    [InlineData("application/json")]
    public void Bytes_that_are_no_utf8_are_malformed(string type) => Assert.Equal(DocumentCodes.Malformed,
        Assert.Throws<DocumentUnreadableException>(() => Readers.Read(type, [0x22, 0xff, 0xfe, 0x22])).Code);

    [Fact]
    public void Json_that_is_nested_too_deeply_is_malformed() => Assert.Equal(DocumentCodes.Malformed,
        Assert.Throws<DocumentUnreadableException>(
        () => Readers.Read("application/json", Encoding.UTF8.GetBytes(new string('[', 70) + "1" + new string(']', 70)))).Code);

    [Fact]
    public void A_content_that_is_too_large_is_refused() => Assert.Equal(DocumentCodes.TooLarge, Assert.Throws<DocumentUnreadableException>(
        () => Readers.Read("text/plain", new byte[KnowledgeLimits.ContentBytes + 1])).Code);

    [Fact]
    public void Json_has_its_paths_as_headings()
    {
        var read = Readers.Read("application/json",
            """{"title":"Trial","arms":[{"drug":"A","n":5},{"drug":"B"}],"sites":["x","y"]}"""u8.ToArray());
        Assert.Equal("Trial", read.Title);
        Assert.Equal("""
            - title: Trial

            ## arms


            ### arms[0]

            - drug: A
            - n: 5

            ### arms[1]

            - drug: B

            ## sites

            - x
            - y
            """.ReplaceLineEndings("\n"), read.Text);
    }

    [Fact]
    public void Markdown_is_stored_as_it_is_and_text_without_marks_of_its_file()
    {
        var markdown = Readers.Read("text/markdown", "Intro\r\n# Title #\r\nText\0."u8.ToArray());
        Assert.Equal(("Title", "Intro\n# Title #\nText."), (markdown.Title, markdown.Text));
        Assert.Equal("Text", Readers.Read("text/plain", [0xEF, 0xBB, 0xBF, .. "Text"u8]).Text);
    }

    private static ReadDocument Html(string html) => Readers.Read("text/html", Encoding.UTF8.GetBytes(html));
}
