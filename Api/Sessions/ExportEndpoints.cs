using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;
using Microsoft.AspNetCore.Mvc;

namespace Colloquy.Sessions;

/// <summary>A session's journal as JSON Lines: given out whole, and taken back.</summary>
internal static class ExportEndpoints
{
    /// <summary>Bytes of an import: what one append of the journal can hold.</summary>
    public const int ImportMax = 16 * 1024 * 1024;

    public const string ContentType = "application/jsonl";
    private const int PageLines = 100;
    private static readonly string[] ImportTypes = [ContentType, "application/x-ndjson", "application/x-jsonlines"];

    public static void Map(RouteGroupBuilder sessions)
    {
        sessions.MapGet("/{id}/export", Export)
            .Describe("exportSession", "Gives the session's events as JSON Lines, each with the hash of the one before.")
            .AnswersText(200, ContentType).Refuses(ProblemCodes.SessionNotFound)
            .WithRequestTimeout(ApiServer.LongRequest);
        sessions.MapPost("/import", Import)
            .Describe("importSession", "Takes an export back as the session that it was, if its chain of hashes holds.")
            .TakesText(ImportTypes).Answers<SessionView>(201)
            .Refuses(ProblemCodes.ExportInvalid, ProblemCodes.BodyTooLarge, ProblemCodes.SessionExists,
                ProblemCodes.UnsupportedMediaType)
            .WithMetadata(new RequestSizeLimitAttribute(ImportMax))
            .WithRequestTimeout(ApiServer.LongRequest);
    }

    private static async Task<IResult> Export(string id, HttpContext context, Caller caller, GrainCalls calls)
    {
        if (!SessionIds.IsSession(id))
            return new Problem(ProblemCodes.SessionNotFound);
        var session = calls.Session(caller.Tenant, id);
        var page = await session.Ask(grain => grain.Read(0, PageLines), context.RequestAborted);
        if (page.Head == 0)
            return new Problem(ProblemCodes.SessionNotFound);
        var head = page.Head; // what comes while this runs belongs to the next export
        context.Response.ContentType = ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}.jsonl\"";
        var output = context.Response.BodyWriter;
        for (var after = 0L; after < head && page.Events is { IsEmpty: false };)
        {
            foreach (var line in page.Events.Where(line => line.Seq <= head))
            {
                output.Write(line.Json);
                output.Write("\n"u8);
            }
            await output.FlushAsync(context.RequestAborted);
            after = page.Events[^1].Seq;
            if (after < head)
                page = await session.Ask(grain => grain.Read(after, PageLines), context.RequestAborted);
        }
        return Results.Empty;
    }

    private static async Task<IResult> Import(HttpContext context, Caller caller, GrainCalls calls)
    {
        var type = context.Request.GetTypedHeaders().ContentType?.MediaType.Value;
        if (!ImportTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
            return new Problem(ProblemCodes.UnsupportedMediaType, $"Send it as {ContentType}.");
        var lines = Lines(await ReadBody(context.Request, context.RequestAborted));
        if (lines.IsEmpty || SessionOf(lines[0]) is not { } id)
            return new Problem(ProblemCodes.ExportInvalid, "It is no export of a session.");
        var result = await calls.Transcript(caller.Tenant, id)
            .Ask(transcript => transcript.Import(lines), context.RequestAborted);
        var session = calls.Session(caller.Tenant, id);
        if (result.Status is ImportStatus.Imported
            || (result.Status is ImportStatus.Exists && await Holds(session, lines, context.RequestAborted)))
        {
            var view = await session.Ask(grain => grain.View(), context.RequestAborted);
            return TypedResults.Created($"/v1/sessions/{id}", view);
        }
        return result.Status switch
        {
            ImportStatus.Exists => new Problem(ProblemCodes.SessionExists, "The session exists, and differs from this export."),
            ImportStatus.Broken => new Problem(
                ProblemCodes.ExportInvalid,
                    $"The line {result.Seq.Invariant()} does not hold: it was changed, or one before it is missing."),
            _ => new Problem(ProblemCodes.ExportInvalid, "It is no export of a session."),
        };
    }

    // An export keeps the id of its session: every message and run in it is named by that id.
    private static string? SessionOf(byte[] line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("sessionId"u8, out var id)
                && id.ValueKind is JsonValueKind.String && SessionIds.IsSession(id.GetString()) ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null; // a refusal, and no fault: whoever sends it is told
        }
    }

    // The last line holds the hash of all before it: where that one stands, the whole is the same.
    private static async Task<bool> Holds(
        GrainCall<ISessionGrain> session, ImmutableArray<byte[]> lines, CancellationToken cancellation)
    {
        var page = await session.Ask(grain => grain.Read(lines.Length - 1, 1), cancellation);
        return page.Events is [var line, ..] && line.Json.AsSpan().SequenceEqual(lines[^1]);
    }

    private static async Task<byte[]> ReadBody(HttpRequest request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        return body.ToArray();
    }

    private static ImmutableArray<byte[]> Lines(byte[] body)
    {
        var lines = ImmutableArray.CreateBuilder<byte[]>();
        foreach (var range in body.AsSpan().Split((byte)'\n'))
        {
            var line = body.AsSpan()[range].TrimEnd((byte)'\r');
            if (line.Length > 0)
                lines.Add(line.ToArray());
        }
        return lines.ToImmutable();
    }
}
