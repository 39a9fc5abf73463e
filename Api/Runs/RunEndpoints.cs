using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Runs;

/// <summary>Runs: seen and ended. Their events are in <c>Streams</c>.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("/{id}", View).Describe("getRun", "Shows a run.").Answers<RunView>(200).Refuses(ProblemCodes.RunNotFound);
        runs.MapPost("/{id}/cancel", Cancel)
            .Describe("cancelRun",
                "Ends a run that is running or waiting; what was written is kept. One that has ended stays as it is.")
            .Answers<RunView>(200).Refuses(ProblemCodes.RunNotFound);
    }

    private static async Task<IResult> View(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        SessionIds.TryParseRun(id, out var session, out _)
        && await calls.Transcript(caller.Tenant, session).Ask(transcript => transcript.Run(id), cancellation) is { } run
            ? TypedResults.Ok(run) : new Problem(ProblemCodes.RunNotFound);

    private static async Task<IResult> Cancel(
        string id, OperationKey _, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        SessionIds.TryParseRun(id, out var session, out var _)
        && await calls.Session(caller.Tenant, session).Ask(grain => grain.Cancel(id), cancellation) is { } run
            ? TypedResults.Ok(run) : new Problem(ProblemCodes.RunNotFound);
}
