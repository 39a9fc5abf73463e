using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Runs;

/// <summary>Runs of every kind: seen and ended. Their events are in <c>Streams</c>.</summary>
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

    /// <summary>A run by its id, or null: whose it is stands in the id.</summary>
    public static async Task<RunView?> FindRun(this GrainCalls calls, string tenant, string id, CancellationToken cancellation) =>
        SessionIds.TryParseRun(id, out var session, out _)
            ? await calls.Transcript(tenant, session).Ask(transcript => transcript.Run(id), cancellation)
            : !RunIds.TryParse(id, out var journal, out _) ? null
            : RunIds.IsPanel(journal) ? await calls.Panel(tenant, journal).Ask(grain => grain.Run(), cancellation)
            : await calls.Ingest(tenant, journal).Ask(grain => grain.Run(), cancellation);

    private static async Task<IResult> View(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        await calls.FindRun(caller.Tenant, id, cancellation) is { } run
            ? TypedResults.Ok(run) : new Problem(ProblemCodes.RunNotFound);

    private static async Task<IResult> Cancel(
        string id, OperationKey _, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var run = SessionIds.TryParseRun(id, out var session, out var _)
            ? await calls.Session(caller.Tenant, session).Ask(grain => grain.Cancel(id), cancellation)
            : !RunIds.TryParse(id, out var journal, out var _) ? null
            : RunIds.IsPanel(journal) ? await calls.Panel(caller.Tenant, journal).Ask(grain => grain.Cancel(), cancellation)
            : await calls.Ingest(caller.Tenant, journal).Ask(grain => grain.Cancel(), cancellation);
        return run is null ? new Problem(ProblemCodes.RunNotFound) : TypedResults.Ok(run);
    }
}
