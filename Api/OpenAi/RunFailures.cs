using Colloquy.Problems;
using Colloquy.Runs;

namespace Colloquy.OpenAi;

/// <summary>What a run that ended without an answer is to a client that knows OpenAI's errors only.</summary>
internal static class RunFailures
{
    /// <param name="parameter">What of the request is too long, if the model says so.</param>
    public static Problem Of(string terminal, RunError? error, string parameter = "messages") => terminal switch
    {
        "run.cancelled" => new(OpenAiCodes.RunCancelled, "The answer was cancelled before it was complete."),
        "run.expired" => new(OpenAiCodes.RunExpired, "The answer took longer than an answer may."),
        "run.budget_exhausted" => OverBudget,
        _ => Of(error ?? new("internal", "The answer could not be written, through a fault of the service."), parameter),
    };

    public static Problem OverBudget =>
        new(OpenAiCodes.InsufficientQuota, "The budget of tokens has too little left for this request.");

    /// <summary>There is nothing to be answered any more: somebody deleted the session or panel.</summary>
    public static Problem Gone => new(OpenAiCodes.RunCancelled, "What was asked was deleted before the answer was complete.");

    // What the model service says of keys, addresses and accounts concerns who runs this deployment, not who uses it.
    private static Problem Of(RunError error, string parameter) => error.Code switch
    {
        "model_rate_limited" => new(OpenAiCodes.RateLimited, "The model service has no capacity left. Try again in a moment."),
        "model_context_too_long" =>
            Problem.Of(OpenAiCodes.ContextTooLong, parameter, $"The {parameter} is more than the model can read."),
        "model_refused_credentials" or "model_not_found" or "model_bad_request" =>
            new(OpenAiCodes.UpstreamRefused, $"The model service does not accept what this deployment sends ({error.Code})."),
        "quorum_not_reached" => new(OpenAiCodes.QuorumNotReached, error.Message),
        "tool_in_doubt" => new(OpenAiCodes.ToolInDoubt, error.Message),
        _ when error.Code.StartsWith("model_", StringComparison.Ordinal) =>
            new(OpenAiCodes.UpstreamError, $"The model service gave no usable answer ({error.Code})."),
        _ => new(ProblemCodes.Internal, "The answer could not be written, through a fault of the service."),
    };
}
