using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Colloquy.Knowledge;

/// <summary>
/// Reads the text of PDFs as a person would: words from glyphs, paragraphs from where they stand (L. O'Gorman, "The Document
/// Spectrum for Page Layout Analysis", 1993), column after column. A document of several pages has a heading for each.
/// </summary>
/// <remarks>Nothing is recognised in pictures: a scan is refused, since an empty document would be found by nothing.</remarks>
internal sealed class PdfReader(TimeProvider time) : IDocumentReader
{
    public const string Malformed = "document_malformed";
    public const string Encrypted = "document_encrypted";
    public const string WithoutText = "document_without_text";
    public const string TooLarge = "document_too_large";

    /// <summary>Pages of one document.</summary>
    public const int PagesMax = 2_000;

    /// <summary>Glyphs of one page: a dense page of print has 6,000, and layout takes more than linear time.</summary>
    public const int GlyphsPerPageMax = 60_000;

    /// <summary>How long a document may take. Looked at between pages, since a page cannot be interrupted.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // One thread, so that the same bytes give the same text.
    private static readonly DocstrumBoundingBoxes _paragraphs = new(new() { MaxDegreeOfParallelism = 1 });

    private static readonly NearestNeighbourWordExtractor _words = new(new() { MaxDegreeOfParallelism = 1 });

    private static readonly UnsupervisedReadingOrderDetector _order = new();

    public IReadOnlyList<string> MediaTypes { get; } = ["application/pdf"];

    public ReadDocument Read(byte[] content)
    {
        var started = time.GetTimestamp();
        try
        {
            using var document = PdfDocument.Open(content, new ParsingOptions { UseActualText = true });
            if (document.NumberOfPages > PagesMax)
                throw new DocumentUnreadableException(TooLarge,
                    $"The PDF has {document.NumberOfPages} pages; at most {PagesMax} are read.");
            var text = PdfText.Of(Pages(document, started), document.NumberOfPages > 1);
            if (text.Length == 0)
                throw new DocumentUnreadableException(WithoutText,
                    "The PDF has no text. If it is a scan, recognise its text first and upload the result.");
            return new ReadDocument(PdfText.Line(document.Information.Title), text, document.NumberOfPages > 1);
        }
        catch (PdfDocumentEncryptedException failure)
        {
            throw new DocumentUnreadableException(Encrypted, "The PDF is encrypted and needs a password.", failure);
        }
        catch (Exception failure) when (failure is not (DocumentUnreadableException or OutOfMemoryException))
        {
            // A broken file makes the parser throw whatever its broken place leads to.
            throw new DocumentUnreadableException(Malformed, "The bytes are no PDF that can be read.", failure);
        }
    }

    private IEnumerable<IReadOnlyList<string>> Pages(PdfDocument document, long started)
    {
        foreach (var page in document.GetPages())
        {
            if (time.GetElapsedTime(started) > Patience)
                throw new DocumentUnreadableException(TooLarge,
                    $"The PDF takes longer than {Patience.TotalSeconds} s to read; it was given up at page {page.Number}.");
            yield return Paragraphs(page);
        }
    }

    private static IReadOnlyList<string> Paragraphs(Page page)
    {
        if (page.Letters.Count > GlyphsPerPageMax)
            throw new DocumentUnreadableException(TooLarge,
                $"Page {page.Number} of the PDF has {page.Letters.Count} characters; at most {GlyphsPerPageMax} are read.");
        var words = _words.GetWords(page.Letters).Where(word => !string.IsNullOrWhiteSpace(word.Text)).ToList();
        return words.Count == 0 ? [] : [.. _order.Get(_paragraphs.GetBlocks(words)).Select(Paragraph)];
    }

    private static string Paragraph(TextBlock block) => PdfText.Joined(block.TextLines.Select(line => line.Text));
}
