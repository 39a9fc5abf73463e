using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Sessions;

/// <summary>
/// Spells the ids of sessions, runs and messages. A run and its two messages carry the session and the sequence number of the
/// question, so that each is found without an index.
/// </summary>
public static class SessionIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32
    private const int Length = 26; // 130 bits
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>A session id that follows from who asked and the idempotency key: a repeat finds the same session.</summary>
    public static string Session(string tenant, string operation) =>
        "ses_" + Hash($"{tenant}\n{operation}");

    public static bool IsSession(string? id) => IsId(id, "ses_");

    public static string Run(string session, long seq) => $"run_{session[4..]}_{seq.ToString(CultureInfo.InvariantCulture)}";

    public static string Question(string session, long seq) =>
        $"msg_{session[4..]}_{seq.ToString(CultureInfo.InvariantCulture)}q";

    public static string Answer(string session, long seq) => $"msg_{session[4..]}_{seq.ToString(CultureInfo.InvariantCulture)}a";

    /// <summary>The session and the sequence number in a run's id.</summary>
    public static bool TryParseRun(string? id, out string session, out long seq) => TryParse(id, "run_", out session, out seq);

    /// <summary>The session and the question's sequence number in a message's id.</summary>
    public static bool TryParseMessage(string? id, out string session, out long seq)
    {
        (session, seq) = ("", 0);
        return id is [.., 'q' or 'a'] && TryParse(id[..^1], "msg_", out session, out seq);
    }

    private static bool TryParse(string? id, string prefix, out string session, out long seq)
    {
        (session, seq) = ("", 0);
        var end = prefix.Length + Length;
        if (id is null || id.Length < end + 2 || id.Length > end + 20 || id[end] != '_' || !IsPart(id, prefix, end))
            return false;
        session = "ses_" + id[prefix.Length..end];
        return id[end + 1] is >= '1' and <= '9'
            && long.TryParse(id.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out seq);
    }

    private static bool IsPart(string id, string prefix, int end) =>
        end == prefix.Length + Length && id.StartsWith(prefix, StringComparison.Ordinal)
        && id.AsSpan(prefix.Length, Length).IndexOfAnyExcept(Letters) < 0;

    /// <summary>Whether a text is such an id: the prefix, and as many letters as <see cref="Hash"/> has.</summary>
    internal static bool IsId(string? id, string prefix) => id is not null && IsPart(id, prefix, id.Length);

    /// <summary>130 bits of SHA-256 in letters that stand in any address.</summary>
    internal static string Hash(string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        var text = new char[Length];
        for (var at = 0; at < Length; at++)
        {
            var bit = at * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            text[at] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
        return new string(text);
    }
}
