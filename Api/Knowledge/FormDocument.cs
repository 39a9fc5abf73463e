using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.Problems;
using Microsoft.Net.Http.Headers;

namespace Colloquy.Knowledge;

/// <summary>A file of a form as a document.</summary>
internal static class FormDocument
{
    private const string Unknown = "application/octet-stream";

    /// <summary>The document, or null with the problem.</summary>
    /// <param name="fields">The form's fields before the file: those of a document in JSON, tags as a JSON object.</param>
    public static DocumentBody? Of(
        ContentDispositionHeaderValue disposition, string? contentType, byte[] content, Dictionary<string, string> fields,
        out Problem? problem)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar
            : disposition.FileName).Value ?? "";
        var json = new Dictionary<string, object?>(StringComparer.Ordinal);
        try
        {
            foreach (var (field, value) in fields.Where(field => field.Value.Length > 0))
                json[field] = field switch
                {
                    "retracted" => value is "true",
                    "tags" => JsonDocument.Parse(value).RootElement,
                    _ => value,
                };
            json["base64"] = Convert.ToBase64String(content);
            json["mediaType"] = fields.GetValueOrDefault("mediaType") ?? TypeOf(contentType, name);
            json.TryAdd("title", name.Length is > 0 and <= 300 && !IsHtml(name) ? name : null);
            problem = null;
            return JsonSerializer.SerializeToElement(json, ApiJson.Default).Deserialize<DocumentBody>(ApiJson.Default);
        }
        catch (JsonException)
        {
            problem = new(ProblemCodes.InvalidRequest, "The form has fields that nobody knows, or tags that are no JSON object.");
            return null;
        }
    }

    // A page has a title of its own, which says more than the name of its file.
    private static bool IsHtml(string name) => TypeOf(null, name) is "text/html";

    private static string TypeOf(string? contentType, string name) =>
        contentType is { Length: > 0 } stated && !stated.StartsWith(Unknown, StringComparison.OrdinalIgnoreCase) ? stated
        : Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".md" or ".markdown" => "text/markdown",
            ".html" or ".htm" => "text/html",
            ".xhtml" => "application/xhtml+xml",
            ".json" => "application/json",
            ".pdf" => "application/pdf",
            ".txt" => DocumentBody.PlainText,
            _ => Unknown,
        };
}
