using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Panels.Standing;

/// <summary>Panels that last: their members, what they decided before, and how often each member was right.</summary>
internal static class StandingPanelEndpoints
{
    public static void MapStandingPanels(this IEndpointRouteBuilder routes)
    {
        var panels = routes.MapGroup("/standing-panels").WithTags("Standing panels");
        panels.MapGet("", List).Describe("listStandingPanels", "Lists standing panels, by id.")
            .Answers<Page<StandingView>>(200).Refuses(ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue);
        panels.MapPost("", Create).Describe("createStandingPanel", "Creates a standing panel of published agents.")
            .Answers<StandingView>(201)
            .Refuses(ProblemCodes.StandingPanelExists, ProblemCodes.LimitReached, ProblemCodes.InvalidValue,
                ProblemCodes.UnknownAgent, ProblemCodes.IdempotencyKeyReused)
            .Example(new CreateStandingRequest("device-board", "Device board",
                ["regulatory-expert", "medical-specialist", "clinical-researcher"], PanelProtocols.Parallel, null, null, 2, null));
        panels.MapGet("/{id}", View).Describe("getStandingPanel", "Shows a standing panel.")
            .Answers<StandingView>(200).Refuses(ProblemCodes.StandingPanelNotFound);
        panels.MapPatch("/{id}", Change)
            .Describe("changeStandingPanel", "Changes a standing panel. Meetings that are under way go on as they began.")
            .Answers<StandingView>(200)
            .Refuses(ProblemCodes.StandingPanelNotFound, ProblemCodes.InvalidValue, ProblemCodes.UnknownAgent)
            .Example(new ChangeStandingRequest(null, null, PanelProtocols.Parallel, null, null, null, null));
        panels.MapDelete("/{id}", Delete)
            .Describe("deleteStandingPanel", "Removes a standing panel with its precedents and records. Its meetings stay.")
            .Answers(204).Refuses(ProblemCodes.StandingPanelNotFound);
        panels.MapGet("/{id}/precedents", Precedents)
            .Describe("listPrecedents", "Finds earlier outcomes that share words with the query, best first; without one, the latest. "
                + "The last 200 are kept; older panels are found by their ids.")
            .Answers<Page<Precedent>>(200).Refuses(ProblemCodes.StandingPanelNotFound, ProblemCodes.InvalidValue);
        panels.MapGet("/{id}/record", Record)
            .Describe("getTrackRecord", "Shows how often members were right, by topic, and what their voices count for it.")
            .Answers<Page<TrackRecord>>(200).Refuses(ProblemCodes.StandingPanelNotFound);
    }

    private static async Task<IResult> List(
        string? cursor, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (Paging.Check(limit) is { } problem)
            return problem;
        if (cursor is not null && !TenantKey.IsName(cursor))
            return Paging.BadCursor();
        var all = await calls.StandingPanels(caller.Tenant).Ask(list => list.All(), cancellation);
        return TypedResults.Ok(Paging.ById(all, one => one.Id, cursor, limit));
    }

    private static async Task<IResult> Create(
        CreateStandingRequest body, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (body.Check() is { } problem)
            return problem;
        var command = body.ToCommand(caller.KeyId, operation.Value, OperationKey.FingerprintOf("standing-panels.create", body));
        var result = await calls.StandingPanel(caller.Tenant, body.Id!).Ask(panel => panel.Define(command), cancellation);
        return Refusal(result) is { } refused ? refused
            : TypedResults.Created($"/v1/standing-panels/{body.Id}", result.Panel);
    }

    private static async Task<IResult> View(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        await Find(id, caller, calls, cancellation) is { } view
            ? TypedResults.Ok(view) : new Problem(ProblemCodes.StandingPanelNotFound);

    private static async Task<IResult> Change(
        string id, ChangeStandingRequest body, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.StandingPanelNotFound);
        if (body.Check() is { } problem)
            return problem;
        var result = await calls.StandingPanel(caller.Tenant, id)
            .Ask(panel => panel.Define(body.ToCommand(caller.KeyId)), cancellation);
        return Refusal(result) is { } refused ? refused : TypedResults.Ok(result.Panel);
    }

    private static async Task<IResult> Delete(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.StandingPanelNotFound);
        var (wasThere, isRepeated) = await calls.StandingPanel(caller.Tenant, id).AskTelling(panel => panel.Remove(), cancellation);
        return wasThere || isRepeated ? TypedResults.NoContent() : new Problem(ProblemCodes.StandingPanelNotFound);
    }

    private static async Task<IResult> Precedents(
        string id, string? query, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var checks = new Checks().Within(limit, "limit", 1, Paging.LimitMax);
        if ((query is null ? checks : checks.Text(query, "query", PanelLimits.QuestionCharacters)).Problem is { } problem)
            return problem;
        if (await Find(id, caller, calls, cancellation) is null)
            return new Problem(ProblemCodes.StandingPanelNotFound);
        var found = await calls.StandingPanel(caller.Tenant, id)
            .Ask(panel => panel.Precedents(query, limit ?? Paging.LimitDefault), cancellation);
        return TypedResults.Ok(new Page<Precedent>(found, null));
    }

    private static async Task<IResult> Record(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        await Find(id, caller, calls, cancellation) is null
            ? new Problem(ProblemCodes.StandingPanelNotFound)
            : TypedResults.Ok(new Page<TrackRecord>(
                await calls.StandingPanel(caller.Tenant, id).Ask(panel => panel.Records(), cancellation), null));

    private static async Task<StandingView?> Find(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        TenantKey.IsName(id) ? await calls.StandingPanel(caller.Tenant, id).Ask(panel => panel.View(), cancellation) : null;

    private static Problem? Refusal(StandingResult result) => result.Status switch
    {
        StandingStatus.Done => null,
        StandingStatus.UnknownAgent => Problem.Of(ProblemCodes.UnknownAgent, "agents", $"There is no agent '{result.Detail}'."),
        StandingStatus.TooMany => new(ProblemCodes.LimitReached, $"A tenant has at most {StandingLimits.Panels} standing panels."),
        StandingStatus.Unfit => Problem.Of(ProblemCodes.InvalidValue, result.Detail!, StandingRules.Unfit(result.Detail!)),
        StandingStatus.Incomplete => Problem.Of(ProblemCodes.InvalidValue, result.Detail!, "It has to be there."),
        StandingStatus.Exists => new(ProblemCodes.StandingPanelExists),
        StandingStatus.KeyReused => new(ProblemCodes.IdempotencyKeyReused),
        _ => new(ProblemCodes.StandingPanelNotFound),
    };
}
