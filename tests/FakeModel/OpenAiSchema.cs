using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Colloquy.FakeModel;

/// <summary>
/// Checks JSON against OpenAI's published schemas (OpenAPI 3.1). Knows the keywords that occur in them, and is stricter in one
/// point: an object whose schema names its properties may have no others.
/// </summary>
public static class OpenAiSchema
{
    private static readonly JsonElement Definitions = Load();

    /// <summary>What is wrong with a value, each with its place; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(string schema, JsonElement value) =>
        Check(Definitions.GetProperty(schema), value, "$", isPart: false);

    public static IReadOnlyList<string> Check(string schema, string json) =>
        Check(schema, JsonSerializer.Deserialize<JsonElement>(json));

    private static JsonElement Load()
    {
        using var asset = typeof(OpenAiSchema).Assembly.GetManifestResourceStream("openai-schemas.json")!;
        return JsonSerializer.Deserialize<JsonElement>(asset).GetProperty("$defs");
    }

    private static List<string> Check(JsonElement schema, JsonElement value, string at, bool isPart)
    {
        if (schema.Text("$ref") is { } address)
        {
            return Check(Definitions.GetProperty(address.Split('/')[^1]), value, at, isPart);
        }

        // An arm of allOf sees but part of the object, so it cannot call the rest unknown.
        List<string> wrong = [.. schema.At("allOf").Items().SelectMany(part => Check(part, value, at, isPart: true))];
        foreach (var keyword in new[] { "anyOf", "oneOf" })
        {
            wrong.AddRange(Arms(schema.At(keyword), value, at, isPart));
        }

        if (schema.At("enum") is { ValueKind: JsonValueKind.Array } allowed
            && !allowed.Items().Any(one => JsonElement.DeepEquals(one, value)))
        {
            wrong.Add($"{at}: {value.GetRawText()} is none of {allowed.GetRawText()}");
        }

        if (!HasType(schema.At("type"), value))
        {
            wrong.Add($"{at}: {value.ValueKind} where {schema.At("type").GetRawText()} is due");
            return wrong;
        }

        wrong.AddRange(value.ValueKind switch
        {
            JsonValueKind.Object => Object(schema, value, at, isPart),
            JsonValueKind.Array => Array(schema, value, at),
            JsonValueKind.String => String(schema, value.GetString()!, at),
            JsonValueKind.Number => Number(schema, value.GetDouble(), at),
            _ => [],
        });
        return wrong;
    }

    private static IEnumerable<string> Arms(JsonElement arms, JsonElement value, string at, bool isPart)
    {
        var tried = arms.Items().Select(arm => Check(arm, value, at, isPart)).ToArray();
        return tried.Length == 0 || tried.Any(wrong => wrong.Count == 0) ? [] : tried.MinBy(wrong => wrong.Count)!;
    }

    private static IEnumerable<string> Object(JsonElement schema, JsonElement value, string at, bool isPart)
    {
        var required = schema.At("required").Items().Select(name => name.GetString()!);
        foreach (var name in required.Where(name => !value.TryGetProperty(name, out _)))
        {
            yield return $"{at}.{name} is missing";
        }

        var (properties, others) = (schema.At("properties"), schema.At("additionalProperties"));
        foreach (var property in value.EnumerateObject())
        {
            var place = $"{at}.{property.Name}";
            var own = properties.At(property.Name) is { ValueKind: JsonValueKind.Object } known ? known : others;
            var isUnknown = own.ValueKind is JsonValueKind.False
                || (own.ValueKind is JsonValueKind.Undefined && properties.ValueKind is JsonValueKind.Object && !isPart);
            foreach (var wrong in isUnknown ? [$"{place} is unknown"]
                : own.ValueKind is JsonValueKind.Object ? Check(own, property.Value, place, isPart: false) : [])
            {
                yield return wrong;
            }
        }
    }

    private static IEnumerable<string> Array(JsonElement schema, JsonElement value, string at)
    {
        var (count, items) = (value.GetArrayLength(), schema.At("items"));
        var wrong = items.ValueKind is JsonValueKind.Object
            ? value.Items().SelectMany((item, n) => Check(items, item, $"{at}[{n}]", isPart: false))
            : [];
        return count < schema.Number("minItems") || count > schema.Number("maxItems")
            ? wrong.Append($"{at}: {count} items")
            : wrong;
    }

    private static IEnumerable<string> String(JsonElement schema, string value, string at) =>
        value.Length < schema.Number("minLength") || value.Length > schema.Number("maxLength")
            ? [$"{at}: {value.Length} characters"]
        : schema.Text("pattern") is { } pattern && !Regex.IsMatch(value, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))
            ? [$"{at}: '{value}' does not match {pattern}"]
        : [];

    private static IEnumerable<string> Number(JsonElement schema, double value, string at) =>
        value < Limit(schema, "minimum") || value > Limit(schema, "maximum")
            ? [string.Create(CultureInfo.InvariantCulture, $"{at}: {value} is out of bounds")]
            : [];

    private static double? Limit(JsonElement schema, string name) =>
        schema.At(name) is { ValueKind: JsonValueKind.Number } limit ? limit.GetDouble() : null;

    private static bool HasType(JsonElement type, JsonElement value) => type.ValueKind is JsonValueKind.Array
        ? type.Items().Any(one => HasType(one, value))
        : type.ValueKind is not JsonValueKind.String || type.GetString() switch
        {
            "object" => value.ValueKind is JsonValueKind.Object,
            "array" => value.ValueKind is JsonValueKind.Array,
            "string" => value.ValueKind is JsonValueKind.String,
            "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind is JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind is JsonValueKind.Null,
            _ => false,
        };
}
