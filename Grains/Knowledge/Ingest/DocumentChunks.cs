using System.Collections.Immutable;
using Colloquy.Knowledge.Collections;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Knowledge.Ingest;

/// <summary>Divides a document and has its chunks embedded.</summary>
internal static class DocumentChunks
{
    /// <summary>The documents, ready to be written into these indexes.</summary>
    public static async Task<IReadOnlyList<PassageDocument>> Of(
        KnowledgePorts ports, IReadOnlyList<StoredDocument> documents, IReadOnlyList<CollectionIndex> indexes,
            CancellationToken cancellation)
    {
        var divided = documents.Select(document => (Document: document, Chunks: Divide(document))).ToList();
        var texts = divided.SelectMany(one => one.Chunks.Select(chunk =>
            $"{one.Document.Title}\n{chunk.Heading}\n{chunk.Span.In(one.Document.Text)}")).ToList();
        var vectors = new List<float[]>[indexes.Count];
        for (var at = 0; at < indexes.Count; at++)
            vectors[at] = await Embed(ports, texts, indexes[at], cancellation);
        var (ready, first) = (new List<PassageDocument>(documents.Count), 0);
        foreach (var (document, chunks) in divided)
        {
            var from = first;
            ready.Add(new(document.Id, document.Title, document.MediaType, document.Hash, document.Text, document.Fields,
                document.IngestedAt,
                [.. chunks.Select(chunk => new PassageChunk(chunk.Heading, chunk.Span.Start, chunk.Span.Length))],
                [.. indexes.Select((index, at) => new ChunkVectors(index.Generation,
                    [.. vectors[at].Skip(from).Take(chunks.Count)]))]));
            first += chunks.Count;
        }
        return ready;
    }

    /// <summary>The chunks of a stored document: by its media type alone, so that they are the same whenever they are made.</summary>
    public static IReadOnlyList<Chunk> Divide(StoredDocument document) =>
        IsMarkdown(document.MediaType) ? Chunks.Of(document.Text) : Chunks.OfPlain(document.Text);

    private static bool IsMarkdown(string mediaType) => mediaType is not "text/plain";

    private static async Task<List<float[]>> Embed(
        KnowledgePorts ports, List<string> texts, CollectionIndex index, CancellationToken cancellation)
    {
        var embedder = ports.Embedders.Resolve(index.Embedding);
        var vectors = new List<float[]>(texts.Count);
        foreach (var some in texts.Chunk(KnowledgeLimits.EmbedTexts))
        {
            await Task.Yield(); // a model in this process makes no pause by itself, and the lease must be renewed
            var made = await embedder.Client.GenerateAsync(some, options: null, cancellation);
            vectors.AddRange(made.Select(one => one.Vector.ToArray()));
        }
        if (vectors.Count != texts.Count || vectors.Exists(vector => vector.Length != index.Dimensions))
            throw new ModelException(ModelErrors.BadAnswer,
                $"{index.Embedding} answered {texts.Count} texts with {vectors.Count} vectors, not all of {index.Dimensions} dimensions.");
        return vectors;
    }
}
