using System.Text.Json;
using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>An error in the shape of OpenAI's API: by its status and type the official clients choose what they throw.</summary>
/// <param name="Param">The parameter that is wrong, or null.</param>
/// <param name="IsFinal">Whether asking again cannot help: official clients repeat 409, 429 and 5xx unless they are told.</param>
internal sealed record OpenAiError(int Status, string Type, string? Code, string? Param, string Message, bool IsFinal = false)
{
    private const string InvalidRequest = "invalid_request_error";
    private const string ServerError = "server_error";

    public static OpenAiError Of(Problem problem, HttpRequest request)
    {
        var (code, param) = (problem.Code, problem.Errors?.Keys.FirstOrDefault());
        var message = problem.Detail ?? $"{code.Title}.";
        return code.Code switch
        {
            "unauthenticated" => new(401, InvalidRequest, "invalid_api_key", null, message),
            "forbidden" => new(403, "permission_error", code.Code, null, message),
            "budget_exhausted" or "insufficient_quota" =>
                new(429, "insufficient_quota", "insufficient_quota", null, message, IsFinal: true),
            "too_many_requests" or "rate_limit_exceeded" => new(429, "rate_limit_error", "rate_limit_exceeded", null, message),
            "not_found" => new(404, InvalidRequest, "unknown_url", null, $"Invalid URL ({request.Method} {request.Path})"),
            "method_not_allowed" =>
                new(405, InvalidRequest, code.Code, null, $"Not allowed to {request.Method} on {request.Path}."),
            "run_cancelled" or "tool_in_doubt" or "upstream_refused" =>
                new(code.Status, TypeOf(code.Status), code.Code, param, message, IsFinal: true),
            _ when code.Status is 422 => new(400, InvalidRequest, code.Code, param, message),
            _ => new(code.Status, TypeOf(code.Status), code.Code, param, message),
        };
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, Message);
        json.WriteString("type"u8, Type);
        json.WriteString("param"u8, Param);
        json.WriteString("code"u8, Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TypeOf(int status) => status < 500 ? InvalidRequest : ServerError;
}
