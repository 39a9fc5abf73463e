using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Knowledge.Collections;

/// <summary>The shipped notes, seen as collections: everybody has them, and nobody changes them.</summary>
internal static class NoteCollections
{
    private static readonly ImmutableSortedDictionary<string, CollectionView> Views = NoteLibrary.Shipped.Collections
        .ToImmutableSortedDictionary(id => id, ViewOf, StringComparer.Ordinal);

    public static IEnumerable<CollectionView> All => Views.Values;

    public static CollectionView? Find(string id) => Views.GetValueOrDefault(id);

    public static DocumentPage Documents(string collection, string? cursor, int limit)
    {
        var page = NoteLibrary.Shipped.Notes
            .Where(note => note.Collection == collection && (cursor is null || string.CompareOrdinal(note.Id, cursor) > 0))
            .Take(limit + 1).Select(EntryOf).ToList();
        return new([.. page.Take(limit)], page.Count > limit ? page[limit - 1].Id : null);
    }

    private static CollectionView ViewOf(string id) => new(
        id, id, "", id, Retrieval.NoteIndex.EmbedderName, 0, 0, null, NoteLibrary.Shipped.Notes.Count(note =>
            note.Collection == id),
        NoteLibrary.Shipped.Passages.Count(entry => entry.Collection == id), BuiltIn: true, null);

    private static DocumentEntry EntryOf(DocumentView note) => new(
        note.Id, note.Title, "text/markdown", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(note.Text))),
        note.Text.Length, NoteLibrary.Shipped.Passages.Count(entry => entry.Passage.DocumentId == note.Id), DocumentFields.None,
        DateTimeOffset.UnixEpoch);
}
