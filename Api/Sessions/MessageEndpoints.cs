using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Streams;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>The messages of a session: sent, and read back.</summary>
internal static class MessageEndpoints
{
    private const int CursorMax = 512;

    public static void Map(RouteGroupBuilder sessions)
    {
        sessions.MapPost("/{id}/messages", Send)
            .Describe("sendMessage", "Sends a message. With Accept: text/event-stream the answer is the stream of its run.")
            .Answers<AcceptedMessage>(202).Streams()
            .Refuses(ProblemCodes.SessionNotFound, ProblemCodes.SessionBusy, ProblemCodes.QueueFull, ProblemCodes.BudgetExhausted,
                ProblemCodes.ContentTooLarge, ProblemCodes.InvalidValue, ProblemCodes.ModeUnavailable,
                    ProblemCodes.ToolUnavailable,
                ProblemCodes.AgentRequired, ProblemCodes.UnknownAgent, ProblemCodes.IdempotencyKeyReused)
            .Example(new SendMessageRequest("Is an app that doses insulin a class III device?", null, null, "reject", null, null))
            .DisableRequestTimeout(); // it may become a stream; the acceptance itself is bounded by the retries
        sessions.MapGet("/{id}/messages", List).Describe("listMessages", "Lists the messages in the order in which they came.")
            .Answers<Page<MessageView>>(200)
            .Refuses(ProblemCodes.SessionNotFound, ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue);
    }

    private static async Task<IResult> Send(
        string id, SendMessageRequest body, HttpContext context, OperationKey operation, Caller caller, GrainCalls calls,
        EventStreams streams)
    {
        if (!SessionIds.IsSession(id))
            return new Problem(ProblemCodes.SessionNotFound);
        if (body.Check() is { } problem)
            return problem;
        var command = body.ToCommand(caller.KeyId, operation.Value, OperationKey.FingerprintOf("session.send", body));
        var result = await calls.Session(caller.Tenant, id).Ask(session => session.Send(command), context.RequestAborted);
        if (result.Status is not SendStatus.Accepted)
            return Refused(result);
        var run = result.RunId!;
        context.Response.Headers["X-Run-Id"] = run;
        if (!StreamFormats.AsksForSse(context.Request))
        {
            return TypedResults.Accepted(
                $"/v1/runs/{run}", new AcceptedMessage(run, result.MessageId!, $"/v1/runs/{run}/events"));
        }
        context.Response.Headers.Location = $"/v1/runs/{run}";
        await streams.Write(context, new(caller.Tenant, id, run, After: 0, Head: result.Seq), StreamFormat.Sse);
        return Results.Empty;
    }

    private static Problem Refused(SendResult result) => result.Status switch
    {
        SendStatus.Busy => new(ProblemCodes.SessionBusy, "Send it again when the run has ended, or with another onBusy.")
        {
            RunId = result.RunId,
        },
        SendStatus.QueueFull => new(ProblemCodes.QueueFull) { RunId = result.RunId },
        SendStatus.KeyReused => new(ProblemCodes.IdempotencyKeyReused, "It sent another message to this session."),
        SendStatus.NoAgent => Problem.Of(ProblemCodes.AgentRequired, "agent", "Name an agent here or in the session."),
        SendStatus.UnknownAgent => new(ProblemCodes.UnknownAgent),
        SendStatus.OverBudget =>
            new(ProblemCodes.BudgetExhausted, "The tenant's budget of tokens has too little left for this message."),
        _ => new(ProblemCodes.SessionNotFound),
    };

    private static async Task<IResult> List(
        string id, string? cursor, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!SessionIds.IsSession(id)
            || await calls.Session(caller.Tenant, id).Ask(session => session.View(), cancellation) is null)
        {
            return new Problem(ProblemCodes.SessionNotFound);
        }
        if (Paging.Check(limit) is { } problem)
            return problem;
        if (cursor is { Length: > CursorMax })
            return Paging.BadCursor();
        try
        {
            var page = await calls.Transcript(caller.Tenant, id)
                .Ask(transcript => transcript.Messages(cursor, limit ?? Paging.LimitDefault), cancellation);
            return TypedResults.Ok(new Page<MessageView>(page.Items, page.Next));
        }
        catch (FormatException)
        {
            return Paging.BadCursor();
        }
    }
}
