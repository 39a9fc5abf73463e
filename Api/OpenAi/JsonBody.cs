using System.Text.Json;
using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>Reads a body whose members are not all known.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <exception cref="ProblemException">It is no JSON.</exception>
    public static async Task<JsonElement> Read(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            throw new ProblemException(new(ProblemCodes.UnsupportedMediaType, "Send the header Content-Type: application/json."));
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Reading, request.HttpContext.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new ProblemException(new(ProblemCodes.InvalidRequest, "The JSON body of your request could not be parsed."));
        }
    }
}
