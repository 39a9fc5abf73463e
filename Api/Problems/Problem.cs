namespace Colloquy.Problems;

/// <summary>A refusal or fault as a client is told of it. As an <see cref="IResult"/> it is what an endpoint answers.</summary>
/// <param name="Detail">A sentence about this very case, or null. It never carries what only we should know.</param>
internal sealed record Problem(ProblemCode Code, string? Detail = null) : IResult
{
    /// <summary>What is wrong with each named field.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The run that is in the way, with <see cref="ProblemCodes.SessionBusy"/>.</summary>
    public string? RunId { get; init; }

    /// <summary>When it may be tried again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A problem with one field.</summary>
    public static Problem Of(ProblemCode code, string field, string complaint) =>
        new(code, complaint) { Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [complaint] } };

    public Task ExecuteAsync(HttpContext httpContext) => ProblemWriter.Write(httpContext, this);
}

/// <summary>Carries a problem out of code that cannot answer it, such as the binding of a parameter.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Code.Title)
{
    public Problem Problem => problem;
}
