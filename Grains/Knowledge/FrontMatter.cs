using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>
/// A Markdown file that begins with fields between two lines <c>---</c>. A field is <c>key: value</c>, or <c>key:</c> followed by
/// lines <c>- item</c>. This is the part of YAML that people write by hand; quotes, nesting and anchors are not.
/// </summary>
/// <param name="Fields">Each field's items in order: a plain value is one item, an empty field none.</param>
/// <param name="Body">The text after the fields, trimmed.</param>
internal sealed record FrontMatter(ImmutableSortedDictionary<string, ImmutableArray<string>> Fields, string Body)
{
    private const string Fence = "---";

    /// <exception cref="FormatException">A line is none of these, or a field occurs twice. The message names it.</exception>
    public static FrontMatter Of(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = lines[0].TrimEnd() == Fence ? Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence) : -1;
        var fields = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (end < 0)
            return new FrontMatter(fields.ToImmutable(), text.Trim());
        var open = default(string);
        for (var i = 1; i < end; i++)
        {
            var line = lines[i].Trim();
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (open is not null && line.StartsWith("- ", StringComparison.Ordinal))
                fields[open] = fields[open].Add(line[2..].Trim());
            else if (colon > 0 && !line.StartsWith('-') && !fields.ContainsKey(line[..colon]))
                fields[open = line[..colon]] = line[(colon + 1)..].Trim() is { Length: > 0 } value ? [value] : [];
            else if (line.Length > 0)
                throw new FormatException($"Line {i + 1} of the front matter is neither a new field nor an item: {line}");
        }

        return new FrontMatter(fields.ToImmutable(), string.Join('\n', lines[(end + 1)..]).Trim());
    }

    /// <summary>The field's value, or null when it is absent or empty.</summary>
    public string? Value(string key) => Fields.TryGetValue(key, out var items) && items.Length > 0 ? items[0] : null;

    /// <summary>The items of a field that lists sentences, one on each line.</summary>
    public ImmutableArray<string> Items(string key) => Fields.TryGetValue(key, out var items) ? items : [];

    /// <summary>The names of a field that lists them on one line, separated by commas.</summary>
    public ImmutableArray<string> Names(string key) =>
        [.. Items(key).SelectMany(item => item.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
