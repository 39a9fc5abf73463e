using Colloquy.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Colloquy.Streams;

/// <summary>Opens streams for viewers, and writes them to connections.</summary>
internal sealed class EventStreams(
    IClusterClient cluster, TimeProvider time, IHostApplicationLifetime host, ILogger<SessionFollower> logger)
{
    /// <summary>What a viewer of this target is shown. Draw from it; leave by the token.</summary>
    public IAsyncEnumerable<IReadOnlyList<StreamItem>> Follow(FollowTarget target, CancellationToken left) =>
        new SessionFollower(cluster, time, logger, target).Batches(left);

    /// <summary>Writes a stream until its end, or until the client leaves or this process stops: the client then comes again with
    /// its cursor, and finds another.</summary>
    public async Task Write(HttpContext context, FollowTarget target, StreamFormat format)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        Begin(context, format);
        var writer = new StreamWriter(context.Response.BodyWriter, format, target.Session, time);
        try
        {
            await foreach (var items in Follow(target, left.Token))
                await writer.Write(items, left.Token);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Whoever leaves in the middle of a write is gone; what they missed is in the journal.
        }
    }

    /// <summary>A page of committed events; with patience, if there are none yet.</summary>
    /// <returns>The events, and whether the stream is at its end.</returns>
    public async Task<(IReadOnlyList<StreamItem.Durable> Items, bool IsEnd)> Page(
        FollowTarget target, int limit, TimeSpan wait, CancellationToken cancellation)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping);
        using var over = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left.Token, over.Token);
        var found = new List<StreamItem.Durable>();
        await foreach (var items in Follow(target, either.Token))
        {
            found.AddRange(items.OfType<StreamItem.Durable>());
            if (found.Count > 0)
                break; // what else there is comes with the next page
        }
        cancellation.ThrowIfCancellationRequested();
        var page = found.Take(limit).ToList();
        return (page, target.Run is not null && page is [.., { Line: { } last }] && last.RunId == target.Run
            && RunEvents.IsTerminal(last.Type));
    }

    private static void Begin(HttpContext context, StreamFormat format)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = format is StreamFormat.Sse ? StreamFormats.Sse : StreamFormats.Ndjson;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no"; // proxies that gather would hold the words back
    }
}
