using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Streams;

/// <summary>Spells a place in a session's journal: <c>{seq}-{tag}</c>, where the tag shows whose journal is meant. A plain number
/// is understood as well.</summary>
internal static class StreamCursor
{
    private const int TagLength = 6;

    public static string TagOf(string session) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)))[..TagLength];

    public static string Of(string session, long seq) => $"{seq.ToString(CultureInfo.InvariantCulture)}-{TagOf(session)}";

    /// <summary>Reads a cursor of this session. False if it is malformed or another session's.</summary>
    public static bool TryParse(string text, string session, out long seq)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var number = dash < 0 ? text : text[..dash];
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out seq)
            && (dash < 0 || text.AsSpan(dash + 1).SequenceEqual(TagOf(session)));
    }
}
