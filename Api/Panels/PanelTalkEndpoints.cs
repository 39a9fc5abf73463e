using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Runs;
using Colloquy.Tenants;

namespace Colloquy.Panels;

/// <summary>What people say to a panel that is running: answers for their seats, remarks between rounds, and that it is
/// enough.</summary>
internal static class PanelTalkEndpoints
{
    public static void Map(RouteGroupBuilder panels)
    {
        panels.MapPost("/{id}/answers", Answer)
            .Describe("answerPanel", "Answers a round for a person's seat. A repeat changes nothing; what comes late is refused.")
            .Answers<PanelView>(200)
            .Refuses(ProblemCodes.PanelNotFound, ProblemCodes.InvalidValue, ProblemCodes.ContentTooLarge,
                ProblemCodes.SeatNotPersonal, ProblemCodes.SeatNotAwaited, ProblemCodes.PanelEnded)
            .Example(new AnswerRequest("s3", 1, "Class III: an error can kill.", "Class III", 0.9));
        panels.MapPost("/{id}/steer", Steer)
            .Describe("steerPanel", "Says something that every round from the next on is told.")
            .Answers<PanelView>(200)
            .Refuses(ProblemCodes.PanelNotFound, ProblemCodes.InvalidValue, ProblemCodes.ContentTooLarge, ProblemCodes.PanelEnded,
                ProblemCodes.LimitReached, ProblemCodes.IdempotencyKeyReused)
            .Example(new SteerRequest("Assume that the patient can override every dose."));
        panels.MapPost("/{id}/cancel", Cancel)
            .Describe("cancelPanel", "Ends a panel that is running. One that has ended stays as it is.")
            .Answers<RunView>(200).Refuses(ProblemCodes.PanelNotFound);
    }

    private static async Task<IResult> Answer(
        string id, AnswerRequest body, OperationKey _, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!RunIds.IsPanel(id))
            return new Problem(ProblemCodes.PanelNotFound);
        if (body.Check() is { } problem)
            return problem;
        if (await calls.FindPanel(caller.Tenant, id, cancellation) is not { } panel)
            return new Problem(ProblemCodes.PanelNotFound);
        if (panel.Asks.FirstOrDefault(ask => ask.Seat == body.Seat && ask.Round == body.Round) is { } asked
            && body.Check(asked) is { } unfit)
            return unfit;
        var answer = body.ToAnswer(caller.KeyId);
        var result = await calls.Panel(caller.Tenant, id).Ask(grain => grain.Answer(answer), cancellation);
        return await Told(result, id, caller, calls, cancellation);
    }

    private static async Task<IResult> Steer(
        string id, SteerRequest body, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!RunIds.IsPanel(id))
            return new Problem(ProblemCodes.PanelNotFound);
        if (body.Check() is { } problem)
            return problem;
        var text = body.Text!;
        var result = await calls.Panel(caller.Tenant, id)
            .Ask(grain => grain.Steer(caller.KeyId, text, operation.Value), cancellation);
        return await Told(result, id, caller, calls, cancellation);
    }

    private static async Task<IResult> Cancel(
        string id, OperationKey _, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        RunIds.IsPanel(id) && await calls.Panel(caller.Tenant, id).Ask(grain => grain.Cancel(), cancellation) is { } run
            ? TypedResults.Ok(run) : new Problem(ProblemCodes.PanelNotFound);

    private static async Task<IResult> Told(
        PanelResult result, string id, Caller caller, GrainCalls calls, CancellationToken cancellation) => result.Status switch
    {
        PanelStatus.Accepted when await calls.FindPanel(caller.Tenant, id, cancellation) is { } panel => TypedResults.Ok(panel),
        PanelStatus.NotInvited => Problem.Of(ProblemCodes.SeatNotPersonal, "seat", $"No person has the seat '{result.Detail}'."),
        PanelStatus.NotAwaited => new Problem(ProblemCodes.SeatNotAwaited,
            "Its round has closed or has yet to open; 'asks' of the panel says who is awaited."),
        PanelStatus.Ended => new Problem(ProblemCodes.PanelEnded),
        PanelStatus.TooMuchSteering => new Problem(ProblemCodes.LimitReached,
            $"A panel takes {PanelLimits.SteeringMax} remarks."),
        PanelStatus.KeyReused => new Problem(ProblemCodes.IdempotencyKeyReused, "It said something else to this panel."),
        _ => new Problem(ProblemCodes.PanelNotFound),
    };
}
