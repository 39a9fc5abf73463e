using System.Globalization;
using System.Text.RegularExpressions;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>Numbers that questions ask for and sentences give.</summary>
/// <remarks>A question asks for one by its words: how many, how much, how long, what percentage and the like. A sentence gives the
/// first number in it that is no year in brackets, no citation, and no part of a name such as "Article 14" or "ISO 13485".</remarks>
internal static partial class Numbers
{
    public static bool IsAskedFor(string question) => Asking().IsMatch(question);

    public static double? In(string sentence)
    {
        foreach (Match found in Number().Matches(sentence))
            if (!Naming().IsMatch(sentence[..found.Index])
                && double.TryParse(found.Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float,
                    CultureInfo.InvariantCulture, out var number))
                return number;
        return null;
    }

    [GeneratedRegex(@"\b(how (many|much|long|often|old|large|big|high|far|likely|soon)|what (is the )?(number|percentage|share|probability"
        + @"|rate|amount|size|dose|price|cost|age|proportion|fraction|duration)|which percentage|in (which|what) year|estimate the"
        + @"|how probable)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asking();

    // Thousands are grouped by commas; a sign counts where a word does not end before it.
    [GeneratedRegex(@"(?<![\p{L}\d.,/(])-?\d{1,3}(,\d{3})+(\.\d+)?|"
        + @"(?<![\p{L}\d.,/(-])-?\d+(\.\d+)?(?![\p{L}\d/])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(article|articles|art\.?|annex|rule|section|chapter|table|figure|fig\.?|page|part|step|phase|class|type|iso|iec|en"
        + @"|version|no\.?|regulation|directive|cfr|usc)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Naming();
}
