using System.Collections.Immutable;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Memory;
using Colloquy.Tenants;
using Microsoft.Extensions.DependencyInjection;
using static Colloquy.Tests.Memory.Facts;

namespace Colloquy.Tests.Memory;

/// <summary>Memories on a host of their own: two silos where the engine has more than one.</summary>
public sealed class MemoryGrainTests : IAsyncLifetime
{
    private readonly MemoryFactStore _store = new();
    private readonly WordEmbedders _embedders = new();
    private readonly ShiftedTime _time = new();
    private readonly EngineHost _engine;

    public MemoryGrainTests() => _engine = new EngineHost(silo =>
    {
        silo.UseInMemoryReminderService();
        silo.AddColloquyGrains();
        silo.AddIncomingGrainCallFilter<GrainHost.LastCall>();
        silo.Services.AddSingleton<TimeProvider>(_time);
        silo.Services.AddSingleton<IFactStore>(_store);
        silo.Services.AddSingleton<IEmbedders>(_embedders);
    });

    private IMemoryGrain Ada => Memory("acme", Scope);

    public Task InitializeAsync() => _engine.Start();

    public Task DisposeAsync() => _engine.Stop();

    [Fact]
    public async Task Facts_are_found_again_after_a_restart_and_through_another_silo()
    {
        await Record("one", Draft("allergic to", "penicillin"), Draft("lives in", "Graz"));
        // On Orleans the next activation may be on the other silo: directory and store are all that they share.
        foreach (var scope in Enumerable.Range(0, 8).Select(n => $"user:k{n}"))
            await Memory("acme", scope).Record("op", [Draft("takes", $"drug of {scope}")]);
        await End(Ada);

        var hit = Assert.Single(await Ada.Search("penicillin?", 10));
        Assert.Equal(("penicillin", "proposed", Scope), (hit.Fact.Object, hit.Fact.Status, hit.Fact.Scope));
        foreach (var scope in Enumerable.Range(0, 8).Select(n => $"user:k{n}"))
            Assert.Single(await Memory("acme", scope).Search($"drug of {scope}", 10), found => found.Fact.Scope == scope);
    }

    [Fact]
    public async Task A_repeat_after_a_restart_changes_nothing()
    {
        var first = await Record("op", Draft("takes", "aspirin"));
        await Ada.Search("aspirin", 1);
        var changes = _store.Changes;
        await End(Ada);

        var again = await Record("op", Draft("takes", "aspirin"));

        Assert.Equal(first.Facts.AsEnumerable(), again.Facts);
        Assert.Equal(changes, _store.Changes);
    }

    [Fact]
    public async Task Search_goes_by_meaning_and_leaves_out_what_has_nothing_to_do_with_the_text()
    {
        await Record("op", Draft("lives in", "Graz"), Draft("takes", "aspirin"), Draft("works at", "Acme"),
            Draft("prefers", "short answers"), Draft("age", "44"));

        Assert.Equal(["Graz"], Objects(await Ada.Search("residence", 10))); // shares no word with it
        Assert.Equal(["aspirin"], Objects(await Ada.Search("Which dose of aspirin?", 10)));
        Assert.Empty(await Ada.Search("volcano eruptions on Iceland", 10));
        Assert.Empty(await Ada.Search("", 10));
        Assert.Empty(await Ada.Search("What does the user", 10));
        Assert.Single(await Ada.Search("Graz Acme 44", 1));
    }

    [Fact]
    public async Task What_is_superseded_or_over_is_not_found()
    {
        await Record("one", Draft("lives in", "Graz"), Draft("takes",
            "aspirin") with { ValidUntil = _time.GetUtcNow().AddDays(1) });
        await Record("two", Draft("lives in", "Wien"));
        Assert.Empty(await Ada.Search("Graz", 10));
        Assert.Single(await Ada.Search("aspirin", 10));

        _time.Advance(TimeSpan.FromDays(2));

        Assert.Empty(await Ada.Search("aspirin", 10));
        Assert.Equal(3, (await Ada.List(history: true, null, 100)).Items.Length);
        Assert.Equal(2, (await Ada.List(history: false, null, 100)).Items.Length);
    }

    [Fact]
    public async Task Without_an_embedder_facts_are_kept_and_found_by_words_and_later_by_meaning()
    {
        _embedders.IsDown = true;
        Assert.Equal(MemoryStatus.Done, (await Record("op", Draft("lives in", "Graz"))).Status);
        Assert.Equal(["Graz"], Objects(await Ada.Search("Graz", 10)));
        Assert.Empty(await Ada.Search("residence", 10));

        _embedders.IsDown = false;
        _time.Advance(FactMeanings.Rest);
        Assert.Equal(["Graz"], Objects(await Ada.Search("residence", 10)));
        Assert.Equal("words/1", Assert.Single((await _store.Load("acme", Scope, default)).Rows).Embedder);
    }

    [Fact]
    public async Task Another_embedder_makes_new_vectors_once_and_they_are_kept()
    {
        await Record("op", Draft("lives in", "Graz"), Draft("takes", "aspirin"));
        await Ada.Search("residence", 10);
        _embedders.Name = "words/2";
        await End(Ada);

        Assert.Equal(["Graz"], Objects(await Ada.Search("residence", 10)));
        Assert.All((await _store.Load("acme", Scope, default)).Rows, row => Assert.Equal("words/2", row.Embedder));
        var texts = _embedders.Texts;
        await End(Ada);
        await Ada.Search("residence", 10);
        Assert.Equal(texts + 1, _embedders.Texts); // the question alone
    }

    [Fact]
    public async Task Erasing_everything_leaves_no_row_and_says_how_many_there_were()
    {
        await Record("one", Draft("lives in", "Graz"), Draft("takes", "aspirin"));
        await Record("two", Draft("lives in", "Wien"));
        await Ada.Search("residence", 10);

        Assert.Equal(3, await Ada.EraseAll());
        Assert.Equal(0, await Ada.EraseAll());

        Assert.Equal(0, _store.Scopes);
        Assert.Empty((await Ada.List(true, null, 10)).Items);
        Assert.Empty(await Ada.Search("Graz", 10));
        await Record("three", Draft("takes", "ibuprofen"));
        await End(Ada);
        Assert.Equal(["ibuprofen"], (await Ada.List(true, null, 10)).Items.Select(fact => fact.Object));
    }

    [Fact]
    public async Task Erasing_a_fact_leaves_nothing_of_it_and_of_what_it_superseded()
    {
        await Record("one", Draft("lives in", "Graz"));
        var next = (await Record("two", Draft("lives in", "Wien"), Draft("takes", "aspirin"))).Facts[0];
        await Ada.Search("residence", 10);

        Assert.True(await Ada.Erase(next.Id));
        Assert.False(await Ada.Erase(next.Id));

        Assert.Single((await _store.Load("acme", Scope, default)).Rows);
        Assert.Empty(await Ada.Search("residence", 10));
        Assert.Null(await Ada.Find(next.Id));
    }

    [Fact]
    public async Task A_change_whose_outcome_is_unknown_ends_the_activation_and_a_repeat_finds_it_done()
    {
        await Record("one", Draft("takes", "aspirin"));
        await Ada.Search("aspirin", 1);
        _store.FailNextChange();
        await Assert.ThrowsAnyAsync<Exception>(() => Record("two", Draft("takes", "ramipril")));

        Assert.Equal(MemoryStatus.Done, (await Record("two", Draft("takes", "ramipril"))).Status);
        Assert.Equal(2, (await Ada.List(true, null, 10)).Items.Length);
    }

    [Fact]
    public async Task Who_was_overtaken_by_another_writer_decides_again()
    {
        await Record("one", Draft("lives in", "Graz"));
        await Ada.Search("Graz", 1);
        var rows = await _store.Load("acme", Scope, default); // as an activation that nobody knew of would write
        var other = MemoryProtocol.Decide(new(MemoryState.Empty.Facts.SetItems(
                rows.Rows.Select(FactJson.Read).Select(kept => KeyValuePair.Create(kept.Fact.Id, kept)))),
            new MemoryInput.Record(_time.GetUtcNow(), Scope, "other", [Draft("lives in", "Rom")]));
        Assert.True(await _store.Change(
            new("acme", Scope, rows.Version, [.. other.Puts.Select(FactJson.ToRow)], []), default));

        var mine = (await Record("two", Draft("lives in", "Wien"))).Facts[0];

        Assert.Equal("Rom", (await Ada.Find(mine.Supersedes!))!.Object);
        Assert.Single((await Ada.List(false, null, 10)).Items);
        Assert.Equal(3, (await Ada.List(true, null, 10)).Items.Length);
    }

    [Fact]
    public async Task The_list_comes_in_pages_without_gaps_newest_first()
    {
        foreach (var n in Enumerable.Range(0, 5))
        {
            await Record($"op {n}", [.. Enumerable.Range(0, 5).Select(index => Draft("takes", $"drug {n}{index}"))]);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        var (found, cursor) = (new List<Fact>(), (string?)null);
        do
        {
            var page = await Ada.List(false, cursor, 7);
            found.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(25, found.DistinctBy(fact => fact.Id).Count());
        Assert.Equal(found.OrderByDescending(fact => fact.RecordedAt).Select(fact => fact.RecordedAt),
            found.Select(fact => fact.RecordedAt));
        await Assert.ThrowsAsync<FormatException>(() => Ada.List(false, "no cursor", 7));
    }

    [Theory, InlineData("user:"), InlineData("user:A"), InlineData("nobody:k1"), InlineData("session:x"), InlineData("knowledge")]
    public async Task What_is_no_scope_has_no_memory(string scope)
    {
        Assert.False(MemoryScope.TryParse(scope, out _));
        await Assert.ThrowsAnyAsync<Exception>(() => Memory("acme", scope).EraseAll());
    }

    [Fact]
    public async Task Another_tenant_cannot_ask_for_a_memory()
    {
        await Record("op", Draft("lives in", "Graz"));
        CallerTenant.Set("other");

        await Assert.ThrowsAnyAsync<Exception>(() => _engine.Client.GetGrain<IMemoryGrain>("acme/" + Scope).Search("Graz", 10));
        Assert.Empty(await Memory("other", Scope).Search("Graz", 10));
    }

    private static IEnumerable<string> Objects(ImmutableArray<FactHit> hits) => hits.Select(hit => hit.Fact.Object);

    private IMemoryGrain Memory(string tenant, string scope)
    {
        CallerTenant.Set(tenant);
        return _engine.Client.GetGrain<IMemoryGrain>(TenantKey.For(tenant, scope));
    }

    private Task<MemoryResult> Record(string operation, params FactDraft[] drafts) => Ada.Record(operation, [.. drafts]);

    private static Task End(IMemoryGrain memory) => GrainHost.EndAfter(memory, grain => grain.Find("fact_none"));
}
