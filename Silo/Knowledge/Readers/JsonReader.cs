using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Colloquy.Knowledge.Readers;

/// <summary>JSON as Markdown: the path of every object and list is a heading, their plain values are lines.</summary>
internal sealed class JsonReader : IDocumentReader
{
    /// <summary>Objects and lists in each other: more is no document but an attack.</summary>
    public const int DepthMax = 64;

    private const int HeadingMax = 6;

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    public ReadDocument Read(byte[] content)
    {
        var text = Utf8Text.Of(content);
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DepthMax });
            var lines = new StringBuilder();
            Write(lines, json.RootElement, "", 1);
            return new(TitleOf(json.RootElement), lines.ToString(), IsMarkdown: true);
        }
        // A string may hold half a surrogate pair, which is found out when it is read.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new DocumentUnreadableException(
                DocumentCodes.Malformed, "It is no JSON, or its parts are nested too deeply.", failure);
        }
    }

    // As deep as the document at most: the parser refuses what is deeper.
    private static void Write(StringBuilder lines, JsonElement value, string path, int level)
    {
        var parts = Parts(value);
        foreach (var (name, part) in parts.Where(part => !IsBranch(part.Value)))
            lines.Append(name is null ? "- " : $"- {name}: ").Append(Plain(part)).Append('\n');
        foreach (var (at, (name, part)) in parts.Index().Where(part => IsBranch(part.Item.Value)))
        {
            var place = name is null ? $"{path}[{at.ToString(CultureInfo.InvariantCulture)}]" : path.Length == 0 ? name
                : $"{path}.{name}";
            lines.Append('\n').Append('#', Math.Min(level + 1, HeadingMax)).Append(' ').Append(OneLine(place)).Append("\n\n");
            Write(lines, part, place, level + 1);
        }
    }

    private static List<(string? Name, JsonElement Value)> Parts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [.. value.EnumerateObject().Select(one => ((string?)OneLine(one.Name), one.Value))],
        JsonValueKind.Array => [.. value.EnumerateArray().Select(one => ((string?)null, one))],
        _ => [(null, value)],
    };

    private static bool IsBranch(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Any(),
            JsonValueKind.Array => value.GetArrayLength() > 0,
            _ => false,
        };

    // Further lines are indented: they belong to the item, and none of them is a heading.
    private static string Plain(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? value.GetString()!.ReplaceLineEndings("\n  ") : value.GetRawText();

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string? TitleOf(JsonElement root) =>
        root.ValueKind is JsonValueKind.Object && (root.TryGetProperty("title", out var title) || root.TryGetProperty("name",
            out title))
            && title.ValueKind is JsonValueKind.String ? title.GetString() : null;
}
