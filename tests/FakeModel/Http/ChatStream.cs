namespace Colloquy.FakeModel;

/// <summary>Sends an answer as a stream of events, step by step, or fails to.</summary>
internal static class ChatStream
{
    public static async Task Send(Exchange exchange, ChatPlan plan)
    {
        var response = exchange.Http.Response;
        response.ContentType = EventWriter.ContentType;
        response.Headers.CacheControl = "no-cache";
        await response.Body.FlushAsync(exchange.Left);

        var stream = new EventWriter(response.BodyWriter, exchange.Fault is FaultKind.SplitCharacters, exchange.Left);
        var withUsage = exchange.Request.Json.At("stream_options").Is("include_usage");
        var steps = 0;
        foreach (var delta in ChatWire.Deltas(plan))
        {
            await exchange.Enter(steps == 0 ? exchange.Turn.FirstDelay : exchange.Turn.ChunkDelay);
            if (Strikes(exchange, steps) && await Strike(exchange, plan, stream))
            {
                return;
            }

            if (steps++ == 0)
            {
                await stream.Write(ChatWire.Event(plan, ChatWire.Role(plan), null, withUsage));
            }

            await stream.Write(ChatWire.Event(plan, delta, null, withUsage));
            exchange.Request.CountChunk();
            exchange.Leave();
        }

        await Finish(exchange, plan, stream, withUsage, isEmpty: steps == 0);
    }

    private static async Task Finish(Exchange exchange, ChatPlan plan, EventWriter stream, bool withUsage, bool isEmpty)
    {
        await exchange.Enter(delay: isEmpty ? exchange.Turn.FirstDelay : null);
        // A fault due after more chunks than there are strikes before the end.
        if (exchange.Turn.Fault?.After >= exchange.Request.Chunks && await Strike(exchange, plan, stream))
        {
            return;
        }

        if (isEmpty)
        {
            await stream.Write(ChatWire.Event(plan, ChatWire.Role(plan), null, withUsage));
        }

        await stream.Write(ChatWire.Event(plan, [], plan.FinishReason, withUsage));
        if (withUsage && plan.Usage is { } usage)
        {
            await stream.Write(ChatWire.UsageEvent(plan, usage));
        }

        exchange.Complete();
        if (exchange.Fault is not FaultKind.MissingDone)
        {
            await stream.Write("[DONE]");
        }

        exchange.Leave();
    }

    private static bool Strikes(Exchange exchange, int steps) => exchange.Turn.Fault is { } fault && steps == fault.After;

    // True when the answer ends here.
    private static async Task<bool> Strike(Exchange exchange, ChatPlan plan, EventWriter stream)
    {
        switch (exchange.Fault)
        {
            case FaultKind.Cut:
                await exchange.Cut();
                return true;
            case FaultKind.Reset:
                exchange.Reset();
                break;
            case FaultKind.Stall:
                exchange.Leave();
                await exchange.WaitForCaller();
                break;
            case FaultKind.GarbageChunk:
                await stream.Write("""{"id":"chatcmpl-fake","choices":[{"delta":{"content":"bro""");
                return false;
            case FaultKind.TruncatedUtf8:
                exchange.Complete();
                await stream.WriteTruncated(ChatWire.Event(plan, new() { ["content"] = "caf\u00e9" }, null, withUsage: false));
                break;
            case FaultKind.ErrorInStream:
                exchange.Complete();
                await stream.Write(Refusal.Of(new Fault(FaultKind.Http), plan.Model).ToJson());
                break;
            default:
                return false;
        }

        exchange.Leave();
        return true;
    }
}
