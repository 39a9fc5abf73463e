namespace Colloquy.Models;

/// <summary>A model that did not answer, or not in full, after whatever its adapter could mend.</summary>
/// <remarks>
/// The message is a sentence for operators without secrets and without the prompt; it may quote the service. It stays in the
/// silo:
/// what crosses a grain boundary is an event or refusal made of its code.
/// </remarks>
public sealed class ModelException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ModelErrors"/>: journaled, shown to clients and counted, hence never renamed.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status of the service's refusal; null if there was none.</summary>
    public int? Status { get; init; }

    /// <summary>When the service said that asking again makes sense; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many times the service was asked; 1 means no retry.</summary>
    public int Attempts { get; internal set; } = 1;
}

/// <summary>The codes of <see cref="ModelException"/>. Stable: they are written to journals.</summary>
public static class ModelErrors
{
    /// <summary>No connection to the service.</summary>
    public const string Unreachable = "model_unreachable";

    /// <summary>Too many requests, or the account's quota is used up.</summary>
    public const string RateLimited = "model_rate_limited";

    /// <summary>The service does not accept the key, or the key may not use the model.</summary>
    public const string RefusedCredentials = "model_refused_credentials";

    /// <summary>The service has no such model, or nothing at the configured address.</summary>
    public const string NotFound = "model_not_found";

    /// <summary>The service finds the request wrong: asking again would not help.</summary>
    public const string BadRequest = "model_bad_request";

    /// <summary>The prompt has more tokens than the model takes.</summary>
    public const string ContextTooLong = "model_context_too_long";

    /// <summary>The answer broke off: what was streamed is not the whole.</summary>
    public const string StreamCut = "model_stream_cut";

    /// <summary>The service kept silent for too long, before or within its answer, or took longer than a call may.</summary>
    public const string Stalled = "model_stalled";

    /// <summary>What came back is no answer of the protocol.</summary>
    public const string BadAnswer = "model_bad_answer";

    /// <summary>The service failed (5xx), also when asked again.</summary>
    public const string ServerError = "model_server_error";
}
