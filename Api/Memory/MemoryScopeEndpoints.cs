using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Memory;

/// <summary>Memories as a whole: searched, drawn, given out and erased.</summary>
internal static class MemoryScopeEndpoints
{
    private const int GraphDefault = 50;

    public static void Map(RouteGroupBuilder memory)
    {
        memory.MapPost("/search", Search).Describe("searchMemory", "Finds facts in force that fit a text, best first.")
            .Answers<FoundFacts>(200).Refuses(ProblemCodes.MemoryScopeInvalid, ProblemCodes.InvalidValue)
            .Example(new SearchMemoryRequest("Which antibiotics may I take?", null, 10));
        memory.MapGet("/graph", Graph)
            .Describe("getMemoryGraph", "Shows what is known around an entity, or the best-connected entities without one.")
            .Answers<MemoryGraph>(200).Refuses(ProblemCodes.MemoryScopeInvalid, ProblemCodes.InvalidValue);
        memory.MapGet("/export", Export).Describe("exportMemory", "Gives all facts as JSON Lines, superseded ones among them.")
            .AnswersText(200, ExportEndpoints.ContentType).Refuses(ProblemCodes.MemoryScopeInvalid)
            .WithRequestTimeout(ApiServer.LongRequest);
        memory.MapDelete("", EraseAll).Describe("eraseMemory", "Removes everything that is remembered in a scope, for good.")
            .Answers<ErasedMemory>(200).Refuses(ProblemCodes.MemoryScopeInvalid);
    }

    private static async Task<IResult> Search(
        SearchMemoryRequest body, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (body.Check() is { } problem)
            return problem;
        var scopes = (body.Scopes ?? [MemoryScopes.User(caller.KeyId),
            MemoryScopes.Tenant]).Distinct(StringComparer.Ordinal).ToList();
        if (scopes.Select(scope => MemoryAccess.Check(caller, scope, isChange: false, out _)).FirstOrDefault(one =>
            one is not null)
            is { } refusal)
            return refusal;
        var limit = body.Limit ?? Paging.LimitDefault;
        var found = await Task.WhenAll(scopes.Select(scope => calls.Memory(caller.Tenant, scope)
            .Ask(memory => memory.Search(body.Query!, limit), cancellation)));
        return TypedResults.Ok(new FoundFacts(
            [.. found.SelectMany(hits => hits).OrderByDescending(hit => hit.Score).Take(limit)]));
    }

    private static async Task<IResult> Graph(
        string? scope, string? entity, int? depth, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var checks = new Checks().OptionalText(entity, "entity", MemoryLimits.NameCharacters)
            .Within(depth, "depth", 1, MemoryLimits.GraphDepth).Within(limit, "limit", 1, MemoryLimits.GraphEntities);
        if ((MemoryAccess.Check(caller, scope, isChange: false, out scope) ?? checks.Problem) is { } problem)
            return problem;
        return TypedResults.Ok(await calls.Memory(caller.Tenant, scope).Ask(memory => memory.Graph(
            string.IsNullOrWhiteSpace(entity) ? null : entity, depth ?? 1, limit ?? GraphDefault), cancellation));
    }

    private static async Task<IResult> Export(string? scope, HttpContext context, Caller caller, GrainCalls calls)
    {
        if (MemoryAccess.Check(caller, scope, isChange: false, out scope) is { } problem)
            return problem;
        var memory = calls.Memory(caller.Tenant, scope);
        var page = await memory.Ask(grain => grain.List(history: true, null, MemoryLimits.Page), context.RequestAborted);
        context.Response.ContentType = ExportEndpoints.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"memory-{scope.Replace(':', '-')}.jsonl\"";
        while (true)
        {
            foreach (var fact in page.Items)
            {
                await JsonSerializer.SerializeAsync(context.Response.BodyWriter, fact, ApiJson.Default, context.RequestAborted);
                await context.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
            }
            if (page.Next is not { } next)
                return Results.Empty;
            page = await memory.Ask(grain => grain.List(history: true, next, MemoryLimits.Page), context.RequestAborted);
        }
    }

    private static async Task<IResult> EraseAll(string? scope, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (MemoryAccess.Check(caller, scope, isChange: true, out scope) is { } problem)
            return problem;
        return TypedResults.Ok(new ErasedMemory(
            await calls.Memory(caller.Tenant, scope).Ask(memory => memory.EraseAll(), cancellation)));
    }
}
