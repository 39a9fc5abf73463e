using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>Conversations: begun, listed, changed, branched and removed.</summary>
internal static class SessionEndpoints
{
    private const int SearchMax = 200;
    private const int CursorMax = 512;

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapPost("", Create).Describe("createSession", "Begins a session.")
            .Answers<SessionView>(201)
            .Refuses(ProblemCodes.InvalidValue, ProblemCodes.ModeUnavailable, ProblemCodes.UnknownAgent,
                ProblemCodes.IdempotencyKeyReused)
            .Example(new CreateSessionRequest("regulatory-expert", ModeName.Manual, "MDR classification", null,
                new(StringComparer.Ordinal) { ["project"] = "device-7" }));
        sessions.MapGet("", List).Describe("listSessions", "Lists sessions by the time of their last message, newest first.")
            .Answers<Page<SessionSummary>>(200).Refuses(ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue);
        sessions.MapGet("/{id}", View).Describe("getSession", "Shows a session.")
            .Answers<SessionView>(200).Refuses(ProblemCodes.SessionNotFound);
        sessions.MapPatch("/{id}", Change).Describe("changeSession", "Changes title, agent or metadata.")
            .Answers<SessionView>(200).Refuses(ProblemCodes.SessionNotFound, ProblemCodes.UnknownAgent, ProblemCodes.InvalidValue)
            .Example(new ChangeSessionRequest("MDR classification of device 7", null, null));
        sessions.MapDelete("/{id}", Delete).Describe("deleteSession", "Ends what is running and removes the session for good.")
            .Answers(204).Refuses(ProblemCodes.SessionNotFound);
        sessions.MapGet("/{id}/context", Context).Describe("getSessionContext", "Shows what the next prompt would be made of.")
            .Answers<ContextView>(200).Refuses(ProblemCodes.SessionNotFound);
        sessions.MapPost("/{id}/fork", Fork).Describe("forkSession", "Begins a session that shares everything up to a message.")
            .Answers<SessionView>(201)
            .Refuses(ProblemCodes.SessionNotFound, ProblemCodes.MessageNotFound, ProblemCodes.InvalidValue,
                ProblemCodes.IdempotencyKeyReused)
            .Example(new ForkRequest("msg_0123456789abcdefghjkmnpqrs_2a"));
        MessageEndpoints.Map(sessions);
        ExportEndpoints.Map(sessions);
    }

    private static async Task<IResult> Create(
        CreateSessionRequest? body, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        body ??= new(null, null, null, null, null);
        if (body.Check() is { } problem)
            return problem;
        var command = body.ToCommand(caller.KeyId, OperationKey.FingerprintOf("session.create", body));
        return await Begin(command, operation, caller, calls, cancellation);
    }

    private static async Task<IResult> Fork(
        string id, ForkRequest body, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!SessionIds.IsSession(id))
            return new Problem(ProblemCodes.SessionNotFound);
        if (string.IsNullOrEmpty(body.MessageId))
            return Problem.Of(ProblemCodes.InvalidValue, "messageId", "The id of a message of this session.");
        var source = calls.Session(caller.Tenant, id);
        if (!SessionIds.TryParseMessage(body.MessageId, out _, out _)
            || await source.Ask(session => session.ForkAt(body.MessageId), cancellation) is not { } point)
        {
            return new Problem(await source.Ask(session => session.View(), cancellation) is null
                ? ProblemCodes.SessionNotFound : ProblemCodes.MessageNotFound);
        }
        var command = new CreateSession(
            caller.KeyId, point.Title, point.Agent, SessionMode.None, point.Tier,
            System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, point.Instructions, History: [], point,
            IsListed: true, OperationKey.FingerprintOf($"session.fork {id}", body));
        return await Begin(command, operation, caller, calls, cancellation);
    }

    private static async Task<IResult> Begin(
        CreateSession command, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var id = SessionIds.Session(caller.Tenant, operation.Value);
        return Answer(await calls.Session(caller.Tenant, id).Ask(session => session.Create(command), cancellation), isNew: true);
    }

    private static async Task<IResult> List(
        string? q, string? cursor, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var checks = new Checks().Within(limit, "limit", 1, Paging.LimitMax).OptionalText(q, "q", SearchMax);
        if (checks.Problem is { } problem)
            return problem;
        if (cursor is { Length: > CursorMax })
            return Paging.BadCursor();
        try
        {
            var words = string.IsNullOrWhiteSpace(q) ? null : q;
            var page = await calls.Sessions(caller.Tenant)
                .Ask(list => list.List(words, cursor, limit ?? Paging.LimitDefault), cancellation);
            return TypedResults.Ok(new Page<SessionSummary>(page.Items, page.Next));
        }
        catch (FormatException)
        {
            return Paging.BadCursor();
        }
    }

    private static async Task<IResult> View(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        SessionIds.IsSession(id) && await calls.Session(caller.Tenant, id)
            .Ask(session => session.View(), cancellation) is { } view
            ? TypedResults.Ok(view) : new Problem(ProblemCodes.SessionNotFound);

    private static async Task<IResult> Change(
        string id, ChangeSessionRequest body, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!SessionIds.IsSession(id))
            return new Problem(ProblemCodes.SessionNotFound);
        return body.Check() is { } problem
            ? problem
            : Answer(await calls.Session(caller.Tenant, id)
                .Ask(session => session.Change(body.ToCommand()), cancellation), isNew: false);
    }

    private static async Task<IResult> Delete(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!SessionIds.IsSession(id))
            return new Problem(ProblemCodes.SessionNotFound);
        var (wasThere, isRepeated) = await calls.Session(caller.Tenant, id)
            .AskTelling(session => session.Delete(), cancellation);
        return wasThere || isRepeated ? TypedResults.NoContent() : new Problem(ProblemCodes.SessionNotFound);
    }

    private static async Task<IResult> Context(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        SessionIds.IsSession(id)
        && await calls.Session(caller.Tenant, id).Ask(session => session.Context(), cancellation) is { } context
            ? TypedResults.Ok(context) : new Problem(ProblemCodes.SessionNotFound);

    private static IResult Answer(SessionResult result, bool isNew) => result.Status switch
    {
        SessionStatus.Done when isNew => TypedResults.Created($"/v1/sessions/{result.Session!.Id}", result.Session),
        SessionStatus.Done => TypedResults.Ok(result.Session),
        SessionStatus.KeyReused => new Problem(ProblemCodes.IdempotencyKeyReused, "It began a session with another body."),
        SessionStatus.UnknownAgent => new Problem(ProblemCodes.UnknownAgent),
        _ => new Problem(ProblemCodes.SessionNotFound),
    };
}
