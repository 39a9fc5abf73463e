using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Memory;

/// <summary>What is remembered: told, listed, corrected, confirmed and erased, a fact at a time.</summary>
internal static class MemoryEndpoints
{
    private const int CursorMax = 128;

    private static readonly ProblemCode[] OfScopes = [ProblemCodes.MemoryScopeInvalid];

    public static void MapMemory(this IEndpointRouteBuilder routes)
    {
        var memory = routes.MapGroup("/memory").WithTags("Memory");
        memory.MapGet("/facts", List).Describe("listFacts", "Lists facts, newest first; with history, superseded ones too.")
            .Answers<Page<Fact>>(200).Refuses([.. OfScopes, ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue]);
        memory.MapPost("/facts", Record).Describe("recordFact",
            "Records a fact as confirmed. One that it contradicts is superseded.")
            .Answers<Fact>(201)
            .Refuses([.. OfScopes, ProblemCodes.FactNotFound, ProblemCodes.SessionNotFound, ProblemCodes.AgentNotFound,
                ProblemCodes.FactSuperseded, ProblemCodes.MemoryFull, ProblemCodes.InvalidValue,
                    ProblemCodes.IdempotencyKeyReused])
            .Example(new RecordFactRequest(null, "user", "allergic to", "penicillin", "The user is allergic to penicillin.",
                null, null, null));
        memory.MapGet("/facts/{id}", View).Describe("getFact", "Shows a fact, with what it superseded and what superseded it.")
            .Answers<Fact>(200).Refuses([.. OfScopes, ProblemCodes.FactNotFound]);
        memory.MapPatch("/facts/{id}", Correct)
            .Describe("correctFact", "Records a fact in place of this one, which is kept as superseded; or confirms it.")
            .Answers<Fact>(200)
            .Refuses([.. OfScopes, ProblemCodes.FactNotFound, ProblemCodes.FactSuperseded, ProblemCodes.MemoryFull,
                ProblemCodes.InvalidValue, ProblemCodes.IdempotencyKeyReused])
            .Example(new CorrectFactRequest(null, null, "amoxicillin", null, null, null, null));
        memory.MapDelete("/facts/{id}", Erase)
            .Describe("eraseFact", "Removes a fact and everything that it superseded, for good.")
            .Answers(204).Refuses([.. OfScopes, ProblemCodes.FactNotFound]);
        MemoryScopeEndpoints.Map(memory);
    }

    private static async Task<IResult> List(
        string? scope, bool? history, string? cursor, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if ((MemoryAccess.Check(caller, scope, isChange: false, out scope) ?? Paging.Check(limit)) is { } problem)
            return problem;
        if (cursor is { Length: > CursorMax })
            return Paging.BadCursor();
        try
        {
            var page = await calls.Memory(caller.Tenant, scope)
                .Ask(memory => memory.List(history ?? false, cursor, limit ?? Paging.LimitDefault), cancellation);
            return TypedResults.Ok(new Page<Fact>(page.Items, page.Next));
        }
        catch (FormatException)
        {
            return Paging.BadCursor();
        }
    }

    private static async Task<IResult> Record(
        RecordFactRequest body, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if ((MemoryAccess.Check(caller, body.Scope, isChange: true, out var scope) ?? body.Check()) is { } problem)
            return problem;
        if (await Missing(caller, scope, calls, cancellation) is { } missing)
            return missing;
        var result = await calls.Memory(caller.Tenant, scope)
            .Ask(memory => memory.Record(operation.Value, [body.ToDraft(caller)]), cancellation);
        return result.Status is MemoryStatus.Done
            ? TypedResults.Created($"/v1/memory/facts/{result.Facts[0].Id}?scope={Uri.EscapeDataString(scope)}", result.Facts[0])
            : Refusal(result.Status);
    }

    private static async Task<IResult> View(
        string id, string? scope, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (MemoryAccess.Check(caller, scope, isChange: false, out scope) is { } problem)
            return problem;
        return await calls.Memory(caller.Tenant, scope).Ask(memory => memory.Find(id), cancellation) is { } fact
            ? TypedResults.Ok(fact) : new Problem(ProblemCodes.FactNotFound);
    }

    private static async Task<IResult> Correct(
        string id, string? scope, CorrectFactRequest body, OperationKey operation, Caller caller, GrainCalls calls,
        CancellationToken cancellation)
    {
        if ((MemoryAccess.Check(caller, scope, isChange: true, out scope) ?? body.Check()) is { } problem)
            return problem;
        var memory = calls.Memory(caller.Tenant, scope);
        if (await memory.Ask(grain => grain.Find(id), cancellation) is not { } fact)
            return new Problem(ProblemCodes.FactNotFound);
        var result = body.IsCorrection
            ? await memory.Ask(grain => grain.Record(operation.Value, [body.ToDraft(fact, caller)]), cancellation)
            : await memory.Ask(grain => grain.Confirm(id), cancellation);
        return result.Status is MemoryStatus.Done ? TypedResults.Ok(result.Facts[0]) : Refusal(result.Status);
    }

    private static async Task<IResult> Erase(
        string id, string? scope, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (MemoryAccess.Check(caller, scope, isChange: true, out scope) is { } problem)
            return problem;
        var (wasThere, isRepeated) = await calls.Memory(caller.Tenant, scope)
            .AskTelling(memory => memory.Erase(id), cancellation);
        return wasThere || isRepeated ? TypedResults.NoContent() : new Problem(ProblemCodes.FactNotFound);
    }

    /// <summary>Nothing is remembered of a session or agent that is not there: nobody would ever erase it.</summary>
    private static async Task<Problem?> Missing(Caller caller, string scope, GrainCalls calls, CancellationToken cancellation)
    {
        _ = MemoryScope.TryParse(scope, out var parsed);
        return parsed switch
        {
            { Kind: "session" } when await calls.Session(caller.Tenant, parsed.Id)
                .Ask(session => session.View(), cancellation) is null => new Problem(ProblemCodes.SessionNotFound),
            { Kind: "agent" } when await calls.Agent(caller.Tenant, parsed.Id)
                .Ask(agent => agent.View(), cancellation) is null => new Problem(ProblemCodes.AgentNotFound),
            _ => null,
        };
    }

    private static Problem Refusal(MemoryStatus status) => status switch
    {
        MemoryStatus.Full => new Problem(ProblemCodes.MemoryFull, $"At most {MemoryLimits.Facts} facts; erase some."),
        MemoryStatus.KeyReused => new Problem(ProblemCodes.IdempotencyKeyReused, "It recorded another fact."),
        MemoryStatus.Superseded => new Problem(ProblemCodes.FactSuperseded, "Correct the fact that took its place."),
        _ => new Problem(ProblemCodes.FactNotFound),
    };
}
