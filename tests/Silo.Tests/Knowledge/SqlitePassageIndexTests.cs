using Colloquy.Knowledge;
using Colloquy.Storage;
using static Colloquy.Tests.Knowledge.TestPassages;

namespace Colloquy.Tests.Knowledge;

/// <summary>The embedded index: what all indexes promise, and what it keeps in its file and in memory.</summary>
public sealed class SqlitePassageIndexTests : PassageIndexContract
{
    private readonly TempDirectory _directory = new();
    private SqliteDatabase? _database;

    [Fact]
    public async Task What_is_in_memory_is_made_anew_from_the_rows()
    {
        var (documents, index) = (Corpus(seed: 5, documents: 60), Reopen());
        await index.Replace(Scope, documents, default);
        await index.Remove(Scope, ["d0003", "d0004"], default);
        var before = await index.Search(Scope, Query("aspirin warfarin", limit: 50), default);

        var after = await Reopen().Search(Scope, Query("aspirin warfarin", limit: 50), default);

        Assert.Equal(Told(before.Words), Told(after.Words));
        Assert.Equal(Told(before.Vectors), Told(after.Vectors));
    }

    [Fact]
    public async Task An_index_with_no_memory_for_vectors_answers_the_same()
    {
        var documents = Corpus(seed: 6, documents: 60);
        var (rich, cache) = (Reopen(), new VectorCache(bytesMax: 0));
        var poor = new SqlitePassageIndex(_database!, cache);
        await rich.Replace(Scope, documents, default);

        foreach (var text in (string[])["aspirin", "warfarin valve", "stent"])
        {
            var expected = await rich.Search(Scope, Query(text), default);
            var found = await poor.Search(Scope, Query(text), default);
            Assert.Equal(Told(expected.Words), Told(found.Words));
            Assert.Equal(Told(expected.Vectors), Told(found.Vectors));
        }

        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public async Task Chunks_that_were_replaced_again_and_again_take_no_memory_for_ever()
    {
        var cache = new VectorCache(long.MaxValue);
        Reopen();
        var index = new SqlitePassageIndex(_database!, cache);
        var held = new List<long>();
        for (var round = 0; round < 12; round++)
        {
            await index.Replace(Scope, Corpus(seed: round, documents: 200), default);
            var answer = await index.Search(Scope, Query("aspirin", limit: 50), default);
            Assert.Equal(50, answer.Vectors.Count);
            held.Add(cache.Bytes);
        }

        Assert.True(held.Max() < 6 * held[0], string.Join(' ', held));
    }

    [Fact]
    public async Task A_dropped_scope_leaves_no_row_no_word_and_no_vector()
    {
        var cache = new VectorCache(long.MaxValue);
        Reopen();
        var index = new SqlitePassageIndex(_database!, cache);
        await index.Replace(Scope, Corpus(seed: 1, documents: 400), default);
        await index.Search(Scope, Query("aspirin"), default);
        Assert.True(cache.Bytes > 0);
        await index.Drop(Scope, default);

        Assert.Equal(0, cache.Bytes);
        await AssertEmptyTables();
    }

    [Fact]
    public async Task Removed_documents_leave_no_row_no_word_and_no_vector()
    {
        var index = Reopen();
        var documents = Corpus(seed: 1, documents: 50);
        await index.Replace(Scope, documents, default);
        await index.Remove(Scope, [.. documents.Select(document => document.Id)], default);

        await AssertEmptyTables();
    }

    [Fact]
    public async Task A_sweep_that_a_crash_ended_is_finished_by_the_next_drop()
    {
        var index = Reopen();
        await index.Replace(Scope, Corpus(seed: 1, documents: 50), default);
        // What Drop does first; then the process dies.
        await _database!.Write(session => PassageSweep.Begin(session, Scope), default);

        index = Reopen();
        Assert.Equal(0, await index.Count(Scope, null, default));
        await index.Drop(Scope, default);

        await AssertEmptyTables();
    }

    [Fact]
    public async Task The_commonest_words_of_a_query_are_left_out_when_rarer_ones_exist()
    {
        var index = Reopen();
        // "device" alone has more places than one search reads.
        var text = string.Join(' ', Enumerable.Repeat("device", 700));
        var documents = Enumerable.Range(0, 100).Select(n => Document($"d{n}", "Note", $"rare{n / 2} {text}")).ToList();
        await index.Replace(Scope, documents, default);

        var both = await index.Search(Scope, Query("device rare7", limit: 50), default);
        var alone = await index.Search(Scope, Query("device", limit: 50), default);

        Assert.Equal(["d14", "d15"], both.Words.Select(hit => hit.DocumentId).Order());
        Assert.Equal(50, alone.Words.Count);
    }

    [Fact]
    public async Task A_scope_keeps_the_dimensions_that_it_began_with()
    {
        var index = Reopen();
        await index.Replace(Scope, [Document("a", "One", "warfarin")], default);

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => index.Search(Scope with { Dimensions = 3 }, new IndexQuery("warfarin", default, KnowledgeFilter.None, 1), default));

        Assert.Contains("24", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recall_over_five_thousand_chunks_is_one()
    {
        var (random, index) = (new Random(8), Reopen());
        var documents = Enumerable.Range(0, 1_250).Select(n => new IndexedDocument($"d{n:d4}", Words(random, 3), Fields(random),
            [.. Enumerable.Range(0, 4).Select(at => new IndexedChunk("", at, Words(random, 12), Unit(random)))])).ToList();
        foreach (var batch in documents.Chunk(250))
            await index.Replace(Scope, batch, default);

        for (var round = 0; round < 60; round++)
        {
            var query = new IndexQuery(Words(random, 4), Unit(random), round % 2 == 0 ? KnowledgeFilter.None : Filter(random), 10);
            var found = (await index.Search(Scope, query, default)).Vectors.Select(hit => (hit.DocumentId, hit.Number));
            Assert.Equal(PassageReference.Nearest(documents, "notes", query).Select(hit => (hit.Document, hit.Number)), found);
        }
    }

    protected override Task<IPassageIndex> Open() => Task.FromResult<IPassageIndex>(Reopen());

    protected override Task Close()
    {
        _database?.Dispose();
        _directory.Dispose();
        return Task.CompletedTask;
    }

    private SqlitePassageIndex Reopen()
    {
        _database?.Dispose();
        _database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path }, SqliteFile.Knowledge);
        return new SqlitePassageIndex(_database, new VectorCache(long.MaxValue));
    }

    private async Task AssertEmptyTables()
    {
        foreach (var table in (string[])["dropped_scope", "passage_document", "passage_tag", "chunk", "vector", "word", "word_place"])
            Assert.Equal(0L, await _database!.Read(session => session.Find($"SELECT count(*) FROM {table}"), default));
    }

    private static IEnumerable<(string, int, double)> Told(IEnumerable<IndexHit> hits) =>
        hits.Select(hit => (hit.DocumentId, hit.Number, hit.Score));
}
