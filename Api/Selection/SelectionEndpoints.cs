using Colloquy.Agents;
using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Selection;

/// <summary>Finding and choosing agents, and what the choice has learned.</summary>
internal static class SelectionEndpoints
{
    private static readonly AgentQueryRequest _example =
        new("Which class does our wound dressing fall into?", 5, "en", "eu", null, null);

    public static void MapSelection(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/agents").WithTags("Selection");
        agents.MapPost("/search", Search)
            .Describe("searchAgents", "Finds agents by words and vectors, fused by reciprocal rank; each hit explains itself.")
            .Answers<AgentHits>(200).Refuses(ProblemCodes.InvalidValue, ProblemCodes.ContentTooLarge).Example(_example);
        agents.MapPost("/select", Select)
            .Describe("selectAgent", "Chooses who should answer: one, several, ask (the user has to say more) or none. Changes nothing. "
                + "Where the choice is not clear and the deployment has a model, the model is asked, at the tenant's cost.")
            .Answers<AgentSelection>(200).Refuses(ProblemCodes.InvalidValue, ProblemCodes.ContentTooLarge).Example(_example);
        agents.MapPost("/selection/evaluate", Evaluate)
            .Describe("evaluateSelection", "Measures the choice on labelled questions against plain BM25 and a plain vector search. "
                + "Without questions, on the held-out half of the set that ships. The model is not asked.")
            .Answers<SelectionReport>(200)
            .Refuses(ProblemCodes.InvalidValue, ProblemCodes.UnknownAgent, ProblemCodes.BodyTooLarge)
            .Example(new EvaluateRequest([new("Do we need a notified body?", ["regulatory-expert"], "one"), new("hello", [], "none")]));
        agents.MapGet("/selection/ranker", Ranker)
            .Describe("getRanker", "Shows the weights of the choice, as shipped and as learned.").Answers<RankerView>(200);
        agents.MapDelete("/selection/ranker", Reset)
            .Describe("resetRanker", "Forgets what the choice has learned: weights, and labels.").Answers(204);
    }

    private static async Task<IResult> Search(
        AgentQueryRequest body, Caller caller, GrainCalls calls, CancellationToken cancellation) => body.Check() is { } problem
        ? problem
        : TypedResults.Ok(new AgentHits(
            await calls.Selector(caller.Tenant).Ask(selector => selector.Search(body.ToQuery()), cancellation)));

    private static async Task<IResult> Select(
        AgentQueryRequest body, Caller caller, GrainCalls calls, CancellationToken cancellation) => body.Check() is { } problem
        ? problem
        : TypedResults.Ok(await calls.Selector(caller.Tenant).Ask(selector => selector.Select(body.ToQuery()), cancellation));

    private static async Task<IResult> Evaluate(
        EvaluateRequest? body, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var agents = await calls.Catalogue(caller.Tenant).Ask(catalogue => catalogue.All(), cancellation);
        if (body?.Check(agents.Select(agent => agent.Id).ToHashSet(StringComparer.Ordinal)) is { } problem)
            return problem;
        return TypedResults.Ok(await calls.Selector(caller.Tenant).Ask(
            selector => selector.Evaluate([.. (body?.Questions ?? []).Select(question => question.ToQuestion())]), cancellation));
    }

    private static async Task<IResult> Ranker(Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        TypedResults.Ok(await calls.Selector(caller.Tenant).Ask(selector => selector.Ranker(), cancellation));

    private static async Task<IResult> Reset(Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        await calls.Selector(caller.Tenant).Tell(selector => selector.Reset(), cancellation);
        return TypedResults.NoContent();
    }
}
