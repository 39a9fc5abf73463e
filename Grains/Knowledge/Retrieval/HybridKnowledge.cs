using System.Collections.Immutable;
using Colloquy.Embeddings;
using Colloquy.Kernel;
using Colloquy.Tenants;

namespace Colloquy.Knowledge.Retrieval;

/// <summary>
/// Looks things up in shipped notes and in a tenant's collections: every scope is searched by words and by vectors, side by side;
/// ranks are fused, fields weigh in, and of what says the same only the best is given.
/// </summary>
/// <remarks>
/// What nobody changed for a few seconds is answered from memory: a change made by this silo is seen at once, one made by another
/// after <see cref="KnowledgeLimits.AnswerAge"/> at the latest.
/// </remarks>
internal sealed class HybridKnowledge(IGrainFactory grains, KnowledgePorts ports) : IKnowledge
{
    /// <summary>Candidates of each list: enough that fusion and diversity have a choice.</summary>
    private const int PoolMin = 50;

    /// <summary>Who shares no word with the question must be at least so near to it. Unrelated texts lie below it in all models that
    /// Colloquy knows; where they do not, words decide.</summary>
    private const double CosineMin = 0.3;

    private readonly NoteIndex _notes = new(ports);
    private readonly RetrievalCache _cache = new(ports);

    public Task<IReadOnlyList<Passage>> Search(string tenant, KnowledgeQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var asked = query with
        {
            Text = Texts.First(query.Text, KnowledgeQuery.TextCharacters),
            Filter = KnowledgeFilters.Clean(query.Filter ?? KnowledgeFilter.None),
            Collections = [.. query.Collections.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        return asked.Limit <= 0 || asked.Collections.IsEmpty || string.IsNullOrWhiteSpace(asked.Text)
            ? Task.FromResult<IReadOnlyList<Passage>>([])
            : _cache.Answer(tenant, asked, all => Find(tenant, asked, all), cancellation);
    }

    public async Task<DocumentView?> Find(string tenant, string documentId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (NoteLibrary.Shipped.Find(documentId) is { } note)
            return note;
        if (!ports.HasIndex || documentId.Split(':', 2) is not [var collection, { Length: > 0 } id]
            || !TenantKey.IsName(collection))
            return null;
        return await ports.Documents.Find(tenant, collection, id, cancellation) is { } stored
            ? new(documentId, stored.Title, collection, stored.Text, stored.Fields) : null;
    }

    private async Task<IReadOnlyList<Passage>> Find(string tenant, KnowledgeQuery query, CancellationToken cancellation)
    {
        var (shipped, own) = await Scopes(tenant, query, cancellation);
        var (filter, pool) = (query.Filter!, Math.Max(PoolMin, query.Limit * 2));
        var names = own.Select(view => view.Embedding).Distinct(StringComparer.Ordinal).ToList();
        var noteModel = shipped.Length > 0 ? _notes.Embedder : null;
        if (noteModel is not null && !names.Contains(noteModel.Name, StringComparer.Ordinal))
            names.Add(noteModel.Name);
        var vectors = new Dictionary<string, ReadOnlyMemory<float>>(StringComparer.Ordinal);
        foreach (var name in names)
            vectors[name] = await Embed(name, query.Text, cancellation);

        var answers = await Task.WhenAll(own.Select(view => Search(tenant, view, vectors[view.Embedding], query, filter, pool,
            cancellation)));
        var words = answers.SelectMany(answer => answer.Words)
            .Concat(shipped.Length > 0 ? NoteIndex.ByWords(shipped, query.Text, filter, pool) : []);
        var near = answers.Select(answer => (answer.Embedding, Found: answer.Vectors)).ToList();
        if (noteModel is not null)
            near.Add((noteModel.Name, await _notes.ByVector(shipped, vectors[noteModel.Name], filter, pool, cancellation)));
        var fused = RankFusion.Fuse(words, near.GroupBy(one => one.Embedding, StringComparer.Ordinal)
            .Select(model => model.SelectMany(one => one.Found)));

        var today = DateOnly.FromDateTime(ports.Now.UtcDateTime);
        var ranked = fused.Where(one => one.WordRank is not null || one.Cosine >= CosineMin)
            .Select(one => one with { Boost = DomainBoost.Of(one.Domain, one.Passage.Fields, today) })
            .OrderByDescending(one => one.Score).ThenBy(one => one.Key, StringComparer.Ordinal).Take(pool).ToList();
        return [.. Diversity.Choose(Overlaps.Trim(ranked), query.Limit).Select(one => one.ToPassage(query.Explain))];
    }

    /// <summary>Shipped collections by name, and own ones as they are now; a name that nobody knows holds nothing.</summary>
    private async Task<(string[] Shipped, CollectionView[] Own)> Scopes(
        string tenant, KnowledgeQuery query, CancellationToken cancellation)
    {
        var shipped = query.Collections.Where(name => NoteLibrary.Shipped.Collections.Contains(name)).ToArray();
        var own = ports.HasIndex ? query.Collections.Except(shipped, StringComparer.Ordinal).Where(TenantKey.IsName) : [];
        var views = await Task.WhenAll(own.Select(name => _cache.View(tenant, name,
            () => grains.GetGrain<ICollectionGrain>(TenantKey.For(tenant, name)).View(), cancellation)));
        return (shipped, [.. views.OfType<CollectionView>()]);
    }

    private async Task<ReadOnlyMemory<float>> Embed(string name, string text, CancellationToken cancellation)
    {
        var made = await ports.Embedders.Resolve(name).Client.GenerateAsync([text], options: null, cancellation);
        return made[0].Vector;
    }

    private async Task<(string Embedding, IEnumerable<Candidate> Words, IEnumerable<Candidate> Vectors)> Search(
        string tenant, CollectionView view, ReadOnlyMemory<float> vector, KnowledgeQuery query, KnowledgeFilter filter, int pool,
        CancellationToken cancellation)
    {
        // A model that answers with other vectors than it did is no reason to find nothing.
        var usable = vector.Length == view.Dimensions ? vector : ReadOnlyMemory<float>.Empty;
        var answer = await ports.Index.Search(
            new(tenant, view.Id, view.Generation, view.Dimensions), new(query.Text, usable, filter, pool), cancellation);
        return (view.Embedding, answer.Words.Select(hit => Of(hit) with { WordScore = hit.Score }),
            answer.Vectors.Select(hit => Of(hit) with { Cosine = hit.Score }));

        Candidate Of(IndexHit hit) => new($"{view.Id}:{hit.DocumentId}/{hit.Number:D6}",
            new($"{view.Id}:{hit.DocumentId}", hit.Title, hit.Heading, hit.Text, hit.Start, 0, hit.Fields), view.Domain);
    }
}
