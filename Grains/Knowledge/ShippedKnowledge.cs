namespace Colloquy.Knowledge;

/// <summary>The knowledge that every tenant has from the first minute: the shipped notes, searched by words.</summary>
public sealed class ShippedKnowledge : IKnowledge
{
    /// <summary>Words of a query that are looked at: a pasted page is searched by its beginning.</summary>
    private const int QueryWordsMax = 128;

    private static readonly NoteLibrary _library = NoteLibrary.Shipped;

    // Title and headings count as words of the passage: "classes of devices" finds a paragraph that only says "class IIa".
    private static readonly Bm25 _index = new(
        _library.Passages.Select(entry => Words.Of($"{entry.Passage.Title} {entry.Passage.Heading} {entry.Passage.Text}")));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Passage>> Search(string tenant, KnowledgeQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var words = Words.Of(query.Text).Distinct(StringComparer.Ordinal).Take(QueryWordsMax).Select(word => (word, 1.0));
        var scores = _index.Scores(words);
        // Enumerable.OrderBy is stable, so equal scores keep the library's order and every search repeats exactly.
        IReadOnlyList<Passage> found =
        [
            .. _library.Passages
                .Select((entry, at) => (entry.Collection, Passage: entry.Passage with { Score = scores[at] }))
                .Where(entry => entry.Passage.Score > 0 && query.Collections.Contains(entry.Collection, StringComparer.Ordinal))
                .Select(entry => entry.Passage)
                .OrderByDescending(passage => passage.Score)
                .Take(query.Limit),
        ];
        return Task.FromResult(found);
    }

    /// <inheritdoc/>
    public Task<DocumentView?> Find(string tenant, string documentId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_library.Find(documentId));
    }
}
