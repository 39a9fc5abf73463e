using System.Text.Json;
using System.Text.Json.Nodes;

namespace Colloquy.FakeModel;

/// <summary>A small value that a JSON schema allows: what the model says when it must speak JSON and has no script.</summary>
internal static class SchemaExample
{
    private const int DepthMax = 16;

    public static bool IsWanted(JsonElement body) => body.At("response_format").Text("type") is "json_schema" or "json_object";

    public static JsonNode For(JsonElement body) =>
        Of(body.At("response_format").At("json_schema").At("schema")) ?? new JsonObject();

    public static JsonNode? Of(JsonElement schema) => Of(schema, schema, 0);

    private static JsonNode? Of(JsonElement schema, JsonElement root, int depth)
    {
        if (depth > DepthMax)
        {
            return null;
        }

        if (schema.Text("$ref") is { } address)
        {
            return Of(Find(root, address), root, depth + 1);
        }

        if (Fixed(schema) is { } value)
        {
            return JsonNode.Parse(value.GetRawText());
        }

        return Arms(schema).FirstOrDefault() is { ValueKind: JsonValueKind.Object } arm
            ? Of(arm, root, depth + 1)
            : OfType(schema, root, depth);
    }

    private static JsonNode? OfType(JsonElement schema, JsonElement root, int depth) => TypeOf(schema) switch
    {
        "string" => "word",
        "integer" => JsonValue.Create((long)Math.Ceiling(Least(schema))),
        "number" => JsonValue.Create(Least(schema)),
        "boolean" => true,
        "null" => null,
        "array" => new JsonArray([.. Enumerable.Range(0, schema.Number("minItems") ?? 1)
            .Select(_ => Of(schema.At("items"), root, depth + 1))]),
        _ => new JsonObject(Properties(schema)
            .Select(property => KeyValuePair.Create(property.Name, Of(property.Value, root, depth + 1)))),
    };

    private static string? TypeOf(JsonElement schema) =>
        schema.Text("type") ?? schema.At("type").Items().Select(type => type.GetString()).FirstOrDefault();

    private static double Least(JsonElement schema) =>
        schema.At("minimum") is { ValueKind: JsonValueKind.Number } minimum ? minimum.GetDouble() : 1;

    private static JsonElement? Fixed(JsonElement schema) =>
        schema.At("const") is { ValueKind: not JsonValueKind.Undefined } constant ? constant
        : schema.At("enum").Items().Select(value => (JsonElement?)value).FirstOrDefault();

    private static IEnumerable<JsonElement> Arms(JsonElement schema) =>
        schema.At("anyOf").Items().Concat(schema.At("oneOf").Items()).Concat(schema.At("allOf").Items());

    private static IEnumerable<JsonProperty> Properties(JsonElement schema) =>
        schema.At("properties") is { ValueKind: JsonValueKind.Object } properties ? properties.EnumerateObject() : [];

    private static JsonElement Find(JsonElement root, string address) =>
        address.Split('/').Skip(1).Aggregate(root, (at, name) => at.At(name));
}
