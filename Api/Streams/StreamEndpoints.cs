using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.AspNetCore.Mvc;

namespace Colloquy.Streams;

/// <summary>Which part of a stream a client wants, and how.</summary>
/// <param name="After">The cursor of the last event that the client has.</param>
/// <param name="Wait">Seconds that a page may wait for its first event.</param>
internal sealed record StreamQuery(
    string? After, int? Wait, string? Format, int? Limit, [property: FromHeader(Name = "Last-Event-ID")] string? LastEventId)
{
    private const int WaitMax = 30;

    /// <summary>Where to begin: what a browser remembers by itself is newer than what the address says.</summary>
    public string? Cursor => string.IsNullOrEmpty(LastEventId) ? After : LastEventId;

    public Problem? Check() => new Checks()
        .That(Format is null or "sse" or "ndjson" or "json", "format", "One of sse, ndjson, json.")
        .Within(Wait, "wait", 0, WaitMax)
        .Within(Limit, "limit", 1, Paging.LimitMax)
        .Problem;
}

/// <summary>One cursor for live, replay and paging: the events of a session, of one of its runs, or of a panel.</summary>
internal static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{id}/events", OfSession).WithTags("Sessions")
            .Describe("followSession",
                "Streams the session's events from a cursor on: what was, then what is. Ends when the client leaves.")
            .Streams().Refuses(ProblemCodes.SessionNotFound, ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue)
            .DisableRequestTimeout();
        routes.MapGet("/runs/{id}/events", OfRun).WithTags("Runs")
            .Describe("followRun", "Streams a run's events from a cursor on. Ends with the run's one terminal event.")
            .Streams().Refuses(ProblemCodes.RunNotFound, ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue)
            .DisableRequestTimeout();
        routes.MapGet("/panels/{id}/events", OfPanel).WithTags("Panels")
            .Describe("followPanel", "Streams a panel's events from a cursor on: rounds, what seats say, and their words as they "
                + "come, each with its seat and round. Ends with the panel.")
            .Streams().Refuses(ProblemCodes.PanelNotFound, ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue)
            .DisableRequestTimeout();
    }

    private static Task<IResult> OfPanel(
        string id, [AsParameters] StreamQuery query, HttpContext context, Caller caller, GrainCalls calls,
            EventStreams streams) =>
        RunIds.IsPanel(id)
            ? Open(context, query, new(caller.Tenant, id, RunIds.Of(id), 0, 0), calls, streams, ProblemCodes.PanelNotFound)
            : Task.FromResult<IResult>(new Problem(ProblemCodes.PanelNotFound));

    private static Task<IResult> OfSession(
        string id, [AsParameters] StreamQuery query, HttpContext context, Caller caller, GrainCalls calls,
            EventStreams streams) =>
        SessionIds.IsSession(id)
            ? Open(context, query, new(caller.Tenant, id, null, 0, 0), calls, streams, ProblemCodes.SessionNotFound)
            : Task.FromResult<IResult>(new Problem(ProblemCodes.SessionNotFound));

    private static async Task<IResult> OfRun(
        string id, [AsParameters] StreamQuery query, HttpContext context, Caller caller, GrainCalls calls,
            EventStreams streams) =>
        RunIds.TryParse(id, out var journal, out _)
        && await calls.FindRun(caller.Tenant, id, context.RequestAborted) is not null
            ? await Open(context, query, new(caller.Tenant, journal, id, 0, 0), calls, streams, ProblemCodes.RunNotFound)
            : new Problem(ProblemCodes.RunNotFound);

    private static async Task<IResult> Open(
        HttpContext context, StreamQuery query, FollowTarget target, GrainCalls calls, EventStreams streams, ProblemCode missing)
    {
        if (query.Check() is { } problem)
            return problem;
        var after = 0L;
        if (query.Cursor is { } cursor && !StreamCursor.TryParse(cursor, target.Journal, out after))
            return BadCursor();
        var place = await calls.Watched(target.Tenant, target.Journal)
            .Ask(watched => watched.Read(Math.Max(after - 1, 0), 1), context.RequestAborted);
        if (place.Head == 0)
            return new Problem(missing);
        if (after > place.Head || !IsOf(target.Run, after, place))
            return BadCursor();
        target = target with { After = after, Head = place.Head };
        var isEnded = target.Run is not null && after > 0 && RunEvents.IsTerminal(place.Events[0].Type);
        var format = StreamFormats.Of(context.Request, query.Format)!.Value;
        if (format is StreamFormat.Json)
        {
            var wait = TimeSpan.FromSeconds(query.Wait ?? 0);
            var lines = isEnded ? []
                : await streams.Read(target, query.Limit ?? Paging.LimitMax, wait, context.RequestAborted);
            return new EventPageResult(target, lines, isEnded);
        }
        await (isEnded ? streams.WriteEnded(context, target, format) : streams.Write(context, target, format));
        return Results.Empty;
    }

    // The beginning is everybody's; any other place in a run's stream is one of the run's events.
    private static bool IsOf(string? run, long after, EventPage place) =>
        run is null || after == 0 || (place.Events is [var line, ..] && line.Seq == after && line.RunId == run);

    private static Problem BadCursor() => Problem.Of(
        ProblemCodes.CursorInvalid, "after",
            "Not a cursor of this stream: it is malformed, of another stream, or beyond the end.");
}
