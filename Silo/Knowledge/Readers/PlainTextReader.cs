namespace Colloquy.Knowledge.Readers;

/// <summary>Plain text in UTF-8, as it is.</summary>
internal sealed class PlainTextReader : IDocumentReader
{
    public IReadOnlyList<string> MediaTypes { get; } = ["text/plain"];

    public ReadDocument Read(byte[] content) => new(null, Utf8Text.Of(content), IsMarkdown: false);
}
