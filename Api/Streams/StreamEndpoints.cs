using System.Buffers;
using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Streams;

/// <summary>Which part of a stream a client wants, and how.</summary>
internal sealed record StreamQuery(string? After, int? Wait, string? Format, int? Limit)
{
    private const int WaitMax = 30;

    public Problem? Check() => new Checks()
        .That(Format is null or "sse" or "ndjson" or "json", "format", "One of sse, ndjson, json.")
        .Within(Wait, "wait", 0, WaitMax)
        .Within(Limit, "limit", 1, Paging.LimitMax)
        .Problem;
}

/// <summary>One cursor for live, replay and paging: the events of a session, or of one of its runs.</summary>
internal static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{id}/events", OfSession).WithTags("Sessions")
            .Describe("followSession", "Streams the session's events from a cursor on: what was, then what is. Ends when the client leaves.")
            .Streams().Refuses(ProblemCodes.SessionNotFound, ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue)
            .DisableRequestTimeout();
        routes.MapGet("/runs/{id}/events", OfRun).WithTags("Runs")
            .Describe("followRun", "Streams a run's events from a cursor on. Ends with the run's one terminal event.")
            .Streams().Refuses(ProblemCodes.RunNotFound, ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue)
            .DisableRequestTimeout();
    }

    private static Task<IResult> OfSession(
        string id, string? after, int? wait, string? format, int? limit, HttpContext context, Caller caller, GrainCalls calls,
        EventStreams streams) => SessionIds.IsSession(id)
        ? Open(context, new(after, wait, format, limit), new(caller.Tenant, id, null, 0, 0), calls, streams)
        : Task.FromResult<IResult>(new Problem(ProblemCodes.SessionNotFound));

    private static async Task<IResult> OfRun(
        string id, string? after, int? wait, string? format, int? limit, HttpContext context, Caller caller, GrainCalls calls,
        EventStreams streams) => SessionIds.TryParseRun(id, out var session, out _)
            && await calls.Transcript(caller.Tenant, session).Ask(transcript => transcript.Run(id), context.RequestAborted) is not null
        ? await Open(context, new(after, wait, format, limit), new(caller.Tenant, session, id, 0, 0), calls, streams)
        : new Problem(ProblemCodes.RunNotFound);

    private static async Task<IResult> Open(
        HttpContext context, StreamQuery query, FollowTarget target, GrainCalls calls, EventStreams streams)
    {
        if (query.Check() is { } problem)
            return problem;
        var given = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : query.After;
        if (!TryParse(given, target.Session, out var after))
            return BadCursor();
        var page = await calls.Session(target.Tenant, target.Session)
            .Ask(session => session.Read(Math.Max(after - 1, 0), 1), context.RequestAborted);
        if (page.Head == 0)
            return new Problem(target.Run is null ? ProblemCodes.SessionNotFound : ProblemCodes.RunNotFound);
        if (after > page.Head || !IsOf(target.Run, after, page))
            return BadCursor();
        target = target with { After = after, Head = page.Head };
        if (target.Run is { } run && SessionIds.TryParseRun(run, out _, out var first) && after < first - 1)
            target = target with { After = first - 1 }; // nothing before its question is the run's
        var format = StreamFormats.Of(context.Request, query.Format)!.Value;
        if (format is StreamFormat.Json)
            return await Page(query, target, given, streams, context.RequestAborted);
        await streams.Write(context, target, format);
        return Results.Empty;
    }

    private static async Task<IResult> Page(
        StreamQuery query, FollowTarget target, string? given, EventStreams streams, CancellationToken cancellation)
    {
        if (await IsAtEnd(target, given, streams, cancellation))
            return new EventPageResult([], null);
        // Without patience, a moment: enough to read what is there, and not to wait for more.
        var wait = target.After < target.Head || query.Wait is > 0 ? TimeSpan.FromSeconds(Math.Max(query.Wait ?? 0, 5)) : TimeSpan.Zero;
        if (query.Wait is > 0 && target.After >= target.Head)
            wait = TimeSpan.FromSeconds(query.Wait.Value);
        var (items, isEnd) = wait > TimeSpan.Zero
            ? await streams.Page(target, query.Limit ?? Paging.LimitMax, wait, cancellation) : ([], false);
        var next = items.Count > 0 ? items[^1].Line.Seq : target.After;
        return new EventPageResult(items, isEnd ? null : StreamCursor.Of(target.Session, next));
    }

    private static Task<bool> IsAtEnd(FollowTarget target, string? given, EventStreams streams, CancellationToken cancellation) =>
        Task.FromResult(false);

    private static bool TryParse(string? given, string session, out long after)
    {
        after = 0;
        return given is null || StreamCursor.TryParse(given, session, out after);
    }

    // The beginning is everybody's; any other place in a run's stream is one of the run's events.
    private static bool IsOf(string? run, long after, EventPage page) =>
        run is null || after == 0 || (page.Events is [var line, ..] && line.Seq == after && line.RunId == run);

    private static Problem BadCursor() => Problem.Of(
        ProblemCodes.CursorInvalid, "after", "Not a cursor of this stream: it is malformed, of another stream, or beyond the end.");
}
