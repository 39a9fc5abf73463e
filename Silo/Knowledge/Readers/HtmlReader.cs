using System.Diagnostics;
using System.Text;
using AngleSharp.Html.Parser;

namespace Colloquy.Knowledge.Readers;

/// <summary>HTML as Markdown. It is parsed as browsers parse it; nothing is executed and nothing is fetched.</summary>
internal sealed class HtmlReader : IDocumentReader
{
    /// <summary>Elements of a document: pages that people write have thousands.</summary>
    public const int ElementsMax = 500_000;

    /// <summary>How long parsing may take: broken nesting can cost the square of its length.</summary>
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(10);

    // The charsets that pages declare are more than .NET knows by itself.
    static HtmlReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public IReadOnlyList<string> MediaTypes { get; } = ["text/html", "application/xhtml+xml"];

    public ReadDocument Read(byte[] content)
    {
        var (elements, began) = (0, Stopwatch.GetTimestamp());
        var parser = new HtmlParser(new HtmlParserOptions
        {
            IsScripting = false,
            OnCreated = (_, _) =>
            {
                if (++elements > ElementsMax || Stopwatch.GetElapsedTime(began) > TimeMax)
                    throw new DocumentUnreadableException(
                        DocumentCodes.TooLarge, "The page has more elements, or is nested more deeply, than can be read.");
            },
        });
        using var stream = new MemoryStream(content, writable: false);
        using var page = parser.ParseDocument(stream);
        var title = page.Title;
        return new(string.IsNullOrWhiteSpace(title) ? page.QuerySelector("h1")?.TextContent : title,
            page.Body is { } body ? new HtmlMarkdown().Of(body) : "", IsMarkdown: true);
    }
}
