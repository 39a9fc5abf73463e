using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Colloquy.Hosting;

namespace Colloquy.Problems;

/// <summary>Addresses whose errors have a shape of their own, as a published API prescribes it.</summary>
internal interface IErrorShape
{
    bool Owns(PathString path);

    /// <summary>Writes the body; status and general headers are set.</summary>
    Task Write(HttpContext context, Problem problem);
}

/// <summary>The body of a problem, as RFC 9457 has it, with our members.</summary>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string? Detail, string Code, string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RunId);

/// <summary>The one place that writes problems.</summary>
internal static class ProblemWriter
{
    public const string ContentType = "application/problem+json";

    public static async Task Write(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
            return; // a stream that breaks in the middle cannot be answered any more
        context.Response.StatusCode = problem.Code.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } pause)
            context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        if (context.RequestServices.GetServices<IErrorShape>()
            .FirstOrDefault(shape => shape.Owns(context.Request.Path)) is { } shape)
            await shape.Write(context, problem);
        else
            await context.Response.WriteAsJsonAsync(
                BodyOf(problem, TraceIdOf(context)), ApiJson.Default, ContentType, context.RequestAborted);
    }

    public static ProblemBody BodyOf(Problem problem, string traceId) => new(
        $"urn:colloquy:problem:{problem.Code.Code}", problem.Code.Title, problem.Code.Status, problem.Detail, problem.Code.Code,
        traceId, problem.Errors, problem.RunId);

    /// <summary>By this a client and our log speak of the same request.</summary>
    public static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
