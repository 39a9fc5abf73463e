using Colloquy.Knowledge;
using static Colloquy.Tests.Knowledge.TestPassages;

namespace Colloquy.Tests.Knowledge;

/// <summary>What every passage index promises. A suite of one index derives from it and says how to open that index.</summary>
public abstract partial class PassageIndexContract : IAsyncLifetime
{
    private IPassageIndex _index = null!;

    /// <summary>An index that holds nothing.</summary>
    protected abstract Task<IPassageIndex> Open();

    /// <summary>Gives up what <see cref="Open"/> took.</summary>
    protected abstract Task Close();

    public async Task InitializeAsync() => _index = await Open();

    public Task DisposeAsync() => Close();

    [Fact]
    public async Task A_chunk_is_found_by_its_words_and_by_its_vector_with_its_place_and_fields()
    {
        var fields = new DocumentFields("2", "adults", "eu", "en", new DateOnly(2024, 5, 1), Url: "https://example.org/a");
        IndexedChunk[] chunks =
        [
            new("Dosing", 10, "Nothing of interest.", VectorOf("first")),
            new("Dosing > Adults", 42, "Warfarin needs monitoring.", VectorOf("second")),
        ];
        await Replace(new IndexedDocument("a", "Anticoagulants", fields, chunks));

        var answer = await Search(new IndexQuery("warfarin", VectorOf("second"), KnowledgeFilter.None, 10));

        var byWord = Assert.Single(answer.Words);
        Assert.Equal(("a", 1, "Anticoagulants", "Dosing > Adults", 42, "Warfarin needs monitoring.", fields),
            (byWord.DocumentId, byWord.Number, byWord.Title, byWord.Heading, byWord.Start, byWord.Text, byWord.Fields));
        Assert.True(byWord.Score > 0);
        Assert.Equal([1, 0], answer.Vectors.Select(hit => hit.Number));
        Assert.Equal(1, answer.Vectors[0].Score, 1e-5);
    }

    [Fact]
    public async Task A_scope_that_is_not_there_has_nothing_and_can_be_removed_from()
    {
        await _index.Remove(Scope, ["a"], default);
        await _index.Drop(Scope, default);

        Assert.Equal(0, await _index.Count(Scope, null, default));
        Assert.Equal(0, await _index.Count(Scope, "a", default));
        AssertEmpty(await Search(Query("warfarin")));
    }

    [Fact]
    public async Task A_document_that_comes_again_takes_the_place_of_itself()
    {
        await Replace(Document("a", "First", "aspirin one", "aspirin two", "aspirin three"), Document("b", "Other", "heparin"));
        await Replace(Document("a", "Second", "warfarin one"));

        Assert.Equal(2, await _index.Count(Scope, null, default));
        Assert.Equal(1, await _index.Count(Scope, "a", default));
        Assert.Empty((await Search(Query("aspirin"))).Words);
        Assert.Empty((await Search(Query("first"))).Words);
        Assert.Equal("Second", Assert.Single((await Search(Query("warfarin"))).Words).Title);
        Assert.Equal(["a", "b"], (await Search(Query("x", limit: 50))).Vectors.Select(hit => hit.DocumentId).Order());
    }

    [Fact]
    public async Task Fields_alone_may_change()
    {
        await Replace(Document("a", "One", "warfarin"));
        await Replace(Document("a", "One", new DocumentFields(IsRetracted: true), "warfarin"));

        AssertEmpty(await Search(Query("warfarin")));
        Assert.Single((await Search(Query("warfarin", filter: new KnowledgeFilter(IncludeRetracted: true)))).Words);
    }

    [Fact]
    public async Task A_repeat_changes_nothing()
    {
        IndexedDocument[] documents = [Document("a", "One", "aspirin", "warfarin"), Document("b", "Two", "warfarin")];
        await Replace(documents);
        var before = await Search(Query("warfarin aspirin"));
        await Replace(documents);
        await _index.Remove(Scope, ["c"], default);
        await _index.Remove(Scope, ["c"], default);

        Assert.Equal(3, await _index.Count(Scope, null, default));
        AssertSame(before, await Search(Query("warfarin aspirin")));
    }

    [Fact]
    public async Task Removed_documents_are_found_no_more()
    {
        await Replace(Document("a", "One", "aspirin", "warfarin"), Document("b", "Two", "warfarin"), Document("c", "Three", "stent"));
        await _index.Remove(Scope, ["a", "c", "never there"], default);

        Assert.Equal(1, await _index.Count(Scope, null, default));
        Assert.Equal(0, await _index.Count(Scope, "a", default));
        var answer = await Search(Query("aspirin warfarin stent", limit: 50));
        Assert.Equal(["b"], answer.Words.Select(hit => hit.DocumentId));
        Assert.Equal(["b"], answer.Vectors.Select(hit => hit.DocumentId));
    }

    [Fact]
    public async Task A_document_without_chunks_is_a_document_removed()
    {
        await Replace(Document("a", "One", "aspirin"));
        await Replace(Document("a", "One"));

        Assert.Equal(0, await _index.Count(Scope, null, default));
        AssertEmpty(await Search(Query("aspirin one")));
    }

    [Fact]
    public async Task A_dropped_scope_is_empty_and_may_be_filled_again()
    {
        await Replace([.. Corpus(seed: 1, documents: 40)]);
        await _index.Drop(Scope, default);
        await _index.Drop(Scope, default);

        Assert.Equal(0, await _index.Count(Scope, null, default));
        AssertEmpty(await Search(Query("aspirin warfarin", limit: 50, new KnowledgeFilter(IncludeRetracted: true))));

        await Replace(Document("a", "One", "aspirin"));
        Assert.Equal(1, await _index.Count(Scope, null, default));
        Assert.Single((await Search(Query("aspirin", limit: 50))).Vectors);
    }

    [Fact]
    public async Task Every_step_of_a_long_random_life_is_answered_as_if_the_documents_were_a_list()
    {
        var (random, kept) = (new Random(7), new SortedDictionary<string, IndexedDocument>(StringComparer.Ordinal));
        for (var step = 0; step < 40; step++)
        {
            var documents = Corpus(seed: step, documents: 90).OrderBy(_ => random.Next()).Take(random.Next(1, 8)).ToArray();
            if (random.Next(3) > 0)
            {
                await Replace(documents);
                foreach (var document in documents)
                    kept[document.Id] = document;
            }
            else
            {
                await _index.Remove(Scope, [.. documents.Select(document => document.Id)], default);
                foreach (var document in documents)
                    kept.Remove(document.Id);
            }

            await AssertAsReference(kept.Values, Query(Words(random, 4), limit: random.Next(1, 30), Filter(random)));
            Assert.Equal(kept.Values.Sum(document => document.Chunks.Count), await _index.Count(Scope, null, default));
        }
    }

    [Fact]
    public async Task Readers_see_whole_documents_while_writers_replace_them()
    {
        var versions = Enumerable.Range(0, 30).Select(n => Document("a", $"Version {n}",
            [.. Enumerable.Range(0, 5).Select(chunk => $"heparin version{n} chunk{chunk}")])).ToList();
        await Replace(versions[0]);
        await Replace([.. Corpus(seed: 2, documents: 50)]);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var seen = 0;
            while (!done.IsCancellationRequested || seen == 0)
            {
                var found = (await Search(Query("heparin", filter: new KnowledgeFilter(Documents: ["notes:a"])))).Vectors;
                Assert.Equal(5, found.Count);
                Assert.Single(found.Select(hit => hit.Title).Distinct());
                Assert.Equal([0, 1, 2, 3, 4], found.Select(hit => hit.Number).Order());
                seen++;
            }
        })).ToList();
        foreach (var version in versions)
            await Replace(version);
        await done.CancelAsync();
        await Task.WhenAll(readers);

        Assert.Equal("Version 29", (await Search(Query("version29"))).Words[0].Title);
    }

    private Task Replace(params IndexedDocument[] documents) => _index.Replace(Scope, documents, default);

    private Task<IndexAnswer> Search(IndexQuery query) => _index.Search(Scope, query, default);

    private async Task AssertAsReference(IEnumerable<IndexedDocument> documents, IndexQuery query)
    {
        var all = documents.ToList();
        var answer = await Search(query);

        var nearest = PassageReference.Nearest(all, Scope.Collection, query);
        Assert.Equal(nearest.Select(hit => hit.Score), answer.Vectors.Select(hit => hit.Score), (a, b) => Math.Abs(a - b) < 1e-5);
        var sharing = PassageReference.Sharing(all, Scope.Collection, query);
        Assert.Equal(Math.Min(sharing.Count, query.Limit), answer.Words.Count);
        Assert.Subset(sharing, answer.Words.Select(hit => (hit.DocumentId, hit.Number)).ToHashSet());
        AssertTrue(all, answer.Words.Concat(answer.Vectors));
        AssertFalling(answer.Words);
    }

    /// <summary>Whatever is found stands in the documents as it is told.</summary>
    private static void AssertTrue(IEnumerable<IndexedDocument> documents, IEnumerable<IndexHit> hits)
    {
        var byId = documents.ToDictionary(document => document.Id);
        foreach (var hit in hits)
        {
            var (document, chunk) = (byId[hit.DocumentId], byId[hit.DocumentId].Chunks[hit.Number]);
            Assert.Equal((document.Title, chunk.Heading, chunk.Start, chunk.Text), (hit.Title, hit.Heading, hit.Start, hit.Text));
            Assert.Equal(document.Fields with { Tags = null }, hit.Fields with { Tags = null });
            Assert.Equal(document.Fields.Tags?.ToList() ?? [], hit.Fields.Tags?.ToList() ?? []);
        }
    }

    private static void AssertFalling(IReadOnlyList<IndexHit> hits) =>
        Assert.Equal(hits.Select(hit => hit.Score).OrderDescending(), hits.Select(hit => hit.Score));

    private static void AssertEmpty(IndexAnswer answer) => Assert.Empty(answer.Words.Concat(answer.Vectors));

    private static void AssertSame(IndexAnswer expected, IndexAnswer actual)
    {
        static IEnumerable<(string, int, double)> Told(IEnumerable<IndexHit> hits) =>
            hits.Select(hit => (hit.DocumentId, hit.Number, Math.Round(hit.Score, 5)));
        Assert.Equal(Told(expected.Words), Told(actual.Words));
        Assert.Equal(Told(expected.Vectors), Told(actual.Vectors));
    }
}
