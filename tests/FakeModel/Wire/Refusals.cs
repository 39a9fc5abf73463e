using System.Text.Json;
using System.Text.Json.Nodes;

namespace Colloquy.FakeModel;

/// <summary>A «no» as OpenAI says it.</summary>
internal sealed record Refusal(int Status, string Message, string Type, string? Code, string? Param = null)
{
    public JsonObject ToJson() => new()
    {
        ["error"] = new JsonObject { ["message"] = Message, ["type"] = Type, ["param"] = Param, ["code"] = Code },
    };

    public static Refusal Invalid(string message, string? param = null, string? code = null) =>
        new(400, message, "invalid_request_error", code, param);

    public static Refusal UnknownRoute(string method, string path) =>
        new(404, $"Invalid URL ({method} {path})", "invalid_request_error", null);

    /// <summary>The usual error object of a status.</summary>
    public static Refusal Of(Fault fault, string model) => (fault.Status, fault.Code) switch
    {
        (400, "context_length_exceeded") => Invalid(
            "This model's maximum context length is exceeded. Please reduce the length of the messages.", "messages", fault.Code),
        (401, _) => new(401, "Incorrect API key provided.", "invalid_request_error", fault.Code ?? "invalid_api_key"),
        (404, _) => new(404, $"The model `{model}` does not exist or you do not have access to it.",
            "invalid_request_error", fault.Code ?? "model_not_found"),
        (408, _) => new(408, "Request timed out.", "timeout", fault.Code),
        (429, "insufficient_quota") => new(429, "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota", fault.Code),
        (429, _) => new(429, $"Rate limit reached for {model} on requests per min (RPM): Limit 3, Used 3, Requested 1.",
            "requests", fault.Code ?? "rate_limit_exceeded"),
        (503, _) => new(503, "The engine is currently overloaded, please try again later.", "server_error", fault.Code),
        ( >= 500, _) => new(fault.Status, "The server had an error while processing your request.", "server_error", fault.Code),
        _ => new(fault.Status, $"The request was refused with {fault.Status}.", "invalid_request_error", fault.Code),
    };
}

/// <summary>The rules that OpenAI holds requests to and that a careless caller breaks first.</summary>
internal static class RequestRules
{
    private const int InputsMax = 2048;

    public static Refusal? Check(RecordedRequest request) =>
        request.Json.ValueKind is not JsonValueKind.Object
            ? Refusal.Invalid("We could not parse the JSON body of your request.")
        : request.Json.Text("model") is null or ""
            ? Refusal.Invalid("you must provide a model parameter")
        : request.IsChat ? CheckChat(request) : CheckEmbeddings(request);

    private static Refusal? CheckChat(RecordedRequest request) =>
        request.Messages.Count == 0
            ? Refusal.Invalid("Missing required parameter: 'messages'.", "messages", "missing_required_parameter")
        : request.Json.Number("n") is > 1
            ? Refusal.Invalid("FakeModel gives one choice only.", "n")
        : CheckTools(request.Messages);

    // The rule that cutting a history short breaks: calls and results stand and fall together.
    private static Refusal? CheckTools(IReadOnlyList<SentMessage> messages)
    {
        var open = new HashSet<string>();
        for (var at = 0; at < messages.Count; at++)
        {
            var message = messages[at];
            if (message.Role is "tool")
            {
                if (!open.Remove(message.Json.Text("tool_call_id") ?? ""))
                {
                    return Refusal.Invalid("Invalid parameter: messages with role 'tool' must be a response to a preceeding " +
                        "message with 'tool_calls'.", $"messages.[{at}].role");
                }
            }
            else if (open.Count > 0)
            {
                return Unanswered(open);
            }

            open.UnionWith(message.Json.At("tool_calls").Items().Select(call => call.Text("id") ?? ""));
        }

        return open.Count > 0 ? Unanswered(open) : null;
    }

    private static Refusal Unanswered(IEnumerable<string> ids) => Refusal.Invalid(
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The " +
        $"following tool_call_ids did not have response messages: {string.Join(", ", ids)}", "messages");

    private static Refusal? CheckEmbeddings(RecordedRequest request)
    {
        var inputs = Reading.Inputs(request.Json);
        return inputs.Count is 0 or > InputsMax || inputs.Any(string.IsNullOrEmpty)
            ? Refusal.Invalid($"'$.input' is invalid: 1 to {InputsMax} texts, none of them empty.", "input")
            : request.Json.Number("dimensions") is < 1
            ? Refusal.Invalid("'dimensions' must be at least 1.", "dimensions")
            : null;
    }
}
