namespace Colloquy.Knowledge.Readers;

/// <summary>Markdown in UTF-8: stored as it is, since chunks and citations read it themselves.</summary>
internal sealed class MarkdownReader : IDocumentReader
{
    private const string Mark = "# ";

    public IReadOnlyList<string> MediaTypes { get; } = ["text/markdown"];

    public ReadDocument Read(byte[] content)
    {
        var text = Utf8Text.Of(content);
        return new(TitleOf(text), text, IsMarkdown: true);
    }

    private static string? TitleOf(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                return line[Mark.Length..].Trim().TrimEnd('#').Trim().ToString();
        return null;
    }
}
