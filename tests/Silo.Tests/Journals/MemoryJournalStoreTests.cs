using Colloquy.Doubles;
using Colloquy.Journals;

namespace Colloquy.Tests.Journals;

/// <summary>What the twin has beyond the contract: a crash on demand.</summary>
public sealed class MemoryJournalStoreTests
{
    private const int Steps = 120;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Losing_the_last_changes_leaves_exactly_what_was_there_before_them(int seed)
    {
        var store = new MemoryJournalStore();
        var script = new JournalScript(seed);
        for (var step = 0; step < Steps; step++)
            await script.Step(store);
        store.Sync();
        var before = await Picture(store, script.Journals);

        for (var step = 0; step < Steps; step++)
            await script.Step(store);
        Assert.NotEqual(before, await Picture(store, script.Journals));
        store.Lose(int.MaxValue);

        Assert.Equal(before, await Picture(store, script.Journals));
        Assert.Equal(0, store.Unsynced);
    }

    [Fact]
    public async Task Only_the_last_changes_are_lost()
    {
        var store = new MemoryJournalStore();
        var claim = await store.Claim("j", default);
        foreach (var head in Enumerable.Range(0, 5))
            await store.Append(
                new() { Journal = "j", Epoch = claim.Epoch, Head = head, Lines = [new byte[] { (byte)head }] }, default);

        Assert.Equal(2, store.Lose(2));

        Assert.Equal(4, store.Unsynced); // the claim and three appends
        Assert.Equal(3, (await store.Read("j", 0, 10, 100, default)).Count);
        Assert.Equal(4, store.Lose(100));
        Assert.Equal(1, (await store.Claim("j", default)).Epoch);
    }

    [Fact]
    public async Task What_is_synced_cannot_be_lost()
    {
        var store = new MemoryJournalStore();
        await store.Claim("j", default);
        store.Sync();

        Assert.Equal(0, store.Lose(5));
        Assert.Equal(2, (await store.Claim("j", default)).Epoch);
    }

    [Fact]
    public async Task Operations_are_forgotten_when_they_have_expired()
    {
        var (store, at) = (new MemoryJournalStore(), DateTimeOffset.UnixEpoch);
        var claim = await store.Claim("j", default);
        await store.Append(
            new() { Journal = "j", Epoch = claim.Epoch, Head = 0, Lines = [], Operation = new("k", "f", "a", at) }, default);

        store.Forget(at.AddTicks(-1));
        Assert.NotNull(await store.FindOperation("j", "k", default));
        store.Forget(at);
        Assert.Null(await store.FindOperation("j", "k", default));
    }

    // Everything that can be asked without changing anything; the keys are those of the script.
    private static async Task<string> Picture(MemoryJournalStore store, IReadOnlyList<string> journals)
    {
        var picture = new List<string>();
        foreach (var journal in journals)
        {
            picture.AddRange((await store.Read(journal, 0, 10_000, int.MaxValue, default))
                .Select(line => $"{journal} {line.Seq} {Convert.ToHexString(line.Utf8.Span)}"));
            foreach (var key in Enumerable.Range(0, 12))
                picture.Add($"{await store.FindOperation(journal, $"key {key} ü", default)}");
        }
        picture.AddRange(await store.FindOverdue(0, JournalShard.Count - 1, DateTimeOffset.MaxValue, 100, default));
        return string.Join('\n', picture);
    }
}
