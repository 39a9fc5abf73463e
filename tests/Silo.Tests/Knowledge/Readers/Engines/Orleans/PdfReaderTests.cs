using System.Text;
using Colloquy.Knowledge;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Colloquy.Tests.Knowledge;

public sealed class PdfReaderTests
{
    private const int Size = 11;
    private const int LineHeight = 13;

    private readonly TestTime _time = new();

    [Fact]
    public void One_page_is_plain_text_with_the_title_that_it_states()
    {
        var pdf = Build("Anticoagulation\nafter surgery", ["Warfarin is stopped five days before", "surgery in most patients."]);

        var read = Read(pdf);

        Assert.Equal("Anticoagulation after surgery", read.Title);
        Assert.False(read.IsMarkdown);
        Assert.Equal("Warfarin is stopped five days before surgery in most patients.", read.Text);
    }

    [Fact]
    public void Paragraphs_are_divided_by_blank_lines_and_divided_words_made_whole()
    {
        var read = Read(Build(null,
            ["Low molecular weight hep-", "arin is given as a bridge.", "", "", "A second paragraph follows."]));

        Assert.Null(read.Title);
        Assert.Equal("Low molecular weight heparin is given as a bridge.\n\nA second paragraph follows.", read.Text);
    }

    [Fact]
    public void Several_pages_have_headings_that_the_page_itself_cannot_make()
    {
        var read = Read(Build("T", ["First page."], [], ["# 3 is not a heading."]));

        Assert.True(read.IsMarkdown);
        Assert.Equal("## Page 1\n\nFirst page.\n\n## Page 3\n\n\\# 3 is not a heading.", read.Text);
    }

    [Fact]
    public void Columns_are_read_one_after_the_other()
    {
        string[] left = ["Left one of the column", "left two of the column", "left three of the column"];
        string[] right = ["Right one of the column", "right two of the column", "right three of the column"];
        var read = Read(Build((page, font) =>
        {
            for (var n = 0; n < 3; n++) // as it stands: line by line over both columns
            {
                page.AddText(left[n], Size, new PdfPoint(50, 700 - (n * LineHeight)), font);
                page.AddText(right[n], Size, new PdfPoint(320, 700 - (n * LineHeight)), font);
            }
        }));

        Assert.Equal($"{string.Join(' ', left)}\n\n{string.Join(' ', right)}", read.Text);
    }

    [Fact]
    public void The_same_bytes_give_the_same_text()
    {
        var pdf = Build("T", [.. Enumerable.Range(0, 40).Select(n => $"Line {n} of a page with some more words on it.")]);
        Assert.Single(Enumerable.Range(0, 5).Select(_ => Read(pdf).Text).Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no PDF at all")]
    [InlineData("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 9 0 R >>\n%%EOF")]
    [InlineData("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF")]
    public void What_is_no_PDF_is_malformed(string content) =>
        Assert.Equal("document_malformed", Refusal(Encoding.ASCII.GetBytes(content)));

    [Fact]
    public void A_PDF_that_was_cut_or_damaged_is_read_or_refused_but_never_throws_anything_else()
    {
        var pdf = Build("T", ["Some text on a page."], ["And another page."]);
        var random = new Random(17);
        for (var n = 0; n < 300; n++)
        {
            var broken = pdf[..random.Next(1, pdf.Length)];
            for (var damage = random.Next(0, 8); damage > 0; damage--)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            var failure = Record.Exception(() => Read(broken));
            Assert.True(failure is null or DocumentUnreadableException, $"{n}: {failure}");
        }
    }

    [Fact]
    public void A_deep_nest_is_malformed_and_no_end_of_the_process()
    {
        var nest = string.Concat(Enumerable.Repeat("[", 200_000));
        var pdf = $"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages {nest} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF";
        Assert.Equal("document_malformed", Refusal(Encoding.ASCII.GetBytes(pdf)));
    }

    [Fact]
    public void A_PDF_that_needs_a_password_is_encrypted()
    {
        // What a reader meets first: a document whose keys do not open with the empty password.
        var plain = Encoding.Latin1.GetString(Build("T", ["Secret."]));
        var keys = string.Concat(Enumerable.Repeat("ab", 32));
        var locked = plain.Replace("trailer\n<<", "trailer\n<< /ID [<00><00>] /Encrypt "
            + $"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{keys}> /U <{keys}> >>", StringComparison.Ordinal);
        Assert.NotEqual(plain, locked);
        Assert.Equal("document_encrypted", Refusal(Encoding.Latin1.GetBytes(locked)));
    }

    [Fact]
    public void A_scan_has_no_text()
    {
        Assert.Equal("document_without_text", Refusal(Build(null, [])));
        Assert.Equal("document_without_text", Refusal(Build(null, [], [])));
    }

    [Fact]
    public void Too_many_pages_are_refused_before_they_are_read() =>
        Assert.Equal("document_too_large", Refusal(Build("T", [.. Enumerable.Repeat<string[]>([], PdfReader.PagesMax + 1)])));

    [Fact]
    public void A_PDF_that_takes_too_long_is_given_up()
    {
        _time.Step = PdfReader.Patience;
        Assert.Equal("document_too_large", Refusal(Build("T", ["One."], ["Two."], ["Three."])));
    }

    private ReadDocument Read(byte[] pdf) => new PdfReader(_time).Read(pdf);

    private string Refusal(byte[] pdf) => Assert.Throws<DocumentUnreadableException>(() => Read(pdf)).Code;

    private static byte[] Build(string? title, params string[][] pages)
    {
        using var builder = new PdfDocumentBuilder();
        builder.DocumentInformation.Title = title;
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (var lines in pages)
        {
            var page = builder.AddPage(PageSize.A4);
            foreach (var (line, n) in lines.Select((line, n) => (line, n)).Where(entry => entry.line.Length > 0))
                page.AddText(line, Size, new PdfPoint(50, 780 - (n * LineHeight)), font);
        }

        return builder.Build();
    }

    private static byte[] Build(Action<PdfPageBuilder, PdfDocumentBuilder.AddedFont> write)
    {
        using var builder = new PdfDocumentBuilder();
        write(builder.AddPage(PageSize.A4), builder.AddStandard14Font(Standard14Font.Helvetica));
        return builder.Build();
    }

    /// <summary>Each look at the clock takes a step.</summary>
    private sealed class TestTime : TimeProvider
    {
        private long _ticks;

        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks += Step.Ticks;
    }
}
