using System.Collections.Immutable;
using Colloquy.Knowledge;
using Colloquy.Storage;
using StackExchange.Redis;

namespace Colloquy.Tests.Knowledge;

public sealed class RedisDocumentStoreTests : IDisposable
{
    private readonly string _prefix = RedisServer.NextPrefix();
    private readonly RedisDatabase? _database;
    private readonly RedisDocumentStore _store;

    public RedisDocumentStoreTests()
    {
        _database = RedisServer.Program is null ? null : RedisServer.Shared.Open(_prefix);
        _store = new RedisDocumentStore(_database!);
    }

    public void Dispose() => _database?.Dispose();

    [RedisFact]
    public async Task Documents_come_back_as_they_were_put_and_lists_leave_the_texts_out()
    {
        var full = Document("a", chunks: 2) with
        {
            Text = "Größe 😀 \0 薬\n", Fields = new("2", "adults", "eu", "en", new(2024, 2, 29), true, "https://example.org/a",
                ImmutableSortedDictionary<string, string>.Empty.Add("ward", "7")),
        };
        await _store.Put("acme", "notes", [full, Document("b", chunks: 1)], default);

        var found = (await _store.Find("acme", "notes", "a", default))!;
        Assert.Equal(full with { Fields = found.Fields }, found);
        Assert.Equal(full.Fields with { Tags = null }, found.Fields with { Tags = null });
        Assert.Equal(full.Fields.Tags, found.Fields.Tags);
        Assert.All(await _store.List("acme", "notes", null, 10, default), listed => Assert.Empty(listed.Text));
        Assert.Equal(full.Characters, (await _store.List("acme", "notes", null, 1, default))[0].Characters);
        Assert.Null(await _store.Find("acme", "other", "a", default));
        Assert.Null(await _store.Find("other", "notes", "a", default));
    }

    [RedisFact]
    public async Task Counts_follow_every_change()
    {
        await _store.Put("acme", "notes", [Document("a", 2), Document("b", 3)], default);
        await _store.Put("acme", "notes", [Document("a", 7)], default);
        Assert.Equal((2, 10), await _store.Count("acme", "notes", default));
        Assert.True(await _store.Remove("acme", "notes", "b", default));
        Assert.False(await _store.Remove("acme", "notes", "b", default));
        Assert.Equal((1, 7), await _store.Count("acme", "notes", default));
        Assert.Equal((0, 0), await _store.Count("acme", "other", default));
    }

    [RedisFact]
    public async Task Pages_have_no_gaps_and_are_in_ordinal_order()
    {
        string[] ids = ["B", "a", "a-b", "a.b", "aa", "b", "z"];
        await _store.Put("acme", "notes", [.. ids.Reverse().Select(id => Document(id, 1))], default);

        var seen = new List<string>();
        while (await _store.List("acme", "notes", seen.LastOrDefault(), 2, default) is { Count: > 0 } page)
            seen.AddRange(page.Select(document => document.Id));

        Assert.Equal(ids.Order(StringComparer.Ordinal), seen);
    }

    [RedisFact]
    public async Task A_drop_takes_everything_of_the_collection_and_nothing_else()
    {
        await _store.Put("acme", "notes", [.. Enumerable.Range(0, 1_203).Select(n => Document($"d{n}", 1))], default);
        await _store.Put("acme", "notes:x", [Document("kept", 1)], default);

        await _store.Drop("acme", "notes", default);
        await _store.Drop("acme", "notes", default);

        Assert.Equal((0, 0), await _store.Count("acme", "notes", default));
        Assert.Equal((1, 1), await _store.Count("acme", "notes:x", default));
        await _store.Drop("acme", "notes:x", default);
        Assert.Empty(await Keys());
    }

    [RedisFact]
    public async Task Uploads_wait_in_order_and_come_in_bounded_portions()
    {
        await _store.Stage("acme", "i1", 0, [Upload("a", 100), Upload("b", 100)], default);
        await _store.Stage("acme", "i1", 2, [Upload("c", 100)], default);
        await _store.Stage("acme", "i1", 2, [Upload("c", 100)], default); // a repeat

        Assert.Equal(["a", "b", "c"], await Staged(0, 10, 1_000));
        Assert.Equal(["b", "c"], await Staged(1, 10, 1_000));
        Assert.Equal(["a", "b"], await Staged(0, 2, 1_000));
        Assert.Equal(["a", "b"], await Staged(0, 10, 299));
        Assert.Equal(["a"], await Staged(0, 10, 1)); // the first, however large
        Assert.Empty(await Staged(3, 10, 1_000));
        Assert.Equal(Upload("b", 100).Content, (await _store.Staged("acme", "i1", 1, 1, 1, default))[0].Content);
        await _store.Unstage("acme", "i1", default);
        await _store.Unstage("acme", "i1", default);
        Assert.Empty(await Keys());
    }

    [RedisFact]
    public async Task Ten_megabytes_of_text_are_kept()
    {
        var text = string.Concat(Enumerable.Repeat("0123456789", 1_000_000));
        await _store.Put("acme", "notes", [Document("large", 1) with { Text = text }], default);
        Assert.Equal(text, (await _store.Find("acme", "notes", "large", default))!.Text);
    }

    private async Task<IEnumerable<string?>> Staged(int first, int limit, int maxBytes) =>
        (await _store.Staged("acme", "i1", first, limit, maxBytes, default)).Select(upload => upload.Id);

    private static StoredDocument Document(string id, int chunks) => new(id, $"Title of {id}", "text/plain", "hash", "text", 4, chunks,
        1, DocumentFields.None, new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private static DocumentUpload Upload(string id, int bytes) =>
        new(id, null, "application/pdf", [.. Enumerable.Range(0, bytes).Select(n => (byte)(n * 7))], DocumentFields.None);

    private async Task<List<string>> Keys()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{RedisServer.Shared.Port}");
        return [.. redis.GetServers()[0].Keys(pattern: $"{_prefix}:*")
            .Select(key => key.ToString()).Where(key => key.Contains(":documents:") || key.Contains(":uploads:"))];
    }
}
