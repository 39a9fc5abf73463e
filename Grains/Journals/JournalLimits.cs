using System.Text;

namespace Colloquy.Journals;

/// <summary>What every store accepts. A breach is a mistake of the caller: all stores answer it alike, with an
/// <see cref="ArgumentException"/>, and have then changed nothing.</summary>
public static class JournalLimits
{
    /// <summary>Length of a journal's name, in UTF-16 units.</summary>
    public const int NameMax = 512;

    /// <summary>Length of an operation's key, in UTF-16 units.</summary>
    public const int KeyMax = 256;

    /// <summary>Lines of one append.</summary>
    public const int LinesMax = 1024;

    /// <summary>Bytes of one append: its lines and its snapshot together.</summary>
    public const int BytesMax = 16 * 1024 * 1024;

    public static void CheckName(string journal) => CheckText(journal, NameMax, "The name of a journal");

    public static void CheckKey(string key) => CheckText(key, KeyMax, "The key of an operation");

    public static void Check(JournalAppend append)
    {
        CheckName(append.Journal);
        Require(append.Epoch >= 1, "An epoch comes from a claim and is at least 1.");
        Require(append.Head >= 0, "A head is at least 0.");
        Require(append.Lines.Count <= LinesMax, $"An append has at most {LinesMax} lines.");
        Require(append.Lines.Sum(line => (long)line.Length) + (append.Snapshot?.Utf8.Length ?? 0) <= BytesMax,
            $"An append has at most {BytesMax} bytes.");
        Require(append.Snapshot is null || append.Snapshot.Seq == append.Head + append.Lines.Count,
            "A snapshot includes exactly the last line of its append.");
        if (append.Operation is null)
            return;
        CheckKey(append.Operation.Key);
        Require(!append.Operation.Fingerprint.Contains('\0', StringComparison.Ordinal)
            && !append.Operation.Answer.Contains('\0', StringComparison.Ordinal), "An operation's record is text without NUL.");
    }

    public static void CheckRead(string journal, long after, int limit, int maxBytes)
    {
        CheckName(journal);
        Require(after >= 0, "A sequence number is at least 0.");
        Require(limit >= 1 && maxBytes >= 0, "A read wants at least one line.");
    }

    public static void CheckSweep(int firstShard, int lastShard, int limit) =>
        Require(firstShard >= 0 && lastShard < JournalShard.Count && firstShard <= lastShard && limit >= 1,
            $"Shards run from 0 to {JournalShard.Count - 1}, and a sweep wants at least one journal.");

    // Control characters end keys early in some stores; half a surrogate pair would become the same bytes as any other half.
    private static void CheckText(string text, int lengthMax, string what)
    {
        Require(text.Length >= 1 && text.Length <= lengthMax, $"{what} has 1 to {lengthMax} characters.");
        foreach (var rune in text.EnumerateRunes())
            Require(!Rune.IsControl(rune) && rune != Rune.ReplacementChar, $"{what} has no control or broken characters.");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
            throw new ArgumentException(rule);
    }
}
