using System.Text.Json;
using Colloquy.Hosting;
using Microsoft.AspNetCore.Diagnostics;

namespace Colloquy.Problems;

/// <summary>Whatever was thrown becomes a problem here and nowhere else. What it says about our inside goes to the log
/// only.</summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await ProblemWriter.Write(httpContext, Of(httpContext, exception));
        return true;
    }

    private Problem Of(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ProblemException refused:
                return refused.Problem;
            case BadHttpRequestException bad:
                return Of(bad);
            case UnavailableException:
                LogUnavailable(exception, context.Request.Method, context.GetEndpoint()?.DisplayName);
                return new(ProblemCodes.Unavailable, "The request may be sent again with the same Idempotency-Key.")
                {
                    RetryAfter = RetryAfter,
                };
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return new(ProblemCodes.Timeout);
            default:
                LogFault(exception, context.Request.Method, context.GetEndpoint()?.DisplayName);
                return new(ProblemCodes.Internal);
        }
    }

    private static Problem Of(BadHttpRequestException bad)
    {
        if (bad.InnerException is not JsonException json)
            return new(ProblemCodes.Of(bad.StatusCode), bad.StatusCode is StatusCodes.Status400BadRequest ? Plain(bad) : null);
        var path = json.Path is { Length: > 2 and <= 100 } place && !place.Contains('\'', StringComparison.Ordinal)
            ? place[2..] : null;
        const string Complaint =
            "The body is not the JSON that is expected here: it is broken, or a field is unknown or of another type.";
        return path is null ? new(ProblemCodes.InvalidRequest, Complaint)
            : Problem.Of(ProblemCodes.InvalidRequest, path, Complaint);
    }

    // The framework's sentences name the parameter, in words of our source code; a client knows it by its name only.
    private static string Plain(BadHttpRequestException bad) =>
        bad.Message.Split('"') is [_, var named, ..] && named.Split(' ') is [.., var parameter]
            ? $"The value of '{parameter}' is missing or cannot be read."
            : "The body or a parameter is missing or cannot be read.";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private partial void LogFault(Exception failure, string method, string? endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Endpoint} could not be answered in time")]
    private partial void LogUnavailable(Exception failure, string method, string? endpoint);
}
