using System.Collections.Immutable;
using Colloquy.Knowledge;
using FsCheck;
using FsCheck.Fluent;
using static Colloquy.Tests.Knowledge.TestPassages;

namespace Colloquy.Tests.Knowledge;

// Filters, and scopes that know nothing of each other.
public abstract partial class PassageIndexContract
{
    private static readonly DocumentFields Full = new("2", "adults", "eu", "en", new DateOnly(2024, 3, 1), Tags:
        ImmutableSortedDictionary<string, string>.Empty.Add("topic", "heart").Add("owner", "ada"));

    public static TheoryData<string, KnowledgeFilter, bool> Alone => new()
    {
        { "evidence equal", new(EvidenceAtLeast: "2"), true },
        { "evidence better", new(EvidenceAtLeast: "4"), true },
        { "evidence too weak", new(EvidenceAtLeast: "1"), false },
        { "population", new(Populations: ["children", "adults"]), true },
        { "other population", new(Populations: ["children"]), false },
        { "jurisdiction", new(Jurisdictions: ["eu"]), true },
        { "other jurisdiction", new(Jurisdictions: ["us", "int"]), false },
        { "language", new(Languages: ["en"]), true },
        { "other language", new(Languages: ["de"]), false },
        { "from that day", new(PublishedFrom: new DateOnly(2024, 3, 1)), true },
        { "from the next day", new(PublishedFrom: new DateOnly(2024, 3, 2)), false },
        { "until that day", new(PublishedUntil: new DateOnly(2024, 3, 1)), true },
        { "until the day before", new(PublishedUntil: new DateOnly(2024, 2, 29)), false },
        { "document", new(Documents: ["notes:a", "notes:b"]), true },
        { "other document", new(Documents: ["notes:b"]), false },
        { "document of another collection", new(Documents: ["other:a"]), false },
        { "document without its collection", new(Documents: ["a"]), false },
        { "tag", new(Tags: Full.Tags!.Remove("owner")), true },
        { "all tags", new(Tags: Full.Tags), true },
        { "one tag differs", new(Tags: Full.Tags!.SetItem("owner", "bo")), false },
        { "one tag more", new(Tags: Full.Tags!.Add("more", "")), false },
        { "empty lists", new(Populations: [], Jurisdictions: [], Languages: [], Documents: [], Tags: Full.Tags!.Clear()), true },
        { "a value with a quote", new(Populations: ["adults' OR '1' = '1", "\"", "\\", "\0"]), false },
    };

    [Theory, MemberData(nameof(Alone))]
    public async Task Each_field_filters_alone(string name, KnowledgeFilter filter, bool passes)
    {
        await Replace(Document("a", "One", Full, "warfarin"), Document("plain", "Two", "warfarin"));

        var answer = await Search(Query("warfarin", filter: filter));

        Assert.True(passes == answer.Words.Any(hit => hit.DocumentId == "a"), name);
        Assert.True(passes == answer.Vectors.Any(hit => hit.DocumentId == "a"), name);
        // What a document does not state it does not match.
        Assert.True(name is "empty lists" == answer.Words.Any(hit => hit.DocumentId == "plain"), name);
    }

    [Fact]
    public async Task Retracted_documents_are_found_only_if_asked_for()
    {
        await Replace(Document("a", "One", new DocumentFields(IsRetracted: true), "warfarin"));

        AssertEmpty(await Search(Query("warfarin")));
        var asked = await Search(Query("warfarin", filter: new KnowledgeFilter(IncludeRetracted: true)));
        Assert.True(Assert.Single(asked.Words).Fields.IsRetracted);
        Assert.Single(asked.Vectors);
    }

    [Fact]
    public async Task Filters_come_before_the_limit()
    {
        var query = VectorOf("query");
        await Replace([.. Enumerable.Range(0, 60).Select(n => new IndexedDocument($"near{n}", "Warfarin", DocumentFields.None,
            [new IndexedChunk("", 0, "warfarin warfarin", query)]))]);
        await Replace(new IndexedDocument("far", "One", Full,
            [new IndexedChunk("", 0, "a long text that says warfarin once among other words", query.Select(x => -x).ToArray())]));

        var answer = await Search(new IndexQuery("warfarin", query, new KnowledgeFilter(Jurisdictions: ["eu"]), 3));

        Assert.Equal("far", Assert.Single(answer.Words).DocumentId);
        Assert.Equal("far", Assert.Single(answer.Vectors).DocumentId);
    }

    [Fact]
    public async Task All_filters_together_pass_what_the_reference_passes()
    {
        var documents = Corpus(seed: 11, documents: 90);
        await Replace([.. documents]);

        await ForAllSeeds(async seed =>
        {
            var random = new Random(seed);
            await AssertAsReference(documents, Query(Words(random, random.Next(0, 5)), random.Next(1, 51), Filter(random)));
        });
    }

    /// <summary>Tenants, collections and generations: each scope holds documents of the same ids, and its name in every text.</summary>
    [Fact]
    public async Task No_search_over_any_filter_returns_anything_of_another_scope()
    {
        IndexScope[] scopes =
        [
            Scope, Scope with { Tenant = "acme2" }, Scope with { Tenant = "Acme" }, Scope with { Tenant = "acme/notes" },
            Scope with { Collection = "note" }, Scope with { Collection = "notes2" }, Scope with { Generation = 2 },
        ];
        var kept = scopes.Select((scope, n) => Corpus(seed: 100 + n, documents: 40)
            .Select(document => document with { Title = $"{document.Title} scope{n}" }).ToList()).ToList();
        for (var n = 0; n < scopes.Length; n++)
            await _index.Replace(scopes[n], kept[n], default);

        await ForAllSeeds(async seed =>
        {
            var random = new Random(seed);
            var at = random.Next(scopes.Length);
            // The other scopes are asked for by the words of their titles, and by their own vectors.
            var other = kept[random.Next(scopes.Length)][random.Next(40)];
            var query = new IndexQuery($"{Words(random, 3)} {other.Title}", other.Chunks[0].Vector, Filter(random), random.Next(1, 51));
            var answer = await _index.Search(scopes[at], query, default);
            var hits = answer.Words.Concat(answer.Vectors).ToList();
            Assert.All(hits, hit => Assert.EndsWith($"scope{at}", hit.Title, StringComparison.Ordinal));
            AssertTrue(kept[at], hits);
        });
    }

    [Fact]
    public async Task Scores_depend_on_nothing_in_other_scopes()
    {
        await Replace([.. Corpus(seed: 21, documents: 30)]);
        var before = await Search(Query("aspirin warfarin stent", limit: 50));
        foreach (var other in (IndexScope[])[Scope with { Tenant = "other" }, Scope with { Collection = "other" }])
            await _index.Replace(other, Corpus(seed: 22, documents: 60), default);

        AssertSame(before, await Search(Query("aspirin warfarin stent", limit: 50)));
    }

    [Fact]
    public async Task What_is_removed_from_one_scope_stays_in_the_others()
    {
        var other = Scope with { Generation = 2 };
        foreach (var scope in (IndexScope[])[Scope, other])
            await _index.Replace(scope, [Document("a", "One", "warfarin"), Document("b", "Two", "warfarin")], default);
        await _index.Remove(Scope, ["a"], default);
        Assert.Equal(2, await _index.Count(other, null, default));
        await _index.Drop(Scope, default);

        Assert.Equal(2, (await _index.Search(other, Query("warfarin"), default)).Words.Count);
        Assert.Equal(2, (await _index.Search(other, Query("warfarin"), default)).Vectors.Count);
    }

    private static Task ForAllSeeds(Func<int, Task> property) => Task.Run(() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed => property(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150)));
}
