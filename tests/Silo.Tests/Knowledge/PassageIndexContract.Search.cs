using Colloquy.Knowledge;
using static Colloquy.Tests.Knowledge.TestPassages;

namespace Colloquy.Tests.Knowledge;

// Ranking, exactness, and input that is empty, long, strange or wrong.
public abstract partial class PassageIndexContract
{
    [Fact]
    public async Task A_rare_word_weighs_more_than_a_common_one_and_the_title_counts()
    {
        await Replace(
            Document("both", "Note", "warfarin and device together"), Document("rare", "Note", "warfarin alone in here"),
            Document("titled", "Warfarin", "nothing else in here"),
            Document("c1", "Note", "device one here now"), Document("c2", "Note", "device two here now"),
            Document("c3", "Note", "device three here now"), Document("c4", "Note", "valve and graft now"));

        var found = (await Search(Query("warfarin device"))).Words.Select(hit => hit.DocumentId).ToList();

        Assert.Equal("both", found[0]);
        Assert.Equal(["rare", "titled"], found.Skip(1).Take(2).Order());
        Assert.Equal(["c1", "c2", "c3"], found.Skip(3).Order());
    }

    [Fact]
    public async Task Words_meet_by_their_stems_whatever_their_case()
    {
        await Replace(Document("a", "One", "Monitoring of ANTICOAGULATED patients"), Document("b", "Two", "stent"));

        Assert.Equal("a", Assert.Single((await Search(Query("monitored patient"))).Words).DocumentId);
    }

    [Fact]
    public async Task A_word_that_every_chunk_holds_still_finds_them()
    {
        await Replace([.. Enumerable.Range(0, 30).Select(n => Document($"d{n}", "Note", $"device number{n}"))]);

        var answer = await Search(Query("device", limit: 20));

        Assert.Equal(20, answer.Words.Count);
        Assert.All(answer.Words, hit => Assert.True(hit.Score > 0));
    }

    [Fact]
    public async Task The_nearest_chunks_are_exactly_those_of_a_full_comparison()
    {
        var random = new Random(3);
        var documents = Enumerable.Range(0, 300).Select(n => new IndexedDocument($"d{n}", "Note", DocumentFields.None,
            [.. Enumerable.Range(0, 4).Select(at => new IndexedChunk("", at, $"text {n} {at}", Unit(random)))])).ToList();
        await Replace([.. documents]);

        foreach (var limit in (int[])[1, 10, 50])
        {
            for (var round = 0; round < 10; round++)
            {
                var query = Query(Unit(random), limit);
                var (expected, found) = (PassageReference.Nearest(documents, "notes", query), (await Search(query)).Vectors);
                Assert.Equal(expected.Select(hit => (hit.Document, hit.Number)), found.Select(hit => (hit.DocumentId, hit.Number)));
                Assert.Equal(expected.Select(hit => hit.Score), found.Select(hit => hit.Score), (a, b) => Math.Abs(a - b) < 1e-5);
            }
        }
    }

    [Fact]
    public async Task Near_twins_are_told_apart()
    {
        var (random, base_) = (new Random(4), VectorOf("base"));
        var documents = Enumerable.Range(0, 200).Select(n =>
        {
            var vector = base_.Select(value => value + (float)((random.NextDouble() - 0.5) * 0.002)).ToArray();
            var length = Math.Sqrt(vector.Sum(value => (double)value * value));
            return new IndexedDocument($"d{n}", "Note", DocumentFields.None,
                [new IndexedChunk("", 0, $"text {n}", vector.Select(value => (float)(value / length)).ToArray())]);
        }).ToList();
        await Replace([.. documents]);

        var query = Query(base_, limit: 10);
        var expected = PassageReference.Nearest(documents, "notes", query);

        Assert.Equal(expected.Select(hit => hit.Score), (await Search(query)).Vectors.Select(hit => hit.Score),
            (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public async Task An_empty_or_zero_vector_makes_no_search_by_vectors_and_an_empty_text_none_by_words()
    {
        await Replace(Document("a", "One", "warfarin"));

        Assert.Empty((await Search(new IndexQuery("warfarin", default, KnowledgeFilter.None, 10))).Vectors);
        Assert.Empty((await Search(new IndexQuery("warfarin", new float[Dimensions], KnowledgeFilter.None, 10))).Vectors);
        Assert.Single((await Search(new IndexQuery("warfarin", default, KnowledgeFilter.None, 10))).Words);
        foreach (var text in (string[])["", "   ", "the of and", "?!", "\0"])
            Assert.Empty((await Search(new IndexQuery(text, VectorOf("x"), KnowledgeFilter.None, 10))).Words);
    }

    [Fact]
    public async Task A_chunk_with_the_zero_vector_is_found_by_words_only()
    {
        await Replace(new IndexedDocument("a", "One", DocumentFields.None,
            [new IndexedChunk("", 0, "warfarin", new float[Dimensions]), new IndexedChunk("", 9, "", VectorOf("x"))]));

        Assert.Equal(2, await _index.Count(Scope, "a", default));
        Assert.Equal([0], (await Search(new IndexQuery("warfarin", VectorOf("x"), KnowledgeFilter.None, 10)))
            .Words.Select(hit => hit.Number));
        Assert.Equal([1], (await Search(Query(VectorOf("x")))).Vectors.Select(hit => hit.Number));
    }

    [Fact]
    public async Task A_vector_of_another_length_is_refused_with_both_lengths_and_nothing_is_written()
    {
        IndexedDocument[] mixed = [Document("a", "One", "warfarin"), new("b", "Two", DocumentFields.None,
            [new IndexedChunk("", 0, "warfarin", new float[] { 1, 0, 0 })])];

        var write = await Assert.ThrowsAsync<ArgumentException>(() => Replace(mixed));
        var read = await Assert.ThrowsAsync<ArgumentException>(() => Search(Query(new float[] { 1, 0, 0 })));

        foreach (var refusal in (Exception[])[write, read])
        {
            Assert.Contains("3", refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"{Dimensions}", refusal.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, await _index.Count(Scope, null, default));
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public async Task A_vector_with_what_is_no_number_is_refused(float rubbish)
    {
        var vector = VectorOf("x");
        vector[5] = rubbish;

        await Assert.ThrowsAsync<ArgumentException>(() => Replace(new IndexedDocument(
            "a", "One", DocumentFields.None, [new IndexedChunk("", 0, "warfarin", vector)])));
        await Assert.ThrowsAsync<ArgumentException>(() => Search(Query(vector)));
        Assert.Equal(0, await _index.Count(Scope, null, default));
    }

    [Fact]
    public async Task Texts_and_queries_of_a_megabyte_are_served()
    {
        var random = new Random(5);
        var longText = "warfarin " + Words(random, 130_000);
        await Replace(Document("long", "Long", longText), Document("word", "One word", new string('x', 1_000_000)),
            Document("short", "Short", "warfarin"));

        Assert.Equal(["long", "short"], (await Search(Query("warfarin"))).Words.Select(hit => hit.DocumentId).Order());
        Assert.Equal(longText, (await Search(Query(VectorOf(longText), limit: 1))).Vectors[0].Text);
        Assert.Contains("long", (await Search(new IndexQuery(longText, default, KnowledgeFilter.None, 3)))
            .Words.Select(hit => hit.DocumentId));
        Assert.Single((await Search(new IndexQuery(new string('x', 1_000_000), default, KnowledgeFilter.None, 3))).Words);
    }

    [Theory]
    [InlineData("Überdosierung von Äpfeln", "überdosierung")]
    [InlineData("心房颤动患者的抗凝治疗", "抗凝")]
    [InlineData("Приём варфарина ежедневно", "варфарина")]
    [InlineData("दवा की खुराक", "खुराक")]
    [InlineData("tablets 😀 daily", "😀")]
    [InlineData("half \ud83d pair", "half")]
    public async Task Words_of_every_script_are_found(string text, string word)
    {
        await Replace(Document("a", "One", text), Document("b", "Two", "something else"));

        Assert.Equal("a", Assert.Single((await Search(Query(word))).Words).DocumentId);
    }

    [Theory]
    [InlineData("warfarin\" OR \"stent")]
    [InlineData("text : warfarin NOT stent")]
    [InlineData("warf*")]
    [InlineData("NEAR(warfarin stent)")]
    [InlineData("'; DROP TABLE chunk; --")]
    [InlineData("^warfarin + - ( ) { } [ ] ~ !")]
    public async Task A_query_is_words_and_never_syntax(string text)
    {
        await Replace(Document("a", "One", "warfarin"), Document("b", "Two", "stent"));

        IndexedDocument[] documents = [Document("a", "One", "warfarin"), Document("b", "Two", "stent")];
        var expected = PassageReference.Sharing(documents, "notes", Query(text));
        var found = (await Search(Query(text))).Words.Select(hit => (hit.DocumentId, hit.Number)).ToHashSet();

        Assert.Equal(expected, found);
        Assert.Equal(2, await _index.Count(Scope, null, default));
    }
}
