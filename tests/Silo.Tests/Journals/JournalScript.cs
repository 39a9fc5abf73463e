using System.Globalization;
using System.Text;
using Colloquy.Journals;

namespace Colloquy.Tests.Journals;

/// <summary>A random but repeatable run of commands, most of them sensible, some stale and some wrong.</summary>
/// <remarks>What it asks next depends only on its seed and on the answers, so that equal stores are asked equally.</remarks>
internal sealed class JournalScript(int seed, string prefix = "t")
{
    private static readonly DateTimeOffset Start = new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly string[] _journals = [.. Enumerable.Range(0, 4).Select(n => $"{prefix}/session/{seed}-{n}-é{{x}}*")];
    private readonly Dictionary<string, (long Epoch, long Head)> _known = [];

    public IReadOnlyList<string> Journals => _journals;

    /// <summary>Does the next command and says in full what it was and what was answered.</summary>
    public async Task<string> Step(IJournalStore store)
    {
        var journal = _journals[_random.Next(_journals.Length)];
        var (epoch, head) = _known.GetValueOrDefault(journal, (1, 0));
        return _random.Next(20) switch
        {
            < 2 => await Claim(store, journal),
            < 12 => await Append(store, NextAppend(journal, Stale(epoch), Stale(head))),
            < 14 => Say("read", await store.Read(journal, _random.Next(8), 1 + _random.Next(6), _random.Next(120), default)),
            < 15 => $"find {await store.FindOperation(journal, NextKey(), default)}",
            < 17 => $"renew {await store.Renew(journal, Stale(epoch), NextInstant(), default)}",
            < 19 => await FindOverdue(store),
            _ => await Erase(store, journal),
        };
    }

    private async Task<string> Claim(IJournalStore store, string journal)
    {
        var claim = await store.Claim(journal, default);
        _known[journal] = (claim.Epoch, claim.Head);
        var snapshot = claim.Snapshot is { } taken ? $"of {taken.Seq}:{Encoding.UTF8.GetString(taken.Utf8.Span)}" : "none";
        return Say($"claim {journal} epoch {claim.Epoch} head {claim.Head} snapshot {snapshot}", claim.Tail);
    }

    private async Task<string> Append(IJournalStore store, JournalAppend append)
    {
        var outcome = await store.Append(append, default);
        if (outcome.Status is AppendStatus.Appended)
            _known[append.Journal] = (append.Epoch, outcome.Head);
        return $"append {append.Journal} epoch {append.Epoch} head {append.Head} key {append.Operation?.Key}: {outcome}";
    }

    private async Task<string> FindOverdue(IJournalStore store)
    {
        var first = _random.Next(JournalShard.Count);
        var overdue = await store.FindOverdue(
            first, _random.Next(first, JournalShard.Count), NextInstant(), 1 + _random.Next(4), default);
        return $"overdue {string.Join(' ', overdue)}";
    }

    private static async Task<string> Erase(IJournalStore store, string journal)
    {
        await store.Erase(journal, default);
        return $"erase {journal}";
    }

    private JournalAppend NextAppend(string journal, long epoch, long head)
    {
        var lines = Enumerable.Range(0, _random.Next(4)).Select(_ => NextBytes()).ToList();
        return new JournalAppend
        {
            Journal = journal,
            Epoch = Math.Max(1, epoch),
            Head = Math.Max(0, head),
            Lines = lines,
            Operation = _random.Next(3) == 0 ? new(NextKey(), $"print {_random.Next(3)}", "{\"é\":1}", NextInstant()) : null,
            Work = (WorkChange)_random.Next(3),
            Deadline = NextInstant(),
            Snapshot = _random.Next(5) == 0 ? new(Math.Max(0, head) + lines.Count, NextBytes()) : null,
        };
    }

    private long Stale(long current) => _random.Next(6) == 0 ? current + _random.Next(-2, 3) : current;

    private string NextKey() => $"key {_random.Next(12)} ü";

    private DateTimeOffset NextInstant() => Start.AddTicks(_random.Next(30) * TimeSpan.TicksPerSecond + _random.Next(3) * 4000);

    private ReadOnlyMemory<byte> NextBytes()
    {
        var bytes = new byte[_random.Next(60)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static string Say(string what, IReadOnlyList<JournalLine> lines) => lines.Aggregate(
        new StringBuilder(what),
        (text, line) => text.Append(CultureInfo.InvariantCulture, $" {line.Seq}:{Convert.ToHexString(line.Utf8.Span)}"),
        text => text.ToString());
}
