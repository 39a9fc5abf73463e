using System.Text;
using Colloquy.Journals;

namespace Colloquy.Tests.Journals;

/// <summary>What every journal store promises, in words; the differential suite covers the combinations.</summary>
public sealed class JournalStoreContract : IDisposable
{
    private const string Journal = "acme/session/1";

    private readonly ManualTime _time = new();
    private OpenStore _open = null!;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_journal_that_was_never_written_is_empty_and_belongs_to_who_claims_it(string name)
    {
        var store = Open(name);

        Assert.Equal(AppendStatus.Fenced, (await store.Append(Lines(epoch: 1, head: 0, "early"), default)).Status);
        var claim = await store.Claim(Journal, default);

        Assert.Equal((1, 0, null, 0), (claim.Epoch, claim.Head, claim.Snapshot, claim.Tail.Count));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_claim_gives_the_snapshot_and_what_came_after_it(string name)
    {
        var store = Open(name);
        var claim = await store.Claim(Journal, default);
        await store.Append(Lines(claim.Epoch, 0, "a", "b") with { Snapshot = new(2, Bytes("state of a and b")) }, default);
        await store.Append(Lines(claim.Epoch, 2, "c", ""), default);

        var next = await store.Claim(Journal, default);

        Assert.Equal((claim.Epoch + 1, 4), (next.Epoch, next.Head));
        Assert.Equal((2, "state of a and b"), (next.Snapshot!.Seq, Encoding.UTF8.GetString(next.Snapshot.Utf8.Span)));
        Assert.Equal([(3, "c"), (4, "")], next.Tail.Select(Text));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task An_earlier_holder_is_fenced_and_writes_nothing(string name)
    {
        var store = Open(name);
        var zombie = await store.Claim(Journal, default);
        var holder = await store.Claim(Journal, default);
        var late = Lines(zombie.Epoch, 0, "late") with
        {
            Operation = Record("key"), Work = WorkChange.Open, Deadline = _time.GetUtcNow(),
        };

        Assert.Equal(new AppendOutcome(AppendStatus.Fenced, 0), await store.Append(late, default));

        Assert.Equal(AppendStatus.Appended, (await store.Append(Lines(holder.Epoch, 0, "mine"), default)).Status);
        Assert.Null(await store.FindOperation(Journal, "key", default));
        Assert.Empty(await store.FindOverdue(0, 63, _time.GetUtcNow(), 10, default));
        Assert.Equal([(1, "mine")], (await store.Read(Journal, 0, 10, 1000, default)).Select(Text));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_repeated_operation_is_told_what_the_first_one_was_even_from_a_stale_head(string name)
    {
        var store = Open(name);
        var claim = await store.Claim(Journal, default);
        await store.Append(Lines(claim.Epoch, 0, "accepted") with { Operation = Record("key") }, default);

        var repeat = await store.Append(
            Lines(claim.Epoch, 0, "again") with { Operation = Record("key") with { Answer = "other" } }, default);

        Assert.Equal(new AppendOutcome(AppendStatus.Repeated, 1, Record("key")), repeat);
        Assert.Equal(Record("key"), await store.FindOperation(Journal, "key", default));
        Assert.Null(await store.FindOperation("acme/session/2", "key", default));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_wrong_head_is_a_conflict_that_tells_the_right_one(string name)
    {
        var store = Open(name);
        var claim = await store.Claim(Journal, default);
        await store.Append(Lines(claim.Epoch, 0, "a", "b"), default);

        Assert.Equal(new AppendOutcome(AppendStatus.Conflict, 2), await store.Append(Lines(claim.Epoch, 1, "x"), default));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_read_is_bounded_by_lines_and_bytes_but_always_moves_on(string name)
    {
        var store = Open(name);
        var claim = await store.Claim(Journal, default);
        var lines = Enumerable.Range(1, 40).Select(n => $"line {n:D2}.").ToArray(); // 8 bytes each
        await store.Append(Lines(claim.Epoch, 0, lines), default);

        Assert.Equal(40, (await store.Read(Journal, 0, 100, 1000, default)).Count);
        Assert.Equal([(6, "line 06."), (7, "line 07.")], (await store.Read(Journal, 5, 2, 1000, default)).Select(Text));
        Assert.Equal(3, (await store.Read(Journal, 0, 100, 31, default)).Count);
        Assert.Equal(4, (await store.Read(Journal, 0, 100, 32, default)).Count);
        Assert.Equal([(40, "line 40.")], (await store.Read(Journal, 39, 100, 0, default)).Select(Text));
        Assert.Empty(await store.Read(Journal, 40, 100, 1000, default));
        Assert.Empty(await store.Read(Journal, long.MaxValue, 100, 1000, default));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Overdue_work_comes_longest_overdue_first_and_by_shard(string name)
    {
        var store = Open(name);
        var now = _time.GetUtcNow();
        foreach (var (journal, minutes) in new[] { ("b", -1), ("a", -1), ("c", -9), ("future", 1) })
        {
            var claim = await store.Claim(journal, default);
            await store.Append(Lines(claim.Epoch, 0) with
            {
                Journal = journal, Work = WorkChange.Open, Deadline = now.AddMinutes(minutes),
            }, default);
        }

        Assert.Equal(["c", "a", "b"], await store.FindOverdue(0, JournalShard.Count - 1, now, 10, default));
        Assert.Equal(["c", "a"], await store.FindOverdue(0, JournalShard.Count - 1, now, 2, default));
        Assert.Equal(["a"], await store.FindOverdue(JournalShard.Of("a"), JournalShard.Of("a"), now, 10, default));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_lease_moves_forward_only_and_only_for_its_holder(string name)
    {
        var store = Open(name);
        var now = _time.GetUtcNow();
        var claim = await store.Claim(Journal, default);
        Assert.False(await store.Renew(Journal, claim.Epoch, now, default)); // no work
        await store.Append(Lines(claim.Epoch, 0) with { Work = WorkChange.Open, Deadline = now }, default);

        Assert.True(await store.Renew(Journal, claim.Epoch, now.AddSeconds(15), default));
        Assert.True(await store.Renew(Journal, claim.Epoch, now.AddSeconds(5), default)); // delayed on its way
        Assert.False(await store.Renew(Journal, claim.Epoch + 1, now.AddHours(1), default));

        Assert.Empty(await store.FindOverdue(0, 63, now.AddSeconds(14), 10, default));
        Assert.Equal([Journal], await store.FindOverdue(0, 63, now.AddSeconds(15), 10, default));
        await store.Append(Lines(claim.Epoch, 0) with { Work = WorkChange.Close }, default);
        Assert.False(await store.Renew(Journal, claim.Epoch, now.AddHours(1), default));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Erasing_leaves_nothing_but_a_higher_epoch(string name)
    {
        var store = Open(name);
        var zombie = await store.Claim(Journal, default);
        await store.Append(Lines(zombie.Epoch, 0, "secret") with
        {
            Operation = Record("key"), Work = WorkChange.Open, Deadline = _time.GetUtcNow(), Snapshot = new(1, Bytes("secret")),
        }, default);

        await store.Erase(Journal, default);

        Assert.Equal(AppendStatus.Fenced, (await store.Append(Lines(zombie.Epoch, 1, "zombie"), default)).Status);
        Assert.Empty(await store.Read(Journal, 0, 10, 1000, default));
        Assert.Null(await store.FindOperation(Journal, "key", default));
        Assert.Empty(await store.FindOverdue(0, 63, _time.GetUtcNow(), 10, default));
        var claim = await store.Claim(Journal, default);
        Assert.Equal((zombie.Epoch + 2, 0, null, 0), (claim.Epoch, claim.Head, claim.Snapshot, claim.Tail.Count));
        Assert.Equal(new AppendOutcome(AppendStatus.Appended, 1), await store.Append(Lines(claim.Epoch, 0, "anew"), default));
    }

    [Theory, MemberData(nameof(RealStores))]
    public async Task An_expired_operation_is_forgotten_and_its_key_is_free(string name)
    {
        var store = Open(name);
        var claim = await store.Claim(Journal, default);
        var record = Record("key") with { ExpiresAt = _time.GetUtcNow().AddHours(1) };
        await store.Append(Lines(claim.Epoch, 0, "first") with { Operation = record }, default);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await store.FindOperation(Journal, "key", default));
        var again = Lines(claim.Epoch, 1, "second") with
        {
            Operation = record with { ExpiresAt = _time.GetUtcNow().AddHours(1) },
        };
        Assert.Equal(new AppendOutcome(AppendStatus.Appended, 2), await store.Append(again, default));
        Assert.Equal(AppendStatus.Repeated, (await store.Append(again, default)).Status);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_command_that_breaks_a_rule_is_refused_by_all_stores_alike(string name)
    {
        var store = Open(name);
        var claim = await store.Claim(Journal, default);
        var good = Lines(claim.Epoch, 0, "line");
        JournalAppend[] bad =
        [
            good with { Journal = "" }, good with { Journal = "nul\0" }, good with { Journal = "half \ud800" },
            good with { Journal = new('x', JournalLimits.NameMax + 1) }, good with { Epoch = 0 }, good with { Head = -1 },
            good with { Snapshot = new(7, Bytes("elsewhere")) },
            good with { Operation = Record(new('k', JournalLimits.KeyMax + 1)) },
            good with { Operation = Record("key") with { Answer = "nul\0" } },
            good with { Lines = new ReadOnlyMemory<byte>[JournalLimits.LinesMax + 1] },
            good with { Lines = [new byte[JournalLimits.BytesMax + 1]] },
        ];

        foreach (var append in bad)
            await Assert.ThrowsAsync<ArgumentException>(() => store.Append(append, default));

        await Assert.ThrowsAsync<ArgumentException>(() => store.Read(Journal, -1, 1, 1, default));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Read(Journal, 0, 0, 1, default));
        await Assert.ThrowsAsync<ArgumentException>(
            () => store.FindOverdue(0, JournalShard.Count, _time.GetUtcNow(), 1, default));
        Assert.Equal(new AppendOutcome(AppendStatus.Appended, 1), await store.Append(good, default));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_healthy_store_passes_its_check(string name) => await Open(name).Check(default);

    public static TheoryData<string> Stores() => [.. JournalStores.Names];

    public static TheoryData<string> RealStores() => [.. JournalStores.Names.Where(name => name != "memory")];

    public void Dispose() => _open.Dispose();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static (int Seq, string Text) Text(JournalLine line) => ((int)line.Seq, Encoding.UTF8.GetString(line.Utf8.Span));

    private static JournalAppend Lines(long epoch, long head, params string[] lines) => new()
    {
        Journal = Journal,
        Epoch = epoch,
        Head = head,
        Lines = [.. lines.Select(line => (ReadOnlyMemory<byte>)Bytes(line))],
    };

    private static Operation Record(string key) =>
        new(key, "fingerprint", "{\"run\":\"é\"}", new(2035, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private IJournalStore Open(string name)
    {
        _open = JournalStores.Open(name, _time);
        return _open.Journals;
    }
}
