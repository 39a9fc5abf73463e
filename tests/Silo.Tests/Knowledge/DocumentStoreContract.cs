using System.Collections.Immutable;
using System.Text;
using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

/// <summary>What every document store promises. A suite of one store derives from it and says how to open that store.</summary>
public abstract class DocumentStoreContract : IAsyncLifetime
{
    private IDocumentStore _store = null!;

    /// <summary>A store that holds nothing.</summary>
    protected abstract Task<IDocumentStore> Open();

    /// <summary>Gives up what <see cref="Open"/> took.</summary>
    protected abstract Task Close();

    public async Task InitializeAsync() => _store = await Open();

    public Task DisposeAsync() => Close();

    [Fact]
    public async Task A_document_comes_back_as_it_was_put()
    {
        var fields = new DocumentFields("2", "adults", "eu", "en", new DateOnly(2024, 2, 29), IsRetracted: true, "https://example.org",
            ImmutableSortedDictionary<string, string>.Empty.Add("topic", "heart"));
        var document = Document("a", "Text with 漢字, 😀 and\nlines") with { Fields = fields };
        await _store.Put("acme", "notes", [document], default);

        var found = await _store.Find("acme", "notes", "a", default);

        Assert.NotNull(found);
        Assert.Equal(document with { Fields = DocumentFields.None }, found with { Fields = DocumentFields.None });
        Assert.Equal(fields with { Tags = null }, found.Fields with { Tags = null });
        Assert.Equal(fields.Tags, found.Fields.Tags);
    }

    [Fact]
    public async Task A_document_takes_the_place_of_the_one_with_its_id()
    {
        await _store.Put("acme", "notes", [Document("a", "first") with { Chunks = 5 }], default);
        await _store.Put("acme", "notes", [Document("a", "second"), Document("b", "other")], default);
        await _store.Put("acme", "notes", [Document("a", "second")], default);

        Assert.Equal("second", (await _store.Find("acme", "notes", "a", default))!.Text);
        Assert.Equal((2, 4), await _store.Count("acme", "notes", default));
    }

    [Fact]
    public async Task What_is_not_there_is_null_zero_empty_or_false()
    {
        Assert.Null(await _store.Find("acme", "notes", "a", default));
        Assert.Equal((0, 0), await _store.Count("acme", "notes", default));
        Assert.Empty(await _store.List("acme", "notes", null, 10, default));
        Assert.False(await _store.Remove("acme", "notes", "a", default));
        Assert.Empty(await _store.Staged("acme", "ing_1", 0, 10, 1000, default));
        await _store.Drop("acme", "notes", default);
        await _store.Unstage("acme", "ing_1", default);
    }

    [Fact]
    public async Task A_list_goes_by_id_in_ordinal_order_without_texts()
    {
        string[] ids = ["b", "a", "B", "a-1", "a.1", "aa", "_"];
        await _store.Put("acme", "notes", [.. ids.Select(id => Document(id, $"text of {id}"))], default);
        var listed = new List<StoredDocument>();
        for (string? after = null; ; after = listed[^1].Id)
        {
            var page = await _store.List("acme", "notes", after, 3, default);
            Assert.InRange(page.Count, 0, 3);
            listed.AddRange(page);
            if (page.Count < 3)
                break;
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.Select(document => document.Id));
        Assert.All(listed, document => Assert.Equal(("", $"text of {document.Id}".Length), (document.Text, document.Characters)));
    }

    [Fact]
    public async Task A_removed_document_is_gone_and_its_neighbours_stay()
    {
        await _store.Put("acme", "notes", [Document("a", "one"), Document("b", "two")], default);

        Assert.True(await _store.Remove("acme", "notes", "a", default));
        Assert.False(await _store.Remove("acme", "notes", "a", default));

        Assert.Null(await _store.Find("acme", "notes", "a", default));
        Assert.Equal((1, 2), await _store.Count("acme", "notes", default));
        Assert.Equal("two", (await _store.Find("acme", "notes", "b", default))!.Text);
    }

    [Fact]
    public async Task Tenants_and_collections_know_nothing_of_each_other()
    {
        (string Tenant, string Collection)[] all =
            [("acme", "notes"), ("acme", "other"), ("globex", "notes"), ("acme", "note"), ("acm", "enotes"), ("ACME", "notes")];
        foreach (var (tenant, collection) in all)
            await _store.Put(tenant, collection, [Document("a", $"{tenant} {collection}")], default);
        await _store.Drop("acme", "notes", default);
        await _store.Remove("globex", "notes", "a", default);

        foreach (var (tenant, collection) in all)
        {
            var gone = (tenant, collection) is ("acme" or "globex", "notes");
            Assert.Equal(gone ? null : $"{tenant} {collection}", (await _store.Find(tenant, collection, "a", default))?.Text);
            Assert.Equal(gone ? 0 : 1, (await _store.List(tenant, collection, null, 10, default)).Count);
            Assert.Equal(gone ? (0, 0) : (1, 2), await _store.Count(tenant, collection, default));
        }
    }

    [Fact]
    public async Task Uploads_come_back_in_order_from_a_number_on_within_the_limits()
    {
        await _store.Stage("acme", "ing_1", 3, [Upload("d", 10), Upload("e", 500)], default);
        await _store.Stage("acme", "ing_1", 0, [Upload("a", 10), Upload("b", 10), Upload("c", 2000)], default);
        await _store.Stage("acme", "ing_1", 0, [Upload("a", 10)], default); // a repeat

        Assert.Equal("abcde", await Staged(0, 10, 10_000));
        Assert.Equal("bcd", await Staged(1, 3, 10_000));
        Assert.Equal("ab", await Staged(0, 10, 1_000));
        Assert.Equal("c", await Staged(2, 10, 1)); // the first is taken however large it is
        Assert.Equal("", await Staged(5, 10, 10_000));
        Assert.Equal("", await Staged(0, 10, 10_000, "ing_2"));
        Assert.Equal("", await Staged(0, 10, 10_000, "ing_1", "globex"));

        await _store.Unstage("acme", "ing_1", default);
        Assert.Equal("", await Staged(0, 10, 10_000));
    }

    [Fact]
    public async Task An_upload_comes_back_byte_for_byte()
    {
        var upload = new DocumentUpload(null, null, "application/pdf", [0, 1, 255, 0, 128],
            new DocumentFields(Language: "en", Tags: ImmutableSortedDictionary<string, string>.Empty.Add("a", "b")));
        await _store.Stage("acme", "ing_1", 0, [upload, upload with { Id = "x", Title = "T", Content = [] }], default);

        var staged = await _store.Staged("acme", "ing_1", 0, 10, 1000, default);

        Assert.Equal((null, null, "application/pdf"), (staged[0].Id, staged[0].Title, staged[0].MediaType));
        Assert.Equal(upload.Content, staged[0].Content);
        Assert.Equal(upload.Fields.Tags, staged[0].Fields.Tags);
        Assert.Equal(("x", "T", 0), (staged[1].Id, staged[1].Title, staged[1].Content.Length));
    }

    [Fact]
    public async Task A_text_of_megabytes_comes_back_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 400_000).Select(n => $"{n} "));
        await _store.Put("acme", "notes", [Document("a", text)], default);

        Assert.Equal(text, (await _store.Find("acme", "notes", "a", default))!.Text);
    }

    private async Task<string> Staged(int first, int limit, int maxBytes, string ingest = "ing_1", string tenant = "acme") =>
        string.Concat((await _store.Staged(tenant, ingest, first, limit, maxBytes, default)).Select(upload => upload.Id));

    private static DocumentUpload Upload(string id, int bytes) =>
        new(id, null, "text/plain", Encoding.ASCII.GetBytes(new string('x', bytes)), DocumentFields.None);

    private static StoredDocument Document(string id, string text) => new(id, $"Title of {id}", "text/plain", $"hash {text.Length}",
        text, text.Length, Chunks: 2, Generation: 1, DocumentFields.None, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123));
}
