using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Agents;

/// <summary>The experts of a tenant: those that ship, and its own.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/agents").WithTags("Agents");
        agents.MapGet("", List).Describe("listAgents", "Lists the published agents, by id.")
            .Answers<Page<AgentProfile>>(200).Refuses(ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue);
        agents.MapPost("", Create).Describe("createAgent", "Creates an agent and publishes it as version 1.")
            .Answers<AgentBody>(201)
            .Refuses(ProblemCodes.AgentExists, ProblemCodes.LimitReached, ProblemCodes.InvalidValue,
                ProblemCodes.IdempotencyKeyReused)
            .Example(new CreateAgentRequest("device-expert", "Device expert", "Answers questions about medical devices.",
                "You are an expert for medical devices. Answer from the given passages and cite them.", ["regulatory"],
                    ["regulatory"],
                null, null, null, null, 0.2, 1024));
        agents.MapGet("/{id}", View).Describe("getAgent", "Shows an agent: what is published, and what is being prepared.")
            .Answers<AgentBody>(200).Refuses(ProblemCodes.AgentNotFound);
        agents.MapPatch("/{id}", Change).Describe("changeAgent", "Changes the draft. Runs are not touched by it.")
            .Answers<AgentBody>(200).Refuses(ProblemCodes.AgentNotFound, ProblemCodes.InvalidValue)
            .Example(new AgentFields(null, "Answers questions about medical devices in the EU.", null, null, null, null, null,
                null, null,
                null, null));
        agents.MapDelete("/{id}", Delete).Describe("deleteAgent", "Takes an agent out of use. Runs under way end with it.")
            .Answers(204).Refuses(ProblemCodes.AgentNotFound, ProblemCodes.AgentBuiltIn);
        agents.MapPost("/{id}/publish", PublishDraft).Describe("publishAgent", "Makes the draft the next version.")
            .Answers<AgentBody>(200)
                .Refuses(ProblemCodes.AgentNotFound, ProblemCodes.NothingToPublish, ProblemCodes.LimitReached);
        agents.MapGet("/{id}/versions", Versions).Describe("listAgentVersions", "Lists all versions, newest first.")
            .Answers<Page<AgentVersionView>>(200).Refuses(ProblemCodes.AgentNotFound);
        agents.MapPost("/{id}/versions/{version}/publish", PublishVersion)
            .Describe("publishAgentVersion", "Makes an earlier version current again.")
            .Answers<AgentBody>(200).Refuses(ProblemCodes.AgentNotFound, ProblemCodes.VersionNotFound);
    }

    private static async Task<IResult> List(
        string? cursor, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (Paging.Check(limit) is { } problem)
            return problem;
        if (cursor is not null && !TenantKey.IsName(cursor))
            return Paging.BadCursor();
        var all = await calls.Catalogue(caller.Tenant).Ask(catalogue => catalogue.All(), cancellation);
        var page = all
            .Where(agent => cursor is null || string.CompareOrdinal(agent.Id, cursor) > 0)
            .OrderBy(agent => agent.Id, StringComparer.Ordinal)
            .Take((limit ?? Paging.LimitDefault) + 1)
            .ToList();
        var hasMore = page.Count > (limit ?? Paging.LimitDefault);
        if (hasMore)
            page.RemoveAt(page.Count - 1);
        return TypedResults.Ok(new Page<AgentProfile>(page, hasMore ? page[^1].Id : null));
    }

    private static async Task<IResult> Create(
        CreateAgentRequest body, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (body.Check() is { } problem)
            return problem;
        var result = await calls.Agent(caller.Tenant, body.Id!)
            .Ask(agent => agent.Create(body.ToProfile(), caller.KeyId, operation.Value), cancellation);
        return result.Status is AgentStatus.Done
            ? TypedResults.Created($"/v1/agents/{body.Id}", AgentBody.Of(result.Agent!)) : Answer(result);
    }

    private static async Task<IResult> View(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        TenantKey.IsName(id) && await calls.Agent(caller.Tenant, id).Ask(agent => agent.View(), cancellation) is { } view
            ? TypedResults.Ok(AgentBody.Of(view)) : new Problem(ProblemCodes.AgentNotFound);

    private static async Task<IResult> Change(
        string id, AgentFields body, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.AgentNotFound);
        return body.Check().Problem is { } problem
            ? problem
            : Answer(await calls.Agent(caller.Tenant, id).Ask(agent => agent.Change(body.ToChange()), cancellation));
    }

    private static async Task<IResult> Delete(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.AgentNotFound);
        var (result, isRepeated) = await calls.Agent(caller.Tenant, id)
            .AskTelling(agent => agent.Delete(), cancellation);
        return result.Status is AgentStatus.Done || (isRepeated && result.Status is AgentStatus.NotFound)
            ? TypedResults.NoContent() : Answer(result);
    }

    private static Task<IResult> PublishDraft(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        Publish(id, null, caller, calls, cancellation);

    private static Task<IResult> PublishVersion(
        string id, int version, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        Publish(id, version, caller, calls, cancellation);

    private static async Task<IResult> Publish(
        string id, int? version, Caller caller, GrainCalls calls, CancellationToken cancellation) => TenantKey.IsName(id)
        ? Answer(await calls.Agent(caller.Tenant, id).Ask(agent => agent.Publish(version, caller.KeyId), cancellation))
        : new Problem(ProblemCodes.AgentNotFound);

    private static async Task<IResult> Versions(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.AgentNotFound);
        var versions = await calls.Agent(caller.Tenant, id).Ask(agent => agent.Versions(), cancellation);
        return versions.IsEmpty
            ? new Problem(ProblemCodes.AgentNotFound) : TypedResults.Ok(new Page<AgentVersionView>(versions, null));
    }

    private static IResult Answer(AgentResult result) => result.Status switch
    {
        AgentStatus.Done => TypedResults.Ok(AgentBody.Of(result.Agent!)),
        AgentStatus.Exists => new Problem(ProblemCodes.AgentExists),
        AgentStatus.KeyReused => new Problem(ProblemCodes.IdempotencyKeyReused, "It created the agent with another body."),
        AgentStatus.BuiltIn => new Problem(ProblemCodes.AgentBuiltIn, "Change it, and the change is your own next version."),
        AgentStatus.NothingToPublish => new Problem(ProblemCodes.NothingToPublish),
        AgentStatus.NoSuchVersion => new Problem(ProblemCodes.VersionNotFound),
        AgentStatus.TooManyVersions => new Problem(ProblemCodes.LimitReached, "The agent has as many versions as it may have."),
        AgentStatus.TooManyAgents => new Problem(ProblemCodes.LimitReached, "The tenant has as many agents as it may have."),
        _ => new Problem(ProblemCodes.AgentNotFound),
    };
}
