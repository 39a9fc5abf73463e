using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Feedback;

/// <summary>What people say of answers, citations, selections, panels and tool calls, and what has been learned from it.</summary>
internal static class FeedbackEndpoints
{
    public static void MapFeedback(this IEndpointRouteBuilder routes)
    {
        var feedback = routes.MapGroup("/feedback").WithTags("Feedback");
        feedback.MapPost("", Give)
            .Describe("giveFeedback", "Rates something, in place of what the same credential said of it before. 0 takes it back.")
            .Answers<GivenFeedback>(201)
            .Refuses(ProblemCodes.FeedbackTargetNotFound, ProblemCodes.LimitReached, ProblemCodes.InvalidValue,
                ProblemCodes.UnknownAgent, ProblemCodes.IdempotencyKeyReused)
            .Example(new GiveFeedbackRequest(
                new(FeedbackTypes.Message, "msg_0123456789abcdefghjkmnpqrs_2a"), new(1), "Correct, and well cited.", null));
        feedback.MapGet("", List)
            .Describe("listFeedback", "Lists what is said of something: to administrators all of it, to others their own.")
            .Answers<Page<FeedbackView>>(200).Refuses(ProblemCodes.InvalidValue);
        routes.MapGroup("/agents").WithTags("Agents").MapGet("/{id}/calibration", Calibration)
            .Describe("getAgentCalibration", "Shows how often the agent's answers were right, against how sure they were.")
            .Answers<CalibrationView>(200).Refuses(ProblemCodes.AgentNotFound);
    }

    private static async Task<IResult> Give(
        GiveFeedbackRequest body, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (body.Check() is { } problem)
            return problem;
        if (body.Target!.ToTarget() is not { } target)
            return new Problem(ProblemCodes.FeedbackTargetNotFound);
        var command = body.ToCommand(
            target, caller.KeyId, operation.Value, OperationKey.FingerprintOf("feedback.give", body));
        var result = await calls.Feedback(caller.Tenant, target).Ask(feedback => feedback.Give(command), cancellation);
        return result.Status switch
        {
            FeedbackStatus.Recorded => TypedResults.Created(Address(target), new GivenFeedback(result.Feedback!, result.Learned)),
            FeedbackStatus.KeyReused => new Problem(ProblemCodes.IdempotencyKeyReused, "It said something else of this."),
            FeedbackStatus.TooMany => new Problem(ProblemCodes.LimitReached, "As many have rated this as may."),
            FeedbackStatus.UnknownAgent => Problem.Of(ProblemCodes.UnknownAgent, "agent", "There is no such agent."),
            _ => new Problem(ProblemCodes.FeedbackTargetNotFound),
        };
    }

    private static async Task<IResult> List(
        string? type, string? id, string? part, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var asked = new FeedbackTargetBody(type, id, part);
        if (asked.Check(new Checks(), "").Problem is { } problem)
            return problem;
        if (asked.ToTarget() is not { } target)
            return TypedResults.Ok(new Page<FeedbackView>([], null));
        var all = await calls.Feedback(caller.Tenant, target).Ask(feedback => feedback.All(), cancellation);
        var isAdmin = caller.Roles.Contains(Roles.Admin);
        return TypedResults.Ok(new Page<FeedbackView>([.. all.Where(one => isAdmin || one.Author == caller.KeyId)], null));
    }

    private static async Task<IResult> Calibration(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        TenantKey.IsName(id) && await calls.Agent(caller.Tenant, id).Ask(agent => agent.View(), cancellation) is not null
            ? TypedResults.Ok(await calls.Calibration(caller.Tenant, id).Ask(agent => agent.View(), cancellation))
            : new Problem(ProblemCodes.AgentNotFound);

    private static string Address(FeedbackTarget target) =>
        $"/v1/feedback?type={target.Type}&id={target.Id}{(target.Part is { } part ? $"&part={part}" : "")}";
}
