namespace Colloquy.Knowledge.Collections;

/// <summary>Writes a batch into the indexes and the store, in the one order in which a crash loses nothing.</summary>
internal sealed class CollectionWriting(KnowledgePorts ports, string tenant, string id)
{
    /// <summary>The index first, the document last: until it is kept, its old hash has the run come back and write it again.</summary>
    public async Task Write(CollectionState state, PassageBatch batch)
    {
        var documents = batch.Builds is null ? batch.Documents : await Unchanged(batch.Documents);
        if (documents.Count == 0)
            return;
        foreach (var index in Indexes(state).Where(index => batch.Builds is null || index.Generation == batch.Builds))
            await ports.Index.Replace(
                Scope(index), [.. documents.Select(document => Indexed(document, index.Generation))], CancellationToken.None);
        var generation = Indexes(state).Max(index => index.Generation);
        await ports.Documents.Put(tenant, id, [.. documents.Select(document => new StoredDocument(
            document.Id, document.Title, document.MediaType, document.Hash, document.Text, document.Text.Length,
            document.Chunks.Length, generation, document.Fields, document.IngestedAt))], CancellationToken.None);
        ports.Versions.Raise(tenant, id);
    }

    public async Task Remove(CollectionState state, string document)
    {
        foreach (var index in Indexes(state))
            await ports.Index.Remove(Scope(index), [document], CancellationToken.None);
        await ports.Documents.Remove(tenant, id, document, CancellationToken.None);
        ports.Versions.Raise(tenant, id);
    }

    public async Task Drop(DroppedIndex index) =>
        await ports.Index.Drop(new(tenant, id, index.Generation, index.Dimensions), CancellationToken.None);

    public async Task DropAll(CollectionState state)
    {
        foreach (var index in Indexes(state))
            await ports.Index.Drop(Scope(index), CancellationToken.None);
        foreach (var index in state.Drops)
            await Drop(index);
        await ports.Documents.Drop(tenant, id, CancellationToken.None);
        ports.Versions.Raise(tenant, id);
    }

    /// <summary>The indexes that a document must stand in.</summary>
    public static IReadOnlyList<CollectionIndex> Indexes(CollectionState state) =>
        state.Index is not { } index ? [] : state.Building is { } building ? [index, building] : [index];

    private IndexScope Scope(CollectionIndex index) => new(tenant, id, index.Generation, index.Dimensions);

    private async Task<IReadOnlyList<PassageDocument>> Unchanged(IReadOnlyList<PassageDocument> documents)
    {
        var unchanged = new List<PassageDocument>();
        foreach (var document in documents)
            if (await ports.Documents.Find(tenant, id, document.Id, CancellationToken.None) is { } stored
                && stored.Hash == document.Hash && stored.IngestedAt == document.IngestedAt)
                unchanged.Add(document);
        return unchanged;
    }

    private static IndexedDocument Indexed(PassageDocument document, int generation)
    {
        var vectors = document.Vectors.First(one => one.Generation == generation).Vectors;
        return new(document.Id, document.Title, document.Fields, [.. document.Chunks.Select((chunk, at) => new IndexedChunk(
            chunk.Heading, chunk.Start, document.Text.Substring(chunk.Start, chunk.Length), vectors[at]))]);
    }
}
