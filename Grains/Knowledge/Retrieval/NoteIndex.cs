using Colloquy.Embeddings;

namespace Colloquy.Knowledge.Retrieval;

/// <summary>Searches the shipped notes by words, and by vectors of the embedder that needs no network.</summary>
/// <remarks>A silo without that embedder searches them by words alone.</remarks>
internal sealed class NoteIndex(KnowledgePorts ports)
{
    public const string EmbedderName = "hashed";

    /// <summary>Words of a query that are looked at: a pasted page is searched by its beginning.</summary>
    private const int QueryWordsMax = 128;

    private static readonly NoteLibrary Library = NoteLibrary.Shipped;

    // Title and headings count as words of the passage: "classes of devices" finds a paragraph that only says "class IIa".
    private static readonly string[] Texts =
        [.. Library.Passages.Select(entry => $"{entry.Passage.Title}\n{entry.Passage.Heading}\n{entry.Passage.Text}")];

    private static readonly Bm25 Index = new(Texts.Select(Words.Of));

    private readonly Kernel.SingleFlight<string, ReadOnlyMemory<float>[]> _vectors =
        new(new(1, long.MaxValue), (_, _) => 1, ports.Clock);

    /// <summary>The embedder of the notes, or null.</summary>
    public Embedder? Embedder { get; } = Find(ports);

    public static IEnumerable<Candidate> ByWords(IReadOnlyCollection<string> collections, string text, KnowledgeFilter filter,
        int limit)
    {
        var scores = Index.Scores(Words.Of(text).Distinct(StringComparer.Ordinal).Take(QueryWordsMax).Select(word => (word, 1.0)));
        return Best(collections, filter, limit, at => scores[at]).Select(one => one with { WordScore = one.Fused, Fused = 0 });
    }

    public async Task<IEnumerable<Candidate>> ByVector(
        IReadOnlyCollection<string> collections, ReadOnlyMemory<float> vector, KnowledgeFilter filter, int limit,
        CancellationToken cancellation)
    {
        var vectors = await _vectors.Get(EmbedderName, Embed, cancellation);
        return Best(collections, filter, limit, at => Cosine(vector.Span, vectors[at].Span))
            .Select(one => one with { Cosine = one.Fused, Fused = 0 });
    }

    private static double Cosine(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var sum = 0f;
        for (var at = 0; at < one.Length && at < other.Length; at++)
            sum += one[at] * other[at];
        return sum;
    }

    private static IEnumerable<Candidate> Best(
        IReadOnlyCollection<string> collections, KnowledgeFilter filter, int limit, Func<int, double> score) => Library.Passages
        .Select((entry, at) => (entry.Collection, entry.Passage, At: at, Score: score(at)))
        .Where(one => one.Score > 0 && collections.Contains(one.Collection)
            && KnowledgeFilters.Passes(filter, one.Passage.DocumentId, DocumentFields.None))
        .OrderByDescending(one => one.Score) // stable: equal scores keep the library's order
        .Take(limit)
        .Select(one => new Candidate($"note/{one.At:D6}", one.Passage, one.Collection, Fused: one.Score));

    private async Task<ReadOnlyMemory<float>[]> Embed(CancellationToken cancellation) =>
        [.. (await Embedder!.Client.GenerateAsync(Texts, options: null, cancellation)).Select(one => one.Vector)];

    private static Embedder? Find(KnowledgePorts ports)
    {
        try
        {
            return ports.HasEmbedders ? ports.Embedders.Resolve(EmbedderName) : null;
        }
        catch (EmbedderMissingException)
        {
            return null; // by words alone, as said above
        }
    }
}
