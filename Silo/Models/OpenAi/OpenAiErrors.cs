using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;

namespace Colloquy.Models.OpenAi;

/// <summary>What a failure of the service, the network or the package means.</summary>
internal static class OpenAiErrors
{
    /// <summary>More of a service's explanation than this helps nobody.</summary>
    private const int DetailLengthMax = 300;

    /// <param name="hasAnswered">Whether the answer had begun, in which case the connection was there.</param>
    public static ModelException From(Exception failure, bool hasAnswered, TimeProvider clock) => failure switch
    {
        ModelException known => known,
        ClientResultException { Status: > 0 } refused => Refusal(refused, clock),
        ClientResultException { InnerException: { } inner } => From(inner, hasAnswered, clock),
        JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException
            or IndexOutOfRangeException => new(ModelErrors.BadAnswer, "The service's answer is not OpenAI's protocol.", failure),
        HttpRequestException or ClientResultException or OperationCanceledException when !hasAnswered =>
            new(ModelErrors.Unreachable, $"The model service cannot be reached: {Short(failure.Message)}", failure),
        HttpRequestException or IOException or ClientResultException or OperationCanceledException =>
            new(ModelErrors.StreamCut, "The connection broke off before the answer was whole.", failure),
        _ => new(ModelErrors.BadAnswer, $"The answer could not be read ({failure.GetType().Name}).", failure),
    };

    /// <summary>An error that the service sent where an answer was due.</summary>
    public static ModelException InAnswer(string? code, string? message) => new(
        IsContext(code, message) ? ModelErrors.ContextTooLong
            : code is "rate_limit_exceeded" or "insufficient_quota" ? ModelErrors.RateLimited
            : ModelErrors.ServerError,
        $"The service failed while answering: {Short(message ?? code ?? "no reason given")}");

    /// <summary>Whether the same request may succeed a moment later, given that nothing of an answer was seen.</summary>
    public static bool IsWorthRetrying(ModelException failure) => failure switch
    {
        { Status: 408 or 409 or 425 or >= 500 } => true,
        { Status: 429 } => failure.Data["code"] is not "insufficient_quota",
        { Status: null, Code: ModelErrors.Unreachable or ModelErrors.StreamCut or ModelErrors.ServerError } => true,
        _ => false,
    };

    private static ModelException Refusal(ClientResultException refused, TimeProvider clock)
    {
        var response = refused.GetRawResponse();
        var (code, message) = Body(response);
        var failure = new ModelException(CodeOf(refused.Status, code, message),
            $"The model service refused with {refused.Status}: {Short(message ?? code ?? "no reason given")}", refused)
        {
            Status = refused.Status,
            RetryAfter = response is null ? null : RetryAfter.Read(response.Headers, clock),
        };
        failure.Data["code"] = code;
        return failure;
    }

    public static string CodeOf(int status, string? code, string? message) => status switch
    {
        400 or 413 or 422 when status is 413 || IsContext(code, message) => ModelErrors.ContextTooLong,
        401 or 403 => ModelErrors.RefusedCredentials,
        402 or 429 => ModelErrors.RateLimited,
        404 => ModelErrors.NotFound,
        408 or >= 500 => ModelErrors.ServerError,
        _ => ModelErrors.BadRequest,
    };

    // OpenAI has a code for it; vLLM, llama.cpp and others say it in words.
    private static bool IsContext(string? code, string? message) =>
        code is "context_length_exceeded" or "exceed_context_size_error"
        || (message is not null && (message.Contains("context length", StringComparison.OrdinalIgnoreCase)
            || message.Contains("context window", StringComparison.OrdinalIgnoreCase)
            || message.Contains("context size", StringComparison.OrdinalIgnoreCase)));

    private static (string? Code, string? Message) Body(PipelineResponse? response)
    {
        try
        {
            if (response is null)
                return default;
            using var json = JsonDocument.Parse(response.Content);
            return ErrorIn(json.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return default; // a proxy's page, or a body that never came: the status says enough
        }
    }

    public static (string? Code, string? Message) ErrorIn(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return default;
        var error = body.TryGetProperty("error", out var inner) ? inner : body;
        return error.ValueKind switch
        {
            JsonValueKind.String => (null, error.GetString()),
            JsonValueKind.Object => (Text(error, "code") ?? Text(error, "type"), Text(error, "message")),
            _ => default,
        };
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= DetailLengthMax ? line : string.Concat(line.AsSpan(0, DetailLengthMax), "…");
    }
}
