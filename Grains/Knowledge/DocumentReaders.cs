using System.Text;
using System.Text.RegularExpressions;

namespace Colloquy.Knowledge;

/// <summary>The readers of this deployment by media type, and what holds for the text of all of them.</summary>
internal sealed class DocumentReaders
{
    private readonly Dictionary<string, IDocumentReader> _readers = new(StringComparer.Ordinal);

    public DocumentReaders(IEnumerable<IDocumentReader> readers)
    {
        foreach (var reader in readers)
            foreach (var type in reader.MediaTypes)
                _readers[type] = reader;
    }

    /// <summary>The document as it is stored: lines end with \n, there is no NUL and no half of a surrogate pair.</summary>
    /// <exception cref="DocumentUnreadableException">There is no reader, or nothing to store.</exception>
    public ReadDocument Read(string mediaType, byte[] content)
    {
        if (!_readers.TryGetValue(mediaType, out var reader))
            throw new DocumentUnreadableException(DocumentCodes.TypeUnavailable, $"There is no reader for {mediaType}.");
        if (content.Length > KnowledgeLimits.ContentBytes)
            throw new DocumentUnreadableException(
                DocumentCodes.TooLarge, $"A document has at most {KnowledgeLimits.ContentBytes} bytes.");
        var read = reader.Read(content);
        var text = Clean(read.Text).Trim();
        if (!text.Any(char.IsLetterOrDigit))
            throw new DocumentUnreadableException(DocumentCodes.WithoutText, "No text could be found in the document.");
        if (text.Length > KnowledgeLimits.TextCharacters)
            throw new DocumentUnreadableException(
                DocumentCodes.TooLarge, $"The text of a document has at most {KnowledgeLimits.TextCharacters} characters.");
        return read with { Text = text, Title = TitleOf(read.Title) };
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes()) // half a pair is read as U+FFFD
            if (rune.Value is not 0 and not 0xFEFF)
                clean.Append(rune);
        return clean.ToString();
    }

    private static string? TitleOf(string? title)
    {
        var line = title is null ? "" : Regex.Replace(Clean(title), @"\s+", " ").Trim();
        return line.Length == 0 ? null : Kernel.Texts.First(line, KnowledgeLimits.TitleCharacters);
    }
}

/// <summary>Why a document was not taken in. Stable: they are journaled and shown.</summary>
public static class DocumentCodes
{
    /// <summary>There is no reader for its media type in this deployment.</summary>
    public const string TypeUnavailable = "document_type_unavailable";

    /// <summary>The bytes are no document of the type that they are said to be.</summary>
    public const string Malformed = "document_malformed";

    /// <summary>It can be read, and nothing is written in it.</summary>
    public const string WithoutText = "document_without_text";

    /// <summary>It is longer, or built in more parts, than a document may be.</summary>
    public const string TooLarge = "document_too_large";

    /// <summary>The collection has as many documents as it may have.</summary>
    public const string CollectionFull = "collection_full";
}
