using System.Globalization;
using System.Text.RegularExpressions;

namespace Colloquy.Memory.Extraction;

/// <summary>A way to say something of oneself.</summary>
/// <param name="Shape">Matches a whole clause; group <c>o</c> is the object, and <c>s</c> the subject where it is not the
/// user.</param>
/// <param name="Accepts">Whether the object is of the kind that the shape speaks of.</param>
/// <param name="Predicate">The relation.</param>
/// <param name="IsList">Whether "a, b and c" are three objects.</param>
internal sealed record Pattern(Regex Shape, Func<string, bool> Accepts, string Predicate, double Confidence, bool IsList)
{
    public const string User = "user";

    private static readonly Regex Separators = new(@"\s*(?:,|;|\band\b|\bor\b|&)\s*", RegexOptions.CultureInvariant);

    private static readonly Regex Since = new(@",? since (?<year>(19|20)\d\d)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex Trailing = new(
        @",?\s+(now|currently|at the moment|these days|please|always|from now on|today|any ?more|too|as well|daily"
            + @"|every day|(once|twice) (a day|daily))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public static Pattern Of(string shape, Func<string, bool> accepts, string predicate, double confidence = 0.85,
        bool isList = false) =>
        new(new Regex($"^{shape}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking),
            accepts, predicate, confidence, isList);

    /// <summary>What a clause says by this pattern.</summary>
    public IEnumerable<(string Subject, string Object, DateTimeOffset? Since)> Read(string clause)
    {
        var (core, since) = Core(clause);
        if (Shape.Match(core) is not { Success: true } match)
            yield break;
        var subject = match.Groups["s"] is { Success: true } other ? other.Value.ToLowerInvariant() : User;
        var objects = IsList ? Separators.Split(match.Groups["o"].Value) : [match.Groups["o"].Value];
        foreach (var found in objects.Select(one => one.Trim(' ', ',', '\'')).Where(one => one.Length > 0))
            if (Accepts(found))
                yield return (subject, found, since);
    }

    private static (string Core, DateTimeOffset? Since) Core(string clause)
    {
        DateTimeOffset? since = null;
        if (Since.Match(clause) is { Success: true } found)
        {
            since = new(int.Parse(found.Groups["year"].ValueSpan, CultureInfo.InvariantCulture), 1, 1, 0, 0, 0, TimeSpan.Zero);
            clause = clause[..found.Index];
        }
        for (var before = ""; before != clause;)
            clause = Trailing.Replace(before = clause, "", 1);
        return (clause, since);
    }
}
