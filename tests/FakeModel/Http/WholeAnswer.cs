using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Colloquy.FakeModel;

/// <summary>Sends an answer in one piece, or fails to.</summary>
internal static class WholeAnswer
{
    private const string Page = "<html><body><h1>502 Bad Gateway</h1></body></html>";

    /// <summary>The faults that strike before there is an answer. True when one did.</summary>
    public static async Task<bool> Fails(Exchange exchange)
    {
        if (exchange.Turn.Fault is not { } fault)
        {
            return false;
        }

        switch (fault.Kind)
        {
            case FaultKind.SlowHeaders:
                await exchange.Wait(fault.For);
                return false;
            case FaultKind.Reset when fault.After > 0 && exchange.Request.Streamed:
                return false;
            case FaultKind.Http or FaultKind.Reset:
            case FaultKind.GarbageBody or FaultKind.WrongContentType or FaultKind.EmptyStream:
                await exchange.Enter(exchange.Turn.FirstDelay);
                await Strike(exchange, fault);
                exchange.Leave();
                return true;
            default:
                return false;
        }
    }

    public static async Task Send(Exchange exchange, JsonObject answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.ToJsonString(Json.Plain));
        var pieces = exchange.Request.IsChat ? Math.Max(1, exchange.Turn.Chunks ?? 1) : 1;
        await exchange.Enter((exchange.Turn.FirstDelay ?? default) + ((exchange.Turn.ChunkDelay ?? default) * (pieces - 1)));
        switch (exchange.Fault)
        {
            case FaultKind.Cut:
                await Half(exchange, body);
                await exchange.Cut();
                break;
            case FaultKind.Stall:
                exchange.Leave();
                await exchange.WaitForCaller();
                break;
            case FaultKind.GarbageChunk:
                await Whole(exchange, body.AsMemory(0, body.Length / 2));
                break;
            case FaultKind.TruncatedUtf8:
                await Whole(exchange, Truncated(body));
                break;
            case FaultKind.ErrorInStream:
                await Whole(exchange, Encoding.UTF8.GetBytes(Refusal.Of(new Fault(FaultKind.Http), "").ToJson().ToJsonString()));
                break;
            default:
                await Whole(exchange, body);
                break;
        }

        exchange.Leave();
    }

    /// <summary>A body broken off after the first of a character's two bytes.</summary>
    public static byte[] Truncated(byte[] body) => [.. body.AsSpan(0, body.Length / 2), 0xC3];

    private static Task Whole(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        exchange.Complete();
        return exchange.Http.Response.Send(200, Sending.Json, body, exchange.Left);
    }

    private static async Task Half(Exchange exchange, byte[] body)
    {
        var response = exchange.Http.Response;
        response.ContentType = Sending.Json;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), exchange.Left);
        await response.Body.FlushAsync(exchange.Left);
    }

    private static async Task Strike(Exchange exchange, Fault fault)
    {
        var (response, left) = (exchange.Http.Response, exchange.Left);
        var type = exchange.Request.Streamed ? EventWriter.ContentType : Sending.Json;
        switch (fault.Kind)
        {
            case FaultKind.Reset:
                exchange.Reset();
                break;
            case FaultKind.Http:
                ComeBack(exchange, fault);
                exchange.Complete();
                var body = fault.Body ?? Refusal.Of(fault, exchange.Request.Model).ToJson().ToJsonString();
                await response.Send(fault.Status, fault.Body is null ? Sending.Json : "text/html", body, left);
                break;
            default:
                exchange.Complete();
                var text = fault.Kind is FaultKind.EmptyStream ? "" : Page;
                await response.Send(200, fault.Kind is FaultKind.WrongContentType ? "text/html" : type, text, left);
                break;
        }
    }

    private static void ComeBack(Exchange exchange, Fault fault)
    {
        var headers = exchange.Http.Response.Headers;
        if (fault.Status == 429)
        {
            headers["x-ratelimit-remaining-requests"] = "0";
        }

        if (fault.RetryAfter is not { } after)
        {
            return;
        }

        var invariant = CultureInfo.InvariantCulture;
        _ = fault.RetryAfterForm switch
        {
            RetryAfterForm.Milliseconds => headers["retry-after-ms"] = after.TotalMilliseconds.ToString("0", invariant),
            RetryAfterForm.Date => headers.RetryAfter = (exchange.Clock.GetUtcNow() + after).ToString("R", invariant),
            _ => headers.RetryAfter = after.TotalSeconds.ToString("0", invariant),
        };
    }
}
