using System.Collections.Immutable;
using System.Globalization;

namespace Colloquy.Memory;

/// <summary>Facts as they stand in a prompt.</summary>
internal static class MemoryLines
{
    /// <summary>A line for each fact; empty without facts.</summary>
    public static string Of(ImmutableArray<FactHit> hits) => string.Join('\n', hits.Select(hit => Of(hit.Fact)));

    /// <summary>Such as <c>- The user takes metformin. (since 2024, confirmed)</c>,
    /// always one line: a fact is material and may not
    /// look like anything else in the prompt.</summary>
    public static string Of(Fact fact)
    {
        var text = string.Join(' ', fact.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var since = fact.ValidFrom is { } from ? $"since {from.Year.ToString(CultureInfo.InvariantCulture)}, " : "";
        return $"- {text} ({since}{fact.Status})";
    }
}
