using Colloquy.Sessions;

namespace Colloquy.Tests.Sessions;

/// <summary>What every session index promises, asked of each that this machine can open.</summary>
public sealed class SessionIndexContract : IDisposable
{
    private static readonly DateTimeOffset Start = new(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private ISessionIndex _index = null!;
    private Action _close = () => { };

    [Theory, MemberData(nameof(Indexes))]
    public async Task Entries_come_back_as_they_were_put(string name)
    {
        Open(name);
        var entry = Entry("s1", minutes: 3) with
        {
            Agent = null, Preview = "{\"quoted\": \"é\"}", Title = "Ein \"Titel\"; DROP TABLE",
        };
        await _index.Put(entry, default);

        Assert.Equal([entry], await _index.List("acme", null, null, 10, default));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task The_list_is_by_falling_update_then_id(string name)
    {
        Open(name);
        await Put(Entry("b", 2), Entry("a", 2), Entry("old", 1), Entry("new", 9), Entry("c", 2));

        Assert.Equal(["new", "a", "b", "c", "old"], await List());
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task Pages_have_no_gaps_and_no_repeats(string name)
    {
        Open(name);
        await Put([.. Enumerable.Range(0, 25).Select(n => Entry($"s{n:D2}", minutes: n / 4))]);
        var all = await List();

        var first = await _index.List("acme", null, null, 10, default);
        var second = await _index.List("acme", null, PlaceOf(first[^1]), 10, default);
        var third = await _index.List("acme", null, PlaceOf(second[^1]), 10, default);

        Assert.Equal((10, 10, 5), (first.Count, second.Count, third.Count));
        Assert.Equal(all, first.Concat(second).Concat(third).Select(entry => entry.Session));
        Assert.Empty(await _index.List("acme", null, PlaceOf(third[^1]), 10, default));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task A_page_begins_after_its_place_even_when_that_entry_is_gone(string name)
    {
        Open(name);
        await Put(Entry("a", 1), Entry("b", 1), Entry("c", 1));
        await _index.Remove("acme", "b", default);

        Assert.Equal(["c"], Ids(await _index.List("acme", null, PlaceOf(Entry("b", 1)), 10, default)));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task Every_word_must_occur_in_the_title_or_in_some_message(string name)
    {
        Open(name);
        await Put(Entry("both", 1) with { Title = "Dose finding" }, Entry("one", 2) with { Title = "Dose" });
        await _index.AddText("acme", "both", "m1", "for children, in trials", default);
        await _index.AddText("acme", "both", "m2", "and the elderly", default);
        await _index.AddText("acme", "one", "m1", "the elderly only", default);

        Assert.Equal(["both"], await List("dose elderly children"));
        Assert.Equal(["one", "both"], await List("ELDERLY dose"));
        Assert.Empty(await List("dose horses"));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task Only_the_last_word_may_be_a_beginning(string name)
    {
        Open(name);
        await Put(Entry("s", 1) with { Title = "Pharmacovigilance report" });

        Assert.Equal(["s"], await List("report pharmaco"));
        Assert.Empty(await List("pharmaco report"));
        Assert.Empty(await List("vigilance"));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task Case_and_marks_of_Latin_letters_do_not_matter(string name)
    {
        Open(name);
        await Put(Entry("s", 1) with { Title = "Überdosis: café Ångström, Nguyễn, Décomposé, ΩΜΕΓΑ, 2мг" });

        Assert.Equal(["s"], await List("uberdosis CAFE angstrom nguyen decompose ωμεγα 2МГ"));
        Assert.Equal(["s"], await List("ÜBERDOSIS Café"));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task Words_are_words_and_never_syntax(string name)
    {
        Open(name);
        await Put(Entry("s", 1) with { Title = "alpha" }, Entry("t", 2) with { Title = "near or not and beta" });

        Assert.Empty(await List("alpha OR beta"));
        Assert.Equal(["t"], await List("NEAR/3 NOT beta".Replace("3", "", StringComparison.Ordinal)));
        Assert.Equal(["s"], await List("\"alpha\"*) ^ : {"));
        Assert.Empty(await List("scope:alpha* words"));
        Assert.Empty(await List(" \"*() "));
        Assert.Empty(await List("%"));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task Another_tenants_entries_never_appear(string name)
    {
        Open(name);
        await Put(Entry("s", 1) with { Title = "shared word" });
        await Put(Entry("s", 2) with { Tenant = "acme-2", Title = "shared secret" });
        await _index.AddText("acme-2", "s", "m1", "confidential", default);

        Assert.Equal(["acme"], (await _index.List("acme", "shared", null, 10, default)).Select(entry => entry.Tenant));
        Assert.Empty(await List("confidential"));
        Assert.Empty(await List("secret"));
        Assert.Single(await List());
        await _index.Remove("acme", "s", default);
        Assert.Single(await _index.List("acme-2", "confidential", null, 10, default));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task A_repeat_changes_nothing(string name)
    {
        Open(name);
        await Put(Entry("s", 1) with { Title = "twice" }, Entry("s", 1) with { Title = "twice" });
        await _index.AddText("acme", "s", "m1", "said twice", default);
        await _index.AddText("acme", "s", "m1", "said twice", default);

        Assert.Equal(["s"], await List("said twice"));
        await _index.AddText("acme", "s", "m1", "", default);
        Assert.Empty(await List("said"));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task A_replaced_title_or_message_is_no_longer_found_but_what_others_say_is(string name)
    {
        Open(name);
        await Put(Entry("s", 1) with { Title = "first shared" });
        await _index.AddText("acme", "s", "m1", "draft shared", default);
        await Put(Entry("s", 5) with { Title = "second" });

        Assert.Empty(await List("first"));
        Assert.Equal(["s"], await List("second"));
        Assert.Equal(["s"], await List("shared"));
        await _index.AddText("acme", "s", "m1", "final", default);
        Assert.Empty(await List("shared"));
        Assert.Equal(["s"], await List("second final"));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task Text_may_arrive_before_its_entry(string name)
    {
        Open(name);
        await _index.AddText("acme", "s", "m1", "early", default);
        Assert.Empty(await List("early"));
        await Put(Entry("s", 1));

        Assert.Equal(["s"], await List("early"));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task Removing_leaves_nothing_and_may_be_repeated(string name)
    {
        Open(name);
        await Put(Entry("s", 1) with { Title = "gone" }, Entry("t", 2) with { Title = "gone too" });
        await _index.AddText("acme", "s", "m1", "words", default);
        await _index.Remove("acme", "s", default);
        await _index.Remove("acme", "s", default);

        Assert.Equal(["t"], await List());
        Assert.Equal(["t"], await List("gone"));
        await Put(Entry("s", 1) with { Title = "again" });
        Assert.Empty(await List("words"));
    }

    [Theory, MemberData(nameof(Indexes))]
    public async Task A_long_text_is_found_by_its_first_words_only_as_far_as_the_bound_goes(string name)
    {
        Open(name);
        await Put(Entry("s", 1));
        await _index.AddText("acme", "s", "m1",
            string.Join(' ', Enumerable.Range(0, SessionWords.TextWordsMax + 1).Select(n => $"w{n}x")), default);

        Assert.Equal(["s"], await List($"w{SessionWords.TextWordsMax - 1}x"));
        Assert.Empty(await List($"w{SessionWords.TextWordsMax}x"));
    }

    public static TheoryData<string> Indexes() => SessionIndexes.Names;

    public void Dispose() => _close();

    private static SessionEntry Entry(string session, int minutes) => new(
        "acme", session, "user-1", $"Title of {session}", "MedicalSpecialist", "What is", Start, Start.AddMinutes(minutes));

    private static SessionPosition PlaceOf(SessionEntry entry) => new(entry.UpdatedAt, entry.Session);

    private static IEnumerable<string> Ids(IEnumerable<SessionEntry> entries) => entries.Select(entry => entry.Session);

    private void Open(string name) => (_index, _close) = SessionIndexes.Open(name);

    private async Task Put(params SessionEntry[] entries)
    {
        foreach (var entry in entries)
            await _index.Put(entry, default);
    }

    private async Task<List<string>> List(string? words = null) => [.. Ids(await _index.List("acme", words, null, 100, default))];
}
