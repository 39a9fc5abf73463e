using System.Collections.Immutable;
using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

/// <summary>Each field of a caller's filter, against a library in which every document differs in one of them.</summary>
public sealed class QdrantFilterTests : IAsyncLifetime
{
    private static readonly IndexScope Scope = new("acme", "notes", 1, 2);

    private static readonly Dictionary<string, KnowledgeFilter> Filters = new()
    {
        ["evidence"] = new(EvidenceAtLeast: "2"),
        ["population"] = new(Populations: ["children", "adults"]),
        ["jurisdiction"] = new(Jurisdictions: ["eu"]),
        ["language"] = new(Languages: ["en"]),
        ["from"] = new(PublishedFrom: new(2024, 2, 29)),
        ["until"] = new(PublishedUntil: new(2024, 2, 29)),
        ["day"] = new(PublishedFrom: new(2024, 2, 29), PublishedUntil: new(2024, 2, 29)),
        ["documents"] = new(Documents: ["notes:bare", "notes:en", "other:eu"]),
        ["elsewhere"] = new(Documents: ["other:bare", "bare"]),
        ["tag"] = new(Tags: Tags(("ward", "7"))),
        ["tags"] = new(Tags: Tags(("ward", "7"), ("kind", "sop"))),
        ["twisted"] = new(Tags: Tags(("ward=7", ""))),
        ["retracted"] = new(IncludeRetracted: true, Documents: ["notes:retracted", "notes:bare"]),
        ["none"] = KnowledgeFilter.None,
        ["empty"] = new(Populations: [], Documents: [], Tags: Tags()),
    };

    private QdrantDouble _qdrant = null!;
    private QdrantConnection _connection = null!;
    private QdrantPassageIndex _index = null!;

    public async Task InitializeAsync()
    {
        _qdrant = await QdrantDouble.Start();
        var options = new QdrantOptions { Address = _qdrant.Address, CallTimeout = TimeSpan.FromSeconds(30) };
        _connection = new QdrantConnection(options);
        _index = new QdrantPassageIndex(_connection, options);
        await _index.Replace(Scope,
        [
            Document("bare", DocumentFields.None),
            Document("1", new(EvidenceLevel: "1")), Document("2", new(EvidenceLevel: "2")), Document("3", new(EvidenceLevel: "3")),
            Document("adults", new(Population: "adults")), Document("children", new(Population: "children")),
            Document("eu", new(Jurisdiction: "eu")), Document("us", new(Jurisdiction: "us")),
            Document("en", new(Language: "en")), Document("de", new(Language: "de")),
            Document("feb", new(PublishedOn: new(2024, 2, 29))), Document("march", new(PublishedOn: new(2024, 3, 1))),
            Document("retracted", new(IsRetracted: true)),
            Document("ward7", new(Tags: Tags(("ward", "7")))), Document("sop", new(Tags: Tags(("kind", "sop"), ("ward", "7")))),
        ], default);
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _qdrant.DisposeAsync();
    }

    [Theory]
    [InlineData("evidence", "1 2")]
    [InlineData("population", "adults children")]
    [InlineData("jurisdiction", "eu")]
    [InlineData("language", "en")]
    [InlineData("from", "feb march")]
    [InlineData("until", "feb")]
    [InlineData("day", "feb")]
    [InlineData("documents", "bare en")]
    [InlineData("elsewhere", "")]
    [InlineData("tag", "sop ward7")]
    [InlineData("tags", "sop")]
    [InlineData("twisted", "")]
    [InlineData("retracted", "bare retracted")]
    [InlineData("none", "1 2 3 adults bare children de en eu feb march sop us ward7")]
    [InlineData("empty", "1 2 3 adults bare children de en eu feb march sop us ward7")]
    public async Task A_filter_lets_through_what_states_the_value(string name, string expected)
    {
        var answer = await _index.Search(Scope, new IndexQuery("word", new float[] { 1, 0 }, Filters[name], 50), default);

        Assert.Equal(expected, Ids(answer.Words));
        Assert.Equal(expected, Ids(answer.Vectors));
    }

    [Fact]
    public async Task A_hit_has_everything_that_was_stored()
    {
        var fields = new DocumentFields("1", "adults", "eu", "en", new(2024, 2, 29), false, "https://example.org/1", Tags(("a", "b")));
        var chunk = new IndexedChunk("Above > Here", 4711, "Größe \"x\" 薬 nephrology\n", new float[] { 0.6f, 0.8f });
        await _index.Replace(Scope, [new("full", "Title", fields, [chunk])], default);

        var hit = (await _index.Search(Scope, new("nephrology", new float[] { 0.6f, 0.8f }, KnowledgeFilter.None, 1), default)).Words[0];

        Assert.Equal(("full", 0, "Title", chunk.Heading, chunk.Start, chunk.Text),
            (hit.DocumentId, hit.Number, hit.Title, hit.Heading, hit.Start, hit.Text));
        Assert.Equal(fields with { Tags = null }, hit.Fields with { Tags = null });
        Assert.Equal(fields.Tags, hit.Fields.Tags);
    }

    private static string Ids(IReadOnlyList<IndexHit> hits) =>
        string.Join(' ', hits.Select(hit => hit.DocumentId).Order(StringComparer.Ordinal));

    private static IndexedDocument Document(string id, DocumentFields fields) =>
        new(id, "Title", fields, [new IndexedChunk("", 0, "a word", new float[] { 1, 0 })]);

    private static ImmutableSortedDictionary<string, string> Tags(params (string Name, string Value)[] tags) =>
        tags.ToImmutableSortedDictionary(tag => tag.Name, tag => tag.Value, StringComparer.Ordinal);
}
