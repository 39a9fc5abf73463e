using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Panels.Standing;
using Colloquy.Problems;
using Colloquy.Runs;
using Colloquy.Streams;
using Colloquy.Tenants;

namespace Colloquy.Panels;

/// <summary>Panels: convened, listed, shown, and removed. Their events are in <c>Streams</c>.</summary>
internal static class PanelEndpoints
{
    private const int CursorMax = 16;

    public static void MapPanels(this IEndpointRouteBuilder routes)
    {
        var panels = routes.MapGroup("/panels").WithTags("Panels");
        panels.MapPost("", Convene)
            .Describe("convenePanel", "Convenes several experts on one question. With Accept: text/event-stream the answer is "
                + "the stream of its run. Everything that is wrong with the request is named at once.")
            .Answers<AcceptedPanel>(202).Streams()
            .Refuses(ProblemCodes.InvalidValue, ProblemCodes.ContentTooLarge, ProblemCodes.UnknownAgent,
                ProblemCodes.CannotCompose, ProblemCodes.UnknownStandingPanel, ProblemCodes.BudgetExhausted,
                ProblemCodes.IdempotencyKeyReused)
            .Example(new ConveneRequest("Is an app that doses insulin a class III device?", PanelProtocols.Vote,
                ["regulatory-expert", "medical-specialist", "clinical-researcher"], Rule: VoteRules.Weighted, SeatSeconds: 60))
            .DisableRequestTimeout(); // it may become a stream; the acceptance itself is bounded by the retries
        panels.MapGet("", List).Describe("listPanels", "Lists the latest panels, newest first.")
            .Answers<Page<PanelSummary>>(200).Refuses(ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue);
        panels.MapGet("/protocols", () => TypedResults.Ok(new PanelProtocolList(PanelCards.All)))
            .Describe("listPanelProtocols", "Shows the ways in which a panel can come to an outcome, and what each needs.")
            .Answers<PanelProtocolList>(200);
        panels.MapGet("/{id}", View).Describe("getPanel", "Shows a panel: its seats, what people are asked, and its outcome.")
            .Answers<PanelView>(200).Refuses(ProblemCodes.PanelNotFound);
        panels.MapGet("/{id}/seats/{seat}", Seat)
            .Describe("getPanelSeat", "Shows what a seat has noted for itself, round by round. No other seat is shown it.")
            .Answers<SeatView>(200).Refuses(ProblemCodes.PanelNotFound, ProblemCodes.SeatNotFound);
        panels.MapDelete("/{id}", Delete).Describe("deletePanel",
            "Ends what is running and removes the panel for good, with all notes.")
            .Answers(204).Refuses(ProblemCodes.PanelNotFound);
        PanelTalkEndpoints.Map(panels);
    }

    private static async Task<IResult> Convene(
        ConveneRequest body, HttpContext context, OperationKey operation, Caller caller, GrainCalls calls, EventStreams streams,
        TimeProvider time)
    {
        var id = PanelIds.Panel(caller.Tenant, operation.Value);
        var fingerprint = OperationKey.FingerprintOf("panel.convene", body);
        var cancellation = context.RequestAborted;
        if (body is { Protocol: null, Agents: null, Standing: { } standing } && TenantKey.IsName(standing))
        {
            if (await calls.StandingPanel(caller.Tenant, standing).Ask(grain => grain.View(), cancellation) is not { } lasting)
                return UnknownStanding(standing);
            body = body with { Protocol = lasting.Protocol };
        }
        if (body.Check() is { } problem)
            return problem;
        var panel = calls.Panel(caller.Tenant, id);
        // A repeat that comes after the deadline is no mistake: the panel has had its time.
        if (body.CheckDeadline(time.GetUtcNow()) is { } late && await panel.Ask(grain => grain.View(), cancellation) is null)
            return late;
        var command = body.ToCommand(caller.KeyId, fingerprint);
        var result = await panel.Ask(grain => grain.Convene(command), cancellation);
        if (result.Status is not PanelStatus.Accepted)
            return Refused(result);
        var run = result.RunId!;
        context.Response.Headers["X-Run-Id"] = run;
        if (!StreamFormats.AsksForSse(context.Request))
            return TypedResults.Accepted($"/v1/panels/{id}", new AcceptedPanel(run, id, $"/v1/panels/{id}/events"));
        context.Response.Headers.Location = $"/v1/panels/{id}";
        await streams.Write(context, new(caller.Tenant, id, run, After: 0, Head: result.Seq), StreamFormat.Sse);
        return Results.Empty;
    }

    /// <summary>Why a panel was not convened.</summary>
    public static Problem Refused(PanelResult result) => result.Status switch
    {
        PanelStatus.KeyReused => new(ProblemCodes.IdempotencyKeyReused, "It convened another panel."),
        PanelStatus.UnknownAgent => Problem.Of(ProblemCodes.UnknownAgent, "agents", $"There is no agent '{result.Detail}'."),
        PanelStatus.UnknownStanding => UnknownStanding(result.Detail),
        PanelStatus.CannotCompose => new(ProblemCodes.CannotCompose,
            "Too few of the tenant's agents cover the question. Name them in 'agents'."),
        PanelStatus.WrongSize => Problem.Of(ProblemCodes.InvalidValue, "agents", result.Detail!),
        PanelStatus.OverBudget => new(ProblemCodes.BudgetExhausted,
            "The tenant's budget of tokens has nothing left for a panel."),
        _ => new(ProblemCodes.PanelNotFound),
    };

    private static Problem UnknownStanding(string? id) =>
        Problem.Of(ProblemCodes.UnknownStandingPanel, "standing", $"There is no standing panel '{id}'.");

    private static async Task<IResult> List(
        string? cursor, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (Paging.Check(limit) is { } problem)
            return problem;
        if (cursor is { Length: > CursorMax })
            return Paging.BadCursor();
        try
        {
            var page = await calls.Panels(caller.Tenant).Ask(list => list.List(cursor, limit ?? Paging.LimitDefault),
                cancellation);
            return TypedResults.Ok(new Page<PanelSummary>(page.Items, page.Next));
        }
        catch (FormatException)
        {
            return Paging.BadCursor();
        }
    }

    /// <summary>A panel by its id, or null.</summary>
    public static async Task<PanelView?> FindPanel(
        this GrainCalls calls, string tenant, string id, CancellationToken cancellation) =>
        RunIds.IsPanel(id) ? await calls.Panel(tenant, id).Ask(panel => panel.View(), cancellation) : null;

    private static async Task<IResult> View(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        await calls.FindPanel(caller.Tenant, id, cancellation) is { } view
            ? TypedResults.Ok(view) : new Problem(ProblemCodes.PanelNotFound);

    private static async Task<IResult> Seat(
        string id, string seat, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (await calls.FindPanel(caller.Tenant, id, cancellation) is not { } panel)
            return new Problem(ProblemCodes.PanelNotFound);
        if (panel.Seats.FirstOrDefault(one => one.Id == seat) is not { } known)
            return new Problem(ProblemCodes.SeatNotFound);
        var noted = known.Agent is null ? null
            : await calls.Of<ISeatGrain>(caller.Tenant, PanelIds.SeatGrain(id, seat)).Ask(grain => grain.View(), cancellation);
        return TypedResults.Ok(noted ?? new SeatView(id, seat, known.Agent, [], null));
    }

    private static async Task<IResult> Delete(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!RunIds.IsPanel(id))
            return new Problem(ProblemCodes.PanelNotFound);
        var (wasThere, isRepeated) = await calls.Panel(caller.Tenant, id).AskTelling(panel => panel.Delete(), cancellation);
        return wasThere || isRepeated ? TypedResults.NoContent() : new Problem(ProblemCodes.PanelNotFound);
    }
}
