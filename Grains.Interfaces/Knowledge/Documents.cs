using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>What is known of a document beside its text: filters and boosts of a search go by it.</summary>
/// <param name="EvidenceLevel">Oxford CEBM 2011, <c>1</c> (systematic review) to <c>5</c> (mechanism, opinion), or null.</param>
/// <param name="Population">Whom it is about, such as <c>adults</c> or <c>children</c>; lower case.</param>
/// <param name="Jurisdiction">Where it holds, such as <c>eu</c>, <c>us</c> or <c>int</c>; lower case.</param>
/// <param name="Language">BCP 47, such as <c>en</c>; lower case.</param>
/// <param name="IsRetracted">Withdrawn by its publisher: found only if asked for.</param>
/// <param name="Url">Where it came from, or null.</param>
/// <param name="Tags">The owner's own names and values, at most 16.</param>
[GenerateSerializer, Alias("knowledge.fields"), Immutable]
public sealed record DocumentFields(
    string? EvidenceLevel = null, string? Population = null, string? Jurisdiction = null, string? Language = null,
    DateOnly? PublishedOn = null, bool IsRetracted = false, string? Url = null,
    ImmutableSortedDictionary<string, string>? Tags = null)
{
    public static readonly DocumentFields None = new();
}

/// <summary>A stored document as it may be read back: citations count characters of <paramref name="Text"/>.</summary>
[GenerateSerializer, Alias("knowledge.document"), Immutable]
public sealed record DocumentView(string Id, string Title, string Collection, string Text, DocumentFields? Fields = null);

/// <summary>A stored document without its text.</summary>
/// <param name="Id"><c>{collection}:{document}</c>.</param>
/// <param name="MediaType">What it was uploaded as.</param>
/// <param name="Hash">SHA-256 of what was uploaded, lower-case hex: the same content is not ingested twice.</param>
/// <param name="Characters">Of the stored text.</param>
[GenerateSerializer, Alias("knowledge.document.entry"), Immutable]
public sealed record DocumentEntry(
    string Id, string Title, string MediaType, string Hash, int Characters, int Chunks, DocumentFields Fields, DateTimeOffset IngestedAt);

[GenerateSerializer, Alias("knowledge.document.page"), Immutable]
public sealed record DocumentPage(ImmutableArray<DocumentEntry> Items, string? Next);

/// <summary>A document as it was handed over, before anything was read out of it.</summary>
/// <param name="Id">1 to 128 characters that may stand in a path segment, or null: then it follows from the content.</param>
/// <param name="Title">Null takes the document's own title, or its id.</param>
/// <param name="MediaType"><c>text/plain</c>, <c>text/markdown</c>, <c>text/html</c>, <c>application/json</c> or
/// <c>application/pdf</c>.</param>
[GenerateSerializer, Alias("knowledge.upload"), Immutable]
public sealed record DocumentUpload(string? Id, string? Title, string MediaType, byte[] Content, DocumentFields Fields);
