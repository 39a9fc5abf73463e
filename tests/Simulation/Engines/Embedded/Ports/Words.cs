using System.Globalization;
using Colloquy.Sessions;

namespace Colloquy.Simulated;

/// <summary>
/// What scripted models write: every word names its call and its place, and the last one says so. A text that was put together
/// of two attempts, or lost a piece, shows it.
/// </summary>
internal static class Words
{
    public static string Of(int call, int at, bool isLast) =>
        string.Create(CultureInfo.InvariantCulture, $"{call}.{at}{(isLast ? "!" : "")} ");

    /// <summary>Whether a text is a beginning of what one attempt can write: whole calls, and then a piece of one.</summary>
    public static bool IsBeginning(string text) => Fold(text) is not null || IsReply(text);

    /// <summary>Whether a text is all that one attempt wrote.</summary>
    public static bool IsWhole(string text) => Fold(text) is (_, true) || IsReply(text);

    /// <summary>Whether it is what the service answers itself, where nobody was selected.</summary>
    private static bool IsReply(string text) =>
        text == SelectionReplies.Nobody || text.StartsWith("Could you say more", StringComparison.Ordinal);

    private static (int Next, bool IsWhole)? Fold(string text)
    {
        var (call, next, isWhole) = (-1, 0, true);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var dot = word.IndexOf('.', StringComparison.Ordinal);
            var isLast = word[^1] == '!';
            if (dot < 1 || !int.TryParse(word[..dot], out var named) || !int.TryParse(word[(dot + 1)..].TrimEnd('!'), out var at))
                return null;
            var follows = isWhole ? named > call && at == 0 : named == call && at == next;
            if (!follows)
                return null;
            (call, next, isWhole) = (named, at + 1, isLast);
        }
        return (next, isWhole);
    }
}
