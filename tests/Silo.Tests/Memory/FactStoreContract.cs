using System.Text;
using Colloquy.Memory;

namespace Colloquy.Tests.Memory;

/// <summary>What every fact store promises. A store is tested by a class that says how to open it.</summary>
public abstract class FactStoreContract : IAsyncLifetime
{
    private const string Scope = "user:k1";

    private IFactStore? _opened;

    /// <summary>A store with nothing in it; null if this machine has no server for it, which another test then says.</summary>
    protected abstract Task<IFactStore?> Open();

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    protected abstract Task Close();

    public async Task InitializeAsync() => _opened = await Open();

    public Task DisposeAsync() => Close();

    [Fact]
    public async Task A_scope_that_was_never_written_is_empty_at_version_0()
    {
        if (_opened is not { } store)
            return;
        var rows = await store.Load("acme", Scope, default);

        Assert.Equal((0, 0), (rows.Version, rows.Rows.Count));
    }

    [Fact]
    public async Task Rows_come_back_as_they_were_put()
    {
        if (_opened is not { } store)
            return;
        var full = new FactRow("f1", Bytes("{\"text\":\"Größe \\\"x\\\" 薬\"}"), "hashed/1", new byte[] { 0, 0, 128, 63, 255, 0 });
        var bare = new FactRow("f2", Bytes("{}"), null, default);
        await Put(store, Scope, 0, full, bare);

        var rows = (await store.Load("acme", Scope, default)).Rows.OrderBy(row => row.Id, StringComparer.Ordinal).ToList();

        Assert.Equal([Picture(full), Picture(bare)], rows.Select(Picture));
        Assert.Null(rows[1].Embedder);
    }

    [Fact]
    public async Task Each_change_after_the_first_adds_1_to_the_version()
    {
        if (_opened is not { } store)
            return;
        await Put(store, Scope, 0, Row("f1", "a"));
        var first = (await store.Load("acme", Scope, default)).Version;
        Assert.True(first > 0);
        await Put(store, Scope, first, Row("f2", "b"));
        await Put(store, Scope, first + 1, Row("f3", "c"));

        Assert.Equal(first + 2, (await store.Load("acme", Scope, default)).Version);
    }

    [Fact]
    public async Task A_put_takes_the_place_of_the_row_of_its_id_and_a_remove_takes_it_away()
    {
        if (_opened is not { } store)
            return;
        await Put(store, Scope, 0, Row("f1", "a"), Row("f2", "b"), Row("f3", "c"));
        var version = (await store.Load("acme", Scope, default)).Version;

        Assert.True(await store.Change(new("acme", Scope, version, [Row("f1", "A") with { Embedder = null, Vector = default }],
            ["f2", "never-was"]), default));

        Assert.Equal(["f1 A  ", "f3 c e 01"], await Content(store, Scope));
    }

    [Fact]
    public async Task A_change_from_another_version_does_nothing()
    {
        if (_opened is not { } store)
            return;
        await Put(store, Scope, 0, Row("f1", "a"));
        var version = (await store.Load("acme", Scope, default)).Version;

        foreach (var wrong in new[] { 0, version - 1, version + 1 })
            Assert.False(await store.Change(new("acme", Scope, wrong, [Row("f2", "late")], ["f1"]), default));

        Assert.Equal(["f1 a e 01"], await Content(store, Scope));
        Assert.Equal(version, (await store.Load("acme", Scope, default)).Version);
        Assert.False(await store.Change(new("acme", "user:new", 1, [Row("f1", "a")], []), default));
        Assert.Empty(await Content(store, "user:new"));
    }

    [Fact]
    public async Task Of_many_at_once_from_one_version_one_wins()
    {
        if (_opened is not { } store)
            return;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
            store.Change(new("acme", Scope, 0, [Row($"f{n}", "a")], []), default)));

        Assert.Single(outcomes, won => won);
        Assert.Single(await Content(store, Scope));
    }

    [Fact]
    public async Task Writers_that_load_again_lose_nothing()
    {
        if (_opened is not { } store)
            return;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            long version;
            do
                version = (await store.Load("acme", Scope, default)).Version;
            while (!await store.Change(new("acme", Scope, version, [Row($"f{n}", "a")], []), default));
        }));

        Assert.Equal(8, (await Content(store, Scope)).Count);
    }

    [Fact]
    public async Task Erasing_leaves_nothing_and_may_be_repeated()
    {
        if (_opened is not { } store)
            return;
        await Put(store, Scope, 0, Row("f1", "a"), Row("f2", "b"));
        await store.Erase("acme", Scope, default);
        await store.Erase("acme", Scope, default);
        await store.Erase("acme", "user:never", default);

        var rows = await store.Load("acme", Scope, default);
        Assert.Equal((0, 0), (rows.Version, rows.Rows.Count));
        await Put(store, Scope, 0, Row("f3", "c"));
        Assert.Equal(["f3 c e 01"], await Content(store, Scope));
    }

    [Fact]
    public async Task Who_loaded_before_an_erasure_cannot_write_after_it()
    {
        if (_opened is not { } store)
            return;
        await Put(store, Scope, 0, Row("secret", "a"));
        var before = (await store.Load("acme", Scope, default)).Version;
        await store.Erase("acme", Scope, default);
        Assert.False(await store.Change(new("acme", Scope, before, [Row("secret", "a")], []), default));
        await Put(store, Scope, 0, Row("f1", "b"));

        Assert.False(await store.Change(new("acme", Scope, before, [Row("secret", "a")], []), default));
        Assert.Equal(["f1 b e 01"], await Content(store, Scope));
    }

    [Fact]
    public async Task Tenants_and_scopes_are_apart()
    {
        if (_opened is not { } store)
            return;
        (string Tenant, string Scope)[] places =
            [("acme", "user:k1"), ("acme", "user:k10"), ("acme", "tenant"), ("acme-2", "user:k1"), ("acm", "user:k1")];
        foreach (var (tenant, scope) in places)
            Assert.True(await store.Change(new(tenant, scope, 0, [Row("same", $"{tenant} {scope}")], []), default));

        await store.Erase("acme", "user:k1", default);

        Assert.Empty((await store.Load("acme", "user:k1", default)).Rows);
        foreach (var (tenant, scope) in places.Skip(1))
        {
            var row = Assert.Single((await store.Load(tenant, scope, default)).Rows);
            Assert.Equal($"{tenant} {scope}", Encoding.UTF8.GetString(row.Json.Span));
        }
    }

    [Fact]
    public async Task A_scope_may_be_large()
    {
        if (_opened is not { } store)
            return;
        var vector = Enumerable.Range(0, 3072 * 4).Select(n => (byte)n).ToArray();
        var text = new string('x', 4_000);
        for (var part = 0; part < MemoryLimits.Facts / MemoryLimits.Drafts; part++)
        {
            var version = (await store.Load("acme", Scope, default)).Version;
            await Put(store, Scope, version, [.. Enumerable.Range(0, MemoryLimits.Drafts)
                .Select(n => new FactRow($"f{part}-{n}", Bytes(text), "openai/text-embedding-3-large", vector))]);
        }

        var rows = (await store.Load("acme", Scope, default)).Rows;

        Assert.Equal(MemoryLimits.Facts, rows.Count);
        Assert.All(rows, row => Assert.True(row.Vector.Span.SequenceEqual(vector) && row.Json.Length == text.Length));
    }

    protected static FactRow Row(string id, string json) => new(id, Bytes(json), "e", new byte[] { 1 });

    protected static async Task Put(IFactStore store, string scope, long expected, params FactRow[] rows) =>
        Assert.True(await store.Change(new("acme", scope, expected, rows, []), default));

    private static async Task<List<string>> Content(IFactStore store, string scope) =>
        [.. (await store.Load("acme", scope, default)).Rows.Select(Picture).Order(StringComparer.Ordinal)];

    private static string Picture(FactRow row) =>
        $"{row.Id} {Encoding.UTF8.GetString(row.Json.Span)} {row.Embedder} {Convert.ToHexString(row.Vector.Span)}";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
