namespace Colloquy.Knowledge;

/// <summary>Reads documents of some media types: what is stored, chunked and cited is the text that it makes.</summary>
public interface IDocumentReader
{
    /// <summary>Media types in lower case, without parameters.</summary>
    IReadOnlyList<string> MediaTypes { get; }

    /// <summary>The document as Markdown (headings, paragraphs, lists, tables), or as plain text. The same bytes give the same
    /// text for ever, since offsets count in it.</summary>
    /// <exception cref="DocumentUnreadableException">The bytes are no such document.</exception>
    ReadDocument Read(byte[] content);
}

/// <param name="Title">The document's own title, or null.</param>
/// <param name="Text">Lines end with <c>\n</c>; no half surrogate pairs and no NUL.</param>
/// <param name="IsMarkdown">Whether lines that begin with <c>#</c> are headings.</param>
public sealed record ReadDocument(string? Title, string Text, bool IsMarkdown);

/// <summary>A document that cannot be read. It is told to its owner, and the others of its ingest go on.</summary>
/// <param name="code">Stable, such as <c>document_malformed</c>.</param>
public sealed class DocumentUnreadableException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
