using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>Refusals and faults of the OpenAI-compatible addresses alone, by the codes that OpenAI's clients know.</summary>
internal static class OpenAiCodes
{
    public static readonly ProblemCode MissingParameter = new("missing_required_parameter", 400, "A parameter is missing");
    public static readonly ProblemCode InvalidType = new("invalid_type", 400, "A parameter has another type");
    public static readonly ProblemCode InvalidValue = new("invalid_value", 400, "A parameter's value is not allowed");
    public static readonly ProblemCode UnsupportedParameter = new("unsupported_parameter", 400, "A parameter is not supported");
    public static readonly ProblemCode StringTooLong = new("string_above_max_length", 400, "A text is too long");
    public static readonly ProblemCode ContextTooLong = new("context_length_exceeded", 400, "The model cannot take so much text");
    public static readonly ProblemCode ModelNotFound = new("model_not_found", 404, "The model does not exist");
    public static readonly ProblemCode RunCancelled = new("run_cancelled", 409, "The answer was cancelled");
    public static readonly ProblemCode RateLimited = new("rate_limit_exceeded", 429, "The model service has no capacity left");
    public static readonly ProblemCode InsufficientQuota = new("insufficient_quota", 429, "The budget does not allow this");
    public static readonly ProblemCode AnswerRestarted = new("answer_restarted", 500, "The answer was begun anew");
    public static readonly ProblemCode ToolInDoubt = new("tool_in_doubt", 500, "It is not known whether a tool took effect");
    public static readonly ProblemCode UpstreamError = new("upstream_error", 502, "The model service failed");
    public static readonly ProblemCode UpstreamRefused = new("upstream_refused", 502, "The model service refuses us");
    public static readonly ProblemCode QuorumNotReached = new("quorum_not_reached", 502, "Too few of the panel answered");
    public static readonly ProblemCode RunExpired = new("run_expired", 504, "The answer took too long");

    /// <summary>A problem with one parameter, named as OpenAI names it: <c>messages[0].content</c>.</summary>
    public static ProblemException Refuse(ProblemCode code, string parameter, string message) =>
        new(Problem.Of(code, parameter, message));

    /// <summary>The words by which OpenAI says so.</summary>
    public static Problem UnknownModel(string model) => Problem.Of(
        ModelNotFound, "model", $"The model `{Shown(model)}` does not exist or you do not have access to it.");

    /// <summary>A client's text as an error may repeat it.</summary>
    public static string Shown(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), "…");
}
