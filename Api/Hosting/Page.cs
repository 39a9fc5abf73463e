using System.Globalization;
using Colloquy.Problems;

namespace Colloquy.Hosting;

/// <summary>A page of a list.</summary>
/// <param name="NextCursor">What to send as <c>cursor</c> for the page after it, or null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Which page a client wants.</summary>
internal static class Paging
{
    public const int LimitMax = 100;
    public const int LimitDefault = 20;

    public static Problem? Check(int? limit) => new Checks().Within(limit, "limit", 1, LimitMax).Problem;

    public static Problem BadCursor() => Problem.Of(ProblemCodes.CursorInvalid, "cursor", "Not a cursor that this list gave.");

    /// <summary>A page of a list that is at hand whole, in the order of its ids: the last id of a page is the cursor of the
    /// next.</summary>
    public static Page<T> ById<T>(IReadOnlyList<T> all, Func<T, string> id, string? cursor, int? limit)
    {
        var size = limit ?? LimitDefault;
        var page = all.Where(one => cursor is null || string.CompareOrdinal(id(one), cursor) > 0).Take(size + 1).ToList();
        return new([.. page.Take(size)], page.Count > size ? id(page[size - 1]) : null);
    }

    public static string Invariant(this long number) => number.ToString(CultureInfo.InvariantCulture);
}
