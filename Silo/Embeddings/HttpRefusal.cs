using System.Text.Json;
using Colloquy.Models;
using Colloquy.Models.OpenAi;

namespace Colloquy.Embeddings;

/// <summary>What a refusal of Hugging Face or of a Text Embeddings Inference server means.</summary>
/// <remarks>
/// Bodies are <c>{"error": text or texts, "error_type"?, "estimated_time"?}</c>; the time, in seconds, is when a model that is being
/// loaded will be there. 424 is a backend that failed: it is not asked again, for it fails at the same text.
/// </remarks>
internal static class HttpRefusal
{
    private const int BodyMax = 64 * 1024;

    public static async Task<ModelException> Read(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var (code, message, loads) = Parse(await Body(response, cancellation));
        return new(CodeOf(status, code, message),
            $"The embedding service refused with {status}: {OpenAiErrors.Short(message ?? code ?? "no reason given")}")
        {
            Status = status,
            RetryAfter = RetryAfter.Read(name => Header(response, name), clock) ?? loads,
        };
    }

    private static string CodeOf(int status, string? code, string? message) => status switch
    {
        424 => ModelErrors.ServerError,
        413 or 422 when message?.Contains("token", StringComparison.OrdinalIgnoreCase) is true => ModelErrors.ContextTooLong,
        _ => OpenAiErrors.CodeOf(status, code, message),
    };

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static async Task<string> Body(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
            var buffer = new char[BodyMax];
            return new string(buffer, 0, await reader.ReadBlockAsync(buffer, cancellation));
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or ModelException)
        {
            return ""; // the status says enough
        }
    }

    private static (string? Code, string? Message, TimeSpan? Loads) Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            var (code, message) = OpenAiErrors.ErrorIn(root);
            if (root.ValueKind is not JsonValueKind.Object)
                return default;
            if (root.TryGetProperty("error_type", out var type) && type.ValueKind is JsonValueKind.String)
                code = type.GetString();
            if (root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Array)
                message = string.Join("; ", error.EnumerateArray().Select(one => one.ToString()));
            return (code, message, root.TryGetProperty("estimated_time", out var time) && time.ValueKind is JsonValueKind.Number
                ? RetryAfter.Bounded(time.GetDouble() * 1000) : null);
        }
        catch (JsonException)
        {
            return default; // a proxy's page
        }
    }
}
