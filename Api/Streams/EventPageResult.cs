using System.Buffers;
using System.Text;
using Colloquy.Sessions;

namespace Colloquy.Streams;

/// <summary>A page of events: the journal's own lines as items, and the cursor behind them. A run that has ended has no
/// cursor.</summary>
internal sealed class EventPageResult(FollowTarget target, IReadOnlyList<EventLine> lines, bool isEnded) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        var output = response.BodyWriter;
        output.Write("{\"items\":["u8);
        for (var at = 0; at < lines.Count; at++)
        {
            if (at > 0)
                output.Write(","u8);
            output.Write(lines[at].Json);
        }
        Encoding.UTF8.GetBytes($"],\"nextCursor\":{Next()}}}", output);
        await output.FlushAsync(httpContext.RequestAborted);
    }

    private string Next()
    {
        var isOver = isEnded || (target.Run is not null && lines is [.., var last] && RunEvents.IsTerminal(last.Type));
        return isOver ? "null" : $"\"{StreamCursor.Of(target.Journal, lines is [.., var line] ? line.Seq : target.After)}\"";
    }
}
