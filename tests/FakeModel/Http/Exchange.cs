using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Colloquy.FakeModel;

/// <summary>One request under way: what the model is to do about it, and the ways in which it can end.</summary>
internal sealed record Exchange(
    HttpContext Http, RecordedRequest Request, ScriptedTurn Turn, RequestLog Log, TimeProvider Clock, CancellationToken Left)
{
    public FaultKind? Fault => Turn.Fault?.Kind;

    /// <summary>Waits until the next step may be sent: first for its time, then for the test.</summary>
    public async Task Enter(TimeSpan? delay)
    {
        await Wait(delay ?? TimeSpan.Zero);
        if (Turn.Gate is { } gate)
        {
            await gate.Enter(Left);
        }

        Left.ThrowIfCancellationRequested();
    }

    public void Leave() => Turn.Gate?.Leave();

    public async Task Wait(TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, Clock, Left);
        }
    }

    public Task WaitForCaller() => Task.Delay(Timeout.InfiniteTimeSpan, Clock, Left);

    /// <summary>
    /// Counts the answer as complete. Called before its last bytes are sent, so that a caller who has seen them finds it counted.
    /// </summary>
    public void Complete()
    {
        Left.ThrowIfCancellationRequested();
        var fault = Fault is FaultKind.SlowHeaders or FaultKind.SplitCharacters ? null : Fault;
        Log.End(Request, fault is null ? RequestOutcome.Completed : RequestOutcome.Faulted, fault);
    }

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        Log.End(Request, RequestOutcome.Faulted, Fault);
        Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Http.Abort();
    }

    /// <summary>Closes the connection behind what was flushed, as a proxy or a process that dies does.</summary>
    public async Task Cut()
    {
        Log.End(Request, RequestOutcome.Faulted, Fault);
        Socket.Shutdown(SocketShutdown.Send);
        Leave();
        // Kestrel's abort is a reset, and a reset would throw away what the caller has not read yet: so it goes first.
        await WaitForCaller();
    }

    private Socket Socket => Http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    public Task Send(Refusal refusal, RequestOutcome outcome)
    {
        Log.End(Request, outcome, Fault);
        return Http.Response.Send(refusal.Status, "application/json", refusal.ToJson().ToJsonString(), Left);
    }
}

/// <summary>The small bodies of answers that are not streamed.</summary>
internal static class Sending
{
    public const string Json = "application/json";

    public static Task Send(this HttpResponse response, int status, string contentType, string body, CancellationToken left) =>
        response.Send(status, contentType, System.Text.Encoding.UTF8.GetBytes(body), left);

    public static async Task Send(
        this HttpResponse response, int status, string contentType, ReadOnlyMemory<byte> body, CancellationToken left)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, left);
    }
}
