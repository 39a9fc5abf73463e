using Colloquy.Hosting;
using Colloquy.Runs;
using Colloquy.Sessions;
using Microsoft.AspNetCore.Http.Features;

namespace Colloquy.Streams;

/// <summary>Opens streams for viewers, and writes them to connections.</summary>
internal sealed class EventStreams(
    IClusterClient cluster, GrainCalls calls, TimeProvider time, IHostApplicationLifetime host, ILogger<JournalFollower> logger)
{
    /// <summary>What a viewer of this target is shown. Draw from it; leave by the token.</summary>
    public IAsyncEnumerable<IReadOnlyList<StreamItem>> Follow(FollowTarget target, CancellationToken left) =>
        new JournalFollower(cluster, time, logger, target).Batches(left);

    /// <summary>Writes a stream until its end, or until the client leaves or this process stops: the client then comes again with
    /// its cursor, and finds another.</summary>
    public async Task Write(HttpContext context, FollowTarget target, StreamFormat format)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        var writer = Begin(context, target, format);
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

    /// <summary>Writes a stream that has nothing more to say.</summary>
    public async Task WriteEnded(HttpContext context, FollowTarget target, StreamFormat format) =>
        await Begin(context, target, format).Write(
            [new StreamItem.Live(new LiveEvent.Opened(target.After, target.Head))], context.RequestAborted);

    /// <summary>The committed events after the target's place: those that there are, or with patience the next ones.</summary>
    public async Task<IReadOnlyList<EventLine>> Read(FollowTarget target, int limit, TimeSpan wait,
        CancellationToken cancellation)
    {
        var lines = await ReadNow(target, limit, cancellation);
        if (lines.Count > 0 || wait <= TimeSpan.Zero)
            return lines;
        using var patience = new CancellationTokenSource(wait, time);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping, patience.Token);
        await foreach (var items in Follow(target, left.Token))
        {
            lines.AddRange(items.OfType<StreamItem.Durable>().Select(item => item.Line));
            if (lines.Count > 0)
                break; // what comes later is of the next page
        }
        cancellation.ThrowIfCancellationRequested();
        return lines.Count > limit ? lines.GetRange(0, limit) : lines;
    }

    private async Task<List<EventLine>> ReadNow(FollowTarget target, int limit, CancellationToken cancellation)
    {
        var watched = calls.Watched(target.Tenant, target.Journal);
        var lines = new List<EventLine>();
        var cursor = target.Run is { } run && RunIds.TryParse(run, out _, out var first)
            ? Math.Max(target.After, first - 1) : target.After;
        while (lines.Count < limit && cursor < target.Head)
        {
            var page = await watched.Ask(grain => grain.Read(cursor, Paging.LimitMax), cancellation);
            if (page.Events.IsEmpty)
                break;
            foreach (var line in page.Events.Where(line => target.Run is null || line.RunId == target.Run))
            {
                lines.Add(line);
                if (lines.Count == limit || (target.Run is not null && RunEvents.IsTerminal(line.Type)))
                    return lines;
            }
            cursor = page.Events[^1].Seq;
        }
        return lines;
    }

    private StreamWriter Begin(HttpContext context, FollowTarget target, StreamFormat format)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = format is StreamFormat.Sse ? StreamFormats.Sse : StreamFormats.Ndjson;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no"; // proxies that gather would hold the words back
        return new(response.BodyWriter, format, target.Journal, time);
    }
}
